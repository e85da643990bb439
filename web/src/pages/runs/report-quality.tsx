/** Lengths, diversity and near-copies of what was kept, beside real texts where there are some. */
import { Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import type { AnswerOf } from '../../api/call.ts'
import { CardSection } from '../../parts/card-section.tsx'
import { shownCount, shownCounts } from '../../parts/run-watch-words.ts'
import styles from './report-quality.module.css'
import { Rows } from './rows.tsx'

type Quality = NonNullable<AnswerOf<'runReport'>['quality']>
type Lengths = Quality['lengths']['words']
type Diversity = Quality['diversity']['grown']
type NearCopies = Quality['nearCopies']['within']

export function ReportQuality({ quality: { lengths, diversity, nearCopies, texts } }: { quality: Quality }) {
  const { compared } = diversity
  return (
    <>
      <CardSection size="h5" title="Lengths">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <LengthChart unit="words" lengths={lengths.words} />
          <LengthChart unit="characters" lengths={lengths.characters} />
        </SimpleGrid>
      </CardSection>
      <CardSection size="h5" title="Diversity">
        <Text size="sm" c="dimmed">
          Higher distinct shares and lower similarities mean more varied texts.
          {compared && ` The columns compare ${shownCount(compared.grown.texts)} texts of each kind.`}
        </Text>
        <Rows
          head={compared ? ['Measure', 'Grown', 'Real'] : ['Measure', 'Grown']}
          rows={measures.map(([name, of]) =>
            compared ? [name, of(compared.grown), of(compared.real)] : [name, of(diversity.grown)],
          )}
        />
      </CardSection>
      <CardSection size="h5" title="Near-copies">
        <Copies what="Grown texts that resemble another grown one" copies={nearCopies.within} of={texts.grown} />
        {nearCopies.ofReal && (
          <Copies what="Grown texts that resemble a real one" copies={nearCopies.ofReal} of={texts.grown} />
        )}
        <Text size="xs" c="dimmed">
          From a similarity of {nearCopies.threshold} on, among {shownCounts(texts.grown, 'grown text')} and{' '}
          {shownCounts(texts.real, 'real text')} that were looked at.
        </Text>
      </CardSection>
    </>
  )
}

const figure = (value: number | null | undefined) => (value === null || value === undefined ? '—' : value.toFixed(3))

const measures: [string, (of: Diversity) => string][] = [
  ['Distinct words', ({ distinct }) => figure(distinct[0])],
  ['Distinct word pairs', ({ distinct }) => figure(distinct[1])],
  ['Distinct word triples', ({ distinct }) => figure(distinct[2])],
  ['Similarity to the nearest other, mean', ({ similarity }) => figure(similarity.mean)],
  ['… 95 % are below', ({ similarity }) => figure(similarity.p95)],
]

function LengthChart({ unit, lengths: { grown, real, bounds, counts } }: { unit: string; lengths: Lengths }) {
  const most = Math.max(
    ...counts.grown.map((count, at) => Math.max(share(count, counts.grown), share(counts.real[at] ?? 0, counts.real))),
    0.001,
  )
  const width = 100 / Math.max(1, bounds.length)
  const spread = (of: Lengths['grown']) =>
    `median ${shownCount(of.median)}, most between ${shownCount(of.p05)} and ${shownCount(of.p95)}`
  const said = `Grown: ${spread(grown)} ${unit}.${real ? ` Real: ${spread(real)} ${unit}.` : ''}`
  return (
    <figure className={styles.figure}>
      <svg viewBox="0 0 100 40" preserveAspectRatio="none" className={styles.chart} role="img" aria-label={said}>
        {bounds.map((bound, at) => (
          <g key={bound}>
            <Bar
              x={at * width}
              width={real ? width * 0.46 : width * 0.92}
              share={share(counts.grown[at] ?? 0, counts.grown) / most}
              className={styles.grown!}
            />
            {real && (
              <Bar
                x={(at + 0.46) * width}
                width={width * 0.46}
                share={share(counts.real[at] ?? 0, counts.real) / most}
                className={styles.real!}
              />
            )}
          </g>
        ))}
      </svg>
      <Group justify="space-between">
        <Text size="xs">{shownCount(bounds[0] ?? 0)}</Text>
        <Text size="xs">
          {shownCount(bounds.at(-1) ?? 0)} {unit} and more
        </Text>
      </Group>
      <figcaption>
        <Text size="sm">
          <span className={styles.keyGrown} /> Grown: {spread(grown)} {unit}
        </Text>
        {real && (
          <Text size="sm">
            <span className={styles.keyReal} /> Real: {spread(real)} {unit}
          </Text>
        )}
      </figcaption>
    </figure>
  )
}

function Bar(bar: { x: number; width: number; share: number; className: string }) {
  const height = 39 * bar.share
  return <rect x={bar.x} y={40 - height} width={bar.width} height={height} className={bar.className} />
}

function share(count: number, counts: number[]): number {
  const all = counts.reduce((sum, each) => sum + each, 0)
  return all === 0 ? 0 : count / all
}

function Copies({ what, copies, of }: { what: string; copies: NearCopies; of: number }) {
  return (
    <Stack gap={6}>
      <Text size="sm">
        {what}: <b>{shownCount(copies.count)}</b> of {shownCount(of)}
      </Text>
      {copies.examples.map(({ text, of: other, similarity }) => (
        <Paper key={`${text}\n${other}`} withBorder p="xs">
          <Text size="xs" c="dimmed">
            similarity {similarity.toFixed(2)}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <Text size="sm" className="generated-text">
              {text}
            </Text>
            <Text size="sm" className="generated-text">
              {other}
            </Text>
          </SimpleGrid>
        </Paper>
      ))}
    </Stack>
  )
}

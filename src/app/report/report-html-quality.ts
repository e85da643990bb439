/** How what was grown compares with what is real, on a report page: lengths, diversity, near-copies. */
import { type Html, html } from '../../text/html.ts'
import { spelledCount, spelledCounts, spelledShare } from '../spelled.ts'
import type { Diversity, Lengths, NearCopies, Quality, Spread } from './quality.ts'
import { columns, htmlSection, legend, numberTable } from './report-html-charts.ts'

export function lengthsSection({ lengths, texts }: Quality): Html | undefined {
  return htmlSection(
    'Lengths',
    legend([
      { colour: 'grown', name: `kept (${spelledCounts(texts.grown, 'text')})` },
      ...(texts.yardstick > 0
        ? [
            {
              colour: 'real' as const,
              name: `real training records${likeness(texts)} (${spelledCount(texts.yardstick)})`,
            },
          ]
        : []),
    ]),
    chart('Words', lengths.words),
    chart('Characters', lengths.characters),
    numberTable(
      ['', 'shortest', '5 %', 'median', '95 %', 'longest'],
      [
        spreadRow('words, kept', lengths.words.grown),
        ...(lengths.words.real ? [spreadRow('words, real', lengths.words.real)] : []),
        spreadRow('characters, kept', lengths.characters.grown),
        ...(lengths.characters.real ? [spreadRow('characters, real', lengths.characters.real)] : []),
      ],
    ),
    html`<p class="quiet small">Columns show shares of each set; the last one holds all that is longer.</p>`,
  )
}

export function diversitySection({ diversity: { grown, compared }, texts }: Quality): Html | undefined {
  const sets: [string, Diversity][] = compared
    ? [
        ...(compared.grown.texts < grown.texts ? [['kept', grown] as [string, Diversity]] : []),
        [compared.grown.texts < grown.texts ? 'kept, as many as real' : 'kept', compared.grown],
        [`real${likeness(texts)}`, compared.real],
      ]
    : [['kept', grown]]
  const row = (name: string, value: (set: Diversity) => string) => [name, ...sets.map(([, set]) => value(set))]
  return htmlSection(
    'Diversity',
    numberTable(
      ['', ...sets.map(([name]) => name)],
      [
        row('texts', set => spelledCount(set.texts)),
        row('words', set => spelledCount(set.words)),
        ...[0, 1, 2].map(n => row(`distinct-${n + 1}`, ({ distinct }) => distinct[n]?.toFixed(3) ?? '–')),
        row('self-similarity, mean', ({ similarity }) => similarity.mean.toFixed(3)),
        row('self-similarity, 95 %', ({ similarity }) => similarity.p95.toFixed(3)),
      ],
    ),
    html`<p class="quiet small">distinct-n: share of different n-grams of words (Li et al., 2016); higher is more varied. Self-similarity: cosine (TF-IDF) of each text to the one most like it; lower is more varied. Both depend on how much is counted: only sets of equally many texts and words compare.${
      texts.real === 0 && ' There are no real training records to compare with.'
    }</p>`,
  )
}

export function nearCopiesSection({ nearCopies, texts }: Quality): Html | undefined {
  const { within, ofReal, threshold } = nearCopies
  return htmlSection(
    'Near-copies',
    html`<p>${counted(within, texts.grown)} resemble another kept text.</p>`,
    pairs(within, 'also kept'),
    ofReal &&
      html`<p>${counted(ofReal, texts.grown)} resemble one of ${spelledCounts(texts.real, 'real training record')}.</p>`,
    ofReal && pairs(ofReal, 'real'),
    html`<p class="quiet small">Texts that share at least ${spelledShare(threshold)} of their sets of three characters in a row (Jaccard, found by MinHash), case and punctuation apart, among the texts looked at.</p>`,
  )
}

/** Which real records stand beside the grown ones. */
function likeness({ real, yardstick }: Quality['texts']): string {
  return yardstick < real ? ' of the same labels' : ''
}

function counted({ count }: NearCopies, among: number): Html {
  return html`<strong>${spelledCount(count)}</strong> of ${spelledCounts(among, 'kept text')} (${spelledShare(among === 0 ? 0 : count / among)})`
}

function pairs({ examples }: NearCopies, other: string): Html | undefined {
  if (examples.length === 0) return undefined
  return html`<details><summary>The most similar pairs</summary>${examples.map(
    ({ text, of, similarity }) =>
      html`<div class="example"><p class="text" dir="auto">${cut(text)}</p><p class="text quiet" dir="auto">${cut(of)}</p><p class="quiet small">${spelledShare(similarity)} alike; the second is ${other}</p></div>`,
  )}</details>`
}

function cut(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400).toWellFormed()}…` : text
}

function chart(title: string, { bounds, counts, real }: Lengths): Html {
  const sets = [
    { colour: 'grown' as const, counts: counts.grown },
    ...(real ? [{ colour: 'real' as const, counts: counts.real }] : []),
  ]
  return html`<h3>${title} of a text</h3>${columns(bounds, sets, `${title} of a text, as shares of each set`)}`
}

function spreadRow(name: string, spread: Spread): string[] {
  const { least, p05, median, p95, greatest } = spread
  return [name, ...[least, p05, median, p95, greatest].map(spelledCount)]
}

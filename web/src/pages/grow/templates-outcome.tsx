/** What templates would make: how many, and some of them filled. */
import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { TemplatesPreview } from '../../../../src/model/api/previews.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useLabelColours } from '../../parts/use-label-colours.ts'
import styles from './templates.module.css'
import { FilledText } from './templates-slot-text.tsx'

interface TemplatesOutcomeProps {
  project: string
  field: string
  preview: { data: TemplatesPreview | undefined; error: unknown; isBehind: boolean }
  /** Templates or values are at fault, as their own fields say. */
  blocked: boolean
  /** How many, in words. */
  total: (preview: TemplatesPreview) => string
  /** The slot that an entity type comes from has its colour. */
  colourOf: (slot: string) => string
}

export function TemplatesOutcome({ project, field, preview, blocked, total, colourOf }: TemplatesOutcomeProps) {
  const labelColourOf = useLabelColours(project)
  const { data, error, isBehind } = preview
  if (error && blocked) return <Text size="sm">How many there will be is told once the templates are right.</Text>
  if (error) return <ProblemNotice error={error} />
  if (!data) return <Text size="sm">Filling templates …</Text>
  const short = data.cells.filter(({ possible, expected }) => possible < expected).length
  const slotOf = (label: string) => data.slots.find(slot => slot.label === label)?.slot ?? label
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-label="What they make"
      className={isBehind ? styles['behind'] : ''}
    >
      <Stack gap="sm">
        <Title order={2} size="h5">
          What they make
        </Title>
        <Text size="sm" role="status" fw={600}>
          {total(data)}
        </Text>
        {short > 0 && (
          <Text size="xs" c="dimmed">
            {short === 1 ? 'One gives' : `${short.toLocaleString('en')} give`} fewer than asked for: the values make no
            other text that is new.
          </Text>
        )}
        <ul className={styles['samples']} aria-label="A sample">
          {data.samples.map(({ fields, labels, spans }) => (
            <li key={JSON.stringify(fields)}>
              <Group gap="xs" align="flex-start">
                <Stack gap={2} style={{ flex: '1 1 16rem', minWidth: 0 }}>
                  {Object.entries(fields).map(([name, value]) => (
                    <Text key={name} size="sm" className="generated-text">
                      {name !== field && (
                        <Text span size="xs" c="dimmed">
                          {name}:{' '}
                        </Text>
                      )}
                      <FilledText
                        text={String(value)}
                        spans={spans.filter(span => span.field === name)}
                        colourOf={label => colourOf(slotOf(label))}
                      />
                    </Text>
                  ))}
                </Stack>
                {labels.map(label => (
                  <LabelBadge key={label} label={label} colour={labelColourOf(label)} />
                ))}
              </Group>
            </li>
          ))}
        </ul>
      </Stack>
    </Paper>
  )
}

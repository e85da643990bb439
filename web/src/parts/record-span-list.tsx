/** The marks of a text, one below the other, each to be given another label or taken away. */
import { CloseButton, Group, Select, Text } from '@mantine/core'
import type { Span } from '../../../src/model/record.ts'
import { without } from './record-marking.ts'

interface SpanListProps {
  text: string
  spans: Span[]
  labels: string[]
  onChange: (spans: Span[], said: string) => void
}

export function SpanList({ text, spans, labels, onChange }: SpanListProps) {
  if (spans.length === 0) return null
  return (
    <ul style={{ listStyle: 'none', padding: 0, margin: 0 }} aria-label="Marks">
      {spans.map(span => {
        const words = text.slice(span.start, span.end)
        const short = words.length > 40 ? `${words.slice(0, 40)}…` : words
        return (
          <li key={`${span.start}-${span.end}-${span.label}`}>
            <Group gap="xs" wrap="nowrap" py={2}>
              <Select
                size="xs"
                w={130}
                allowDeselect={false}
                comboboxProps={{ withinPortal: true }}
                data={[...new Set([...labels, span.label])]}
                value={span.label}
                aria-label={`Label of “${short}”`}
                onChange={label =>
                  label && onChange([...without(spans, [span]), { ...span, label }], `“${short}” is ${label} now.`)
                }
              />
              <Text size="sm" truncate style={{ flex: 1 }}>
                <bdi>{short}</bdi>
              </Text>
              <CloseButton
                size="sm"
                aria-label={`Take the mark of “${short}” away`}
                onClick={() => onChange(without(spans, [span]), 'The mark is gone.')}
              />
            </Group>
          </li>
        )
      })}
    </ul>
  )
}

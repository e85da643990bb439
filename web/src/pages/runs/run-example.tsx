/** One record or candidate: its fields, its labels, and what is said of it. */
import { Flex, Group, Paper, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Json } from '../../../../src/model/json.ts'
import type { Span } from '../../../../src/model/record.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { RecordText } from '../../parts/record-text.tsx'
import { useLabelColours } from '../../parts/use-label-colours.ts'

interface RunExampleProps {
  project: string
  record: { fields: Record<string, Json>; labels: string[]; spans?: Span[]; cell?: string }
  /** Below the text. */
  said?: ReactNode
  /** Beside it. */
  action?: ReactNode
}

export function RunExample({ project, record, said, action }: RunExampleProps) {
  const colourOf = useLabelColours(project)
  return (
    <Paper withBorder p="sm">
      <Flex direction={{ base: 'column', xs: 'row' }} justify="space-between" align="flex-start" gap="sm">
        <Stack gap={6} miw={0} flex={1}>
          <RecordText
            record={{ spans: [], ...record }}
            colours={colourOf}
            {...(isLong(record.fields) && { lines: longLines })}
          />
          {(record.labels.length > 0 || said) && (
            <Group gap={6}>
              {record.labels.map(label => (
                <LabelBadge key={label} label={label} colour={colourOf(label)} />
              ))}
              {said && (
                <Text size="xs" c="dimmed" component="div" className="generated-text" miw={0}>
                  {said}
                </Text>
              )}
            </Group>
          )}
        </Stack>
        {action}
      </Flex>
    </Paper>
  )
}

/** A document that is asked about would bury all else. */
const longCharacters = 1500
const longLines = 12

function isLong(fields: Record<string, Json>): boolean {
  return JSON.stringify(fields).length > longCharacters
}

/** The tables that a run has written so far, as files. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { CardSection } from '../parts/card-section.tsx'
import { shownCount, shownCounts } from '../parts/figure-words.ts'

interface TableDownloadsProps {
  tables: { name: string; rows: number }[]
  keptUntil: number | undefined
  onDownload: (table: string) => void
}

export function TableDownloads({ tables, keptUntil, onDownload }: TableDownloadsProps) {
  if (tables.length === 0) return null
  return (
    <CardSection title="Tables" lead="What the run has written so far. The command line writes the same.">
      <Stack gap={6}>
        {tables.map(({ name, rows }) => (
          <Group key={name} justify="space-between" wrap="nowrap" gap="xs">
            <Text size="sm" miw={0} style={{ overflowWrap: 'anywhere' }}>
              {name}{' '}
              <Text span size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
                {shownCounts(rows, 'row')}
              </Text>
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconDownload size={14} />}
              aria-label={`Download ${name}.csv`}
              onClick={() => onDownload(name)}
            >
              CSV
            </Button>
          </Group>
        ))}
      </Stack>
      {keptUntil !== undefined && (
        <Text size="sm">
          The tables are kept up to step {shownCount(keptUntil)}: more would not fit into this tab. Runs of the command
          line write to files without such a limit.
        </Text>
      )}
    </CardSection>
  )
}

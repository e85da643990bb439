/** The first records as they would be stored, and the rows that could not be. */
import { Alert, Badge, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ShownPeek } from '../../../../src/model/api/imports.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { RecordText } from '../../parts/record-text.tsx'
import { useLabelColours } from '../../parts/use-label-colours.ts'
import { BadRows } from './bad-rows.tsx'
import { Section } from './section.tsx'

export function ImportPreview({ project, peek }: { project: string; peek: ShownPeek }) {
  const colours = useLabelColours(project)
  const { records, badRows, bad, rows, more } = peek
  return (
    <>
      <Section title="Records as they will be">
        {records.length === 0 ? (
          <Alert color="yellow" title="No row can be taken as it stands.">
            See the rows below for why; another format or other columns may do.
          </Alert>
        ) : (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm" aria-live="polite">
            {records.map(({ row, fields, labels, spans, split, tags }) => (
              <Paper key={row} withBorder p="sm">
                <Stack gap={6}>
                  <RecordText record={{ fields, labels, spans }} colours={colours} lines={5} />
                  <Group gap={6}>
                    {labels.map(label => (
                      <LabelBadge key={label} label={label} colour={colours(label)} />
                    ))}
                    <Text size="xs" c="dimmed">
                      row {row.toLocaleString('en')} · {split}
                    </Text>
                    {tags.map(tag => (
                      <Badge key={tag} variant="default" size="sm" tt="none">
                        {tag}
                      </Badge>
                    ))}
                  </Group>
                </Stack>
              </Paper>
            ))}
          </SimpleGrid>
        )}
      </Section>
      {badRows > 0 && (
        <Section title="Rows that cannot be taken">
          <Text size="sm">
            {badRows.toLocaleString('en')} of {more ? 'the first ' : ''}
            {(rows + badRows).toLocaleString('en')} rows. They are left out, listed again after the import, and can be
            downloaded then; the others are imported.
          </Text>
          <BadRows bad={bad} />
        </Section>
      )}
    </>
  )
}

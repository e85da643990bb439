/** The columns of a file with their first values, and what each is taken for. */
import { NativeSelect, Table, Text } from '@mantine/core'
import type { ColumnRole, ShownPeek } from '../../../../src/model/api/imports.ts'
import { Section } from './section.tsx'

const roleWords: Record<ColumnRole, string> = {
  text: 'Text',
  label: 'Label',
  spans: 'Entities (spans)',
  split: 'Split',
  id: 'Id',
  tags: 'Tags',
  field: 'Field of its own',
  'left out': 'Leave out',
}
const choices = (Object.keys(roleWords) as ColumnRole[]).map(role => ({ value: role, label: roleWords[role] }))

interface ImportColumnsProps {
  columns: ShownPeek['columns']
  onRole: (column: string, role: ColumnRole) => void
}

export function ImportColumns({ columns, onRole }: ImportColumnsProps) {
  const rows = Math.max(1, ...columns.map(({ values }) => values.length))
  return (
    <Section title="Columns">
      <Text size="sm" c="dimmed">
        What each column becomes was guessed from names and values. Change what is wrong; the records below follow.
      </Text>
      <Table.ScrollContainer
        minWidth={Math.min(1200, 180 * columns.length)}
        type="native"
        tabIndex={0}
        aria-label="Columns of the file"
      >
        <Table withTableBorder withColumnBorders verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ name, role }) => (
                <Table.Th key={name} style={{ verticalAlign: 'top', minWidth: 150 }}>
                  <Text size="sm" fw={600} mb={4} style={{ overflowWrap: 'anywhere' }}>
                    {name}
                  </Text>
                  <NativeSelect
                    size="xs"
                    aria-label={`What the column ${name} is`}
                    data={choices}
                    value={role}
                    onChange={({ currentTarget }) => onRole(name, currentTarget.value as ColumnRole)}
                  />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Array.from({ length: rows }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name than their place
              <Table.Tr key={at}>
                {columns.map(({ name, role, values }) => (
                  <Table.Td key={name} style={{ verticalAlign: 'top', maxWidth: 320 }}>
                    <Text
                      size="xs"
                      className="generated-text"
                      lineClamp={4}
                      {...(role === 'left out' && { c: 'dimmed', td: 'line-through' })}
                    >
                      {values[at] ?? ''}
                    </Text>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  )
}

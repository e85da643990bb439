/** The first rows of a table, as they are written. */
import { Stack, Table, Text } from '@mantine/core'
import type { ShownTableRows } from '../../../../src/model/api/tables.ts'

const longestCell = 60
const widestHead = 220

export function RowsTable({ table: { table, columns, rows } }: { table: ShownTableRows }) {
  return (
    <Table.ScrollContainer
      minWidth={Math.min(1600, 110 * columns.length)}
      type="native"
      tabIndex={0}
      role="group"
      aria-label={`Rows of ${table}`}
    >
      <Table aria-label={table} verticalSpacing={4} horizontalSpacing="sm" fz="sm" withTableBorder striped>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ name, type }) => (
              <Table.Th key={name} ta={isNumber(type) ? 'right' : undefined} style={{ verticalAlign: 'bottom' }}>
                <Stack gap={0} w="max-content" maw={widestHead} ms={isNumber(type) ? 'auto' : undefined}>
                  <span style={{ overflowWrap: 'anywhere' }}>{name}</span>
                  <Text size="xs" c="dimmed" fw={400}>
                    {type}
                  </Text>
                </Stack>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place
            <Table.Tr key={at}>
              {row.map((cell, place) => (
                <Table.Td
                  key={columns[place]!.name}
                  ta={isNumber(columns[place]!.type) ? 'right' : undefined}
                  style={{ whiteSpace: 'nowrap' }}
                  title={cell !== null && cell.length > longestCell ? cell : undefined}
                >
                  {cell === null ? (
                    <Text span size="xs" c="dimmed">
                      empty
                    </Text>
                  ) : cell.length > longestCell ? (
                    `${cell.slice(0, longestCell)} …`
                  ) : (
                    cell
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function isNumber(type: string): boolean {
  return type === 'integer' || type === 'decimal'
}

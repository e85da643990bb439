/** Rows that could not be taken: where, why, and what would have been right. */
import { Table, Text } from '@mantine/core'
import type { ShownRowError } from '../../../../src/model/api/job-results.ts'
import { rowInStudioWords } from './studio-words.ts'

export function BadRows({ bad }: { bad: ShownRowError[] }) {
  return (
    <Table.ScrollContainer
      minWidth={520}
      mah={420}
      type="native"
      tabIndex={0}
      aria-label="Rows that could not be taken"
    >
      <Table withTableBorder verticalSpacing={4} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Row</Table.Th>
            <Table.Th>Line</Table.Th>
            <Table.Th>Column</Table.Th>
            <Table.Th>What is wrong</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {bad.map(rowInStudioWords).map(({ record, line, column, message, hint }) => (
            <Table.Tr key={`${record}:${column}:${message}`}>
              <Table.Td>{record.toLocaleString('en')}</Table.Td>
              <Table.Td>{line?.toLocaleString('en')}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{column}</Table.Td>
              <Table.Td>
                <Text size="sm" className="generated-text">
                  {message}
                </Text>
                <Text size="xs" c="dimmed" className="generated-text">
                  {hint}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** As a CSV file; cells that a spreadsheet would calculate are defused. */
export function badRowsCsv(bad: ShownRowError[]): string {
  const cell = (value: string | number | undefined) =>
    `"${String(value ?? '')
      .replace(/^[=+\-@\t\r]/, "'$&")
      .replaceAll('"', '""')}"`
  const rows = bad.map(({ record, line, column, message, hint }) => [record, line, column, message, hint])
  return [['row', 'line', 'column', 'message', 'hint'], ...rows].map(row => row.map(cell).join(',')).join('\r\n')
}

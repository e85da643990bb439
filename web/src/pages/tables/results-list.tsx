/** What was drawn, injected and compared, newest first. */
import { Anchor, Badge, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ShownTableResult } from '../../../../src/model/api/tables.ts'
import { shownCount, shownWhen } from '../../parts/figure-words.ts'
import { resultWords } from './table-words.ts'

export function ResultsList({ project, results }: { project: string; results: ShownTableResult[] }) {
  return (
    <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} role="group" aria-label="Results">
      <Table aria-label="Results">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Result</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th ta="right">Rows</Table.Th>
            <Table.Th>When</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {results.map(({ id, title, kind, rows, createdMs }) => (
            <Table.Tr key={id}>
              <Table.Td miw={160} style={{ overflowWrap: 'anywhere' }}>
                <Anchor
                  component={Link}
                  to={`/p/${project}/tables/results/${id}`}
                  size="sm"
                  style={{ display: 'inline-block', minHeight: 24 }}
                >
                  {title}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <Badge variant="default" tt="none" miw="max-content">
                  {resultWords[kind]}
                </Badge>
              </Table.Td>
              <Table.Td ta="right">{shownCount(Object.values(rows).reduce((sum, count) => sum + count, 0))}</Table.Td>
              <Table.Td>
                <Text size="sm" c="dimmed">
                  {shownWhen(createdMs)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

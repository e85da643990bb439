/** The models of tables of a project, newest first. */
import { Anchor, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ShownTableModel } from '../../../../src/model/api/tables.ts'
import { shownCount, shownWhen } from '../../parts/figure-words.ts'
import { megabytes } from '../../parts/file-drop.tsx'
import { shapeWords } from './table-words.ts'

export function ModelList({ project, models }: { project: string; models: ShownTableModel[] }) {
  return (
    <Table.ScrollContainer minWidth={620} type="native" tabIndex={0} role="group" aria-label="Models of tables">
      <Table aria-label="Models of tables">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Model</Table.Th>
            <Table.Th>Learned from</Table.Th>
            <Table.Th ta="right">Rows</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
            <Table.Th>When</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {models.map(({ name, source, shape, synthesizer, learnedFrom, bytes, createdMs }) => (
            <Table.Tr key={name}>
              <Table.Td>
                <Anchor
                  component={Link}
                  to={`/p/${project}/tables/models/${name}`}
                  size="sm"
                  style={{ display: 'inline-block', minHeight: 24, overflowWrap: 'anywhere' }}
                >
                  {name}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {shapeWords[shape]}
                  {shape !== 'series' && `, ${synthesizer}`}
                </Text>
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{source}</Table.Td>
              <Table.Td ta="right">
                {shownCount(Object.values(learnedFrom).reduce((sum, count) => sum + count, 0))}
              </Table.Td>
              <Table.Td ta="right">{megabytes(bytes)}</Table.Td>
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

/** Improvements of a project, newest first. */
import { Anchor, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../api/call.ts'
import { shownCount, shownWhen } from '../../parts/figure-words.ts'

export function ImprovementList({
  project,
  improvements,
}: {
  project: string
  improvements: AnswerOf<'listImprovements'>
}) {
  return (
    <Table.ScrollContainer minWidth={600} type="native" tabIndex={0} aria-label="Improvements, scrolls sideways">
      <Table verticalSpacing="xs" tabularNums aria-label="Improvements">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>Suite</Table.Th>
            <Table.Th ta="right">Records made</Table.Th>
            <Table.Th>Models</Table.Th>
            <Table.Th>Outcome</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {improvements.map(({ id, createdMs, suite, made, models, gapClosed, failing }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Anchor component={Link} to={`/p/${project}/improvements/${id}`} size="sm">
                  {shownWhen(createdMs)}
                </Anchor>
              </Table.Td>
              <Table.Td>{suite}</Table.Td>
              <Table.Td ta="right">{shownCount(made)}</Table.Td>
              <Table.Td>{models ? `${models.before} → ${models.after}` : '–'}</Table.Td>
              <Table.Td>
                <Text size="sm">
                  {gapClosed === null
                    ? 'nothing was made'
                    : `gap closed by ${Math.round(100 * gapClosed)} %, ${failing === 0 ? 'no test fails now' : `${failing} still fail`}`}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

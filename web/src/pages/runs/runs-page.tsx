/** What was grown in a project, newest first: how each run stands, what it kept and what it cost. */
import { Anchor, Badge, Button, Table, Text } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import type { RunSummary } from '../../../../src/model/api/run-shapes.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { shownCount, shownDollars, shownState, shownTime } from '../../parts/run-watch-words.ts'

export function RunsPage() {
  const { project } = useParams({ from: '/shell/p/$project/runs' })
  const runs = useEndpoint('listRuns', { params: { project } }, { refetchIntervalMs: 3000 })
  const grow = (
    <Button component={Link} to={`/p/${project}/grow`} size="sm">
      Grow records
    </Button>
  )
  return (
    <Page
      title="Runs"
      lead="What was grown, how it ended, and what it cost."
      actions={runs.data?.length ? grow : null}
      wide
    >
      <Loaded of={runs}>
        {found =>
          found.length === 0 ? (
            <EmptyState title="Nothing was grown yet" action={grow}>
              A run is one recipe being grown. Once there is one, you can watch it here, pause and resume it, and see
              what it rejected and why.
            </EmptyState>
          ) : (
            <Table.ScrollContainer minWidth={720} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
              <Table highlightOnHover verticalSpacing="sm" style={{ whiteSpace: 'nowrap' }}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Run</Table.Th>
                    <Table.Th>State</Table.Th>
                    <Table.Th ta="right">Kept</Table.Th>
                    <Table.Th>Generator</Table.Th>
                    <Table.Th ta="right">Calls</Table.Th>
                    <Table.Th ta="right">Cost</Table.Th>
                    <Table.Th>Begun</Table.Th>
                    <Table.Th>By</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {found.map(run => (
                    <Row key={run.id} run={run} />
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Loaded>
    </Page>
  )
}

function Row({ run }: { run: RunSummary }) {
  const { word, colour } = shownState(run)
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={`/p/${run.project}/runs/${run.id}`} ff="monospace" size="sm" fw={600}>
          {run.id.slice(0, 8)}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <Badge color={colour} variant="light" tt="none" miw="max-content">
          {word}
        </Badge>
      </Table.Td>
      <Table.Td ta="right">
        {shownCount(run.kept)} of {shownCount(run.target)}
      </Table.Td>
      <Table.Td>{run.generator}</Table.Td>
      <Table.Td ta="right">{shownCount(run.spent.calls)}</Table.Td>
      <Table.Td ta="right">{shownDollars(run.spent.nanoUsd)}</Table.Td>
      <Table.Td>{shownTime(run.createdMs)}</Table.Td>
      <Table.Td>
        <Text size="sm" truncate maw={180} title={run.who ?? undefined}>
          {run.who ?? '—'}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}

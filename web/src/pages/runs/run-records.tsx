/** Some of what a run kept, and the way to all of it. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { shownCounts } from '../../parts/run-watch-words.ts'
import { RunExample } from './run-example.tsx'

const shown = 20

export function RunRecords({ project, run }: { project: string; run: string }) {
  const records = useEndpoint('listRecords', { params: { project }, query: { run, limit: shown } })
  const count = useEndpoint('countRecords', { params: { project }, query: { run } })
  return (
    <Loaded of={records}>
      {({ records: found, more }) =>
        found.length === 0 ? (
          <EmptyState title="Nothing is kept yet">
            What the run keeps is found here and among the project’s records.
          </EmptyState>
        ) : (
          <Stack>
            <Group justify="space-between">
              <Text size="sm">
                {more ? `The first ${found.length}` : 'All'}
                {count.data && ` of ${count.data.exact ? '' : 'more than '}${shownCounts(count.data.count, 'record')}`}
              </Text>
              <Button component={Link} to={`/p/${project}/records?run=${run}`} size="xs">
                Review and filter all records of this run
              </Button>
            </Group>
            {found.map(record => (
              <RunExample key={record.id} project={project} record={record} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  )
}

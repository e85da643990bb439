/** What the server is busy with, on every page. */
import { Button, Loader, Popover, Stack, Text } from '@mantine/core'
import { useEndpoint } from '../api/use-endpoint.ts'
import { ShownJob } from '../parts/job-progress.tsx'

export function JobsMenu() {
  const { data = [] } = useEndpoint('listJobs', { query: {} }, { refetchIntervalMs: 3000 })
  const running = data.filter(({ state }) => state === 'running')
  if (running.length === 0) return null
  return (
    <Popover width={320} position="bottom-end">
      <Popover.Target>
        <Button variant="light" size="xs" leftSection={<Loader size={12} />} aria-label={`${running.length} under way`}>
          {running.length}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text size="sm" fw={600}>
            Under way
          </Text>
          {running.map(job => (
            <ShownJob key={job.id} job={job} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

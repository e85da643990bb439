/** A job as it goes, with its end and a way to stop it. */
import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useEffect } from 'react'
import type { Job } from '../../../src/model/api/jobs.ts'
import { useAction } from '../api/use-endpoint.ts'
import { useEvents } from '../api/use-events.ts'
import { ProblemNotice } from './problem-notice.tsx'

/** Watches the job. `onEnd` is called once, with the job as it ended. */
export function JobProgress({ job: id, onEnd }: { job: string; onEnd?: (job: Job) => void }) {
  const { value: job, problem, lost } = useEvents('watchJob', { params: { job: id } })
  const ended = job !== undefined && job.state !== 'running'
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when it ends
  useEffect(() => {
    if (ended) onEnd?.(job)
  }, [ended])
  if (problem) return <ProblemNotice problem={problem} />
  if (!job) return <Text size="sm">Connecting …</Text>
  return <ShownJob job={job} lost={lost} />
}

/** The job as it is told. */
export function ShownJob({ job, lost = false }: { job: Job; lost?: boolean }) {
  const cancel = useAction('cancelJob', { changes: ['listJobs'] })
  if (job.problem) return <ProblemNotice problem={job.problem} />
  const share = job.total ? (job.done / job.total) * 100 : undefined
  return (
    <Stack gap={4} aria-live="polite">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{job.title}</Text>
        {job.state === 'running' ? (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            loading={cancel.isPending}
            aria-label={`Stop ${job.title}`}
            onClick={() => cancel.mutate({ params: { job: job.id } })}
          >
            Stop
          </Button>
        ) : (
          <Text size="sm" c="dimmed">
            {job.state === 'done' ? 'Done' : 'Stopped'}
          </Text>
        )}
      </Group>
      {job.state === 'running' && (
        <Progress value={share ?? 100} animated={share === undefined} aria-label={`Progress of ${job.title}`} />
      )}
      <Text size="xs" c="dimmed">
        {lost ? 'The connection is lost; trying again …' : job.note}
      </Text>
    </Stack>
  )
}

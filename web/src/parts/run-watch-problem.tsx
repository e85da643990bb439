/** Why a run was not begun; where another one grows the project, a way to it and an offer to wait. */
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { ProblemError, type SentTo } from '../api/call.ts'
import { useAction } from '../api/use-endpoint.ts'
import { JobProgress } from './job-progress.tsx'
import { ProblemNotice } from './problem-notice.tsx'

interface RunProblemProps {
  project: string
  error: unknown
  /** What was to be started. */
  wanted: SentTo<'startRun'>['body']
}

export function RunProblem({ project, error, wanted }: RunProblemProps) {
  const queue = useAction('queueRun', { changes: ['listJobs'] })
  const held = error instanceof ProblemError && error.problem.code === 'run-held' ? error.problem : undefined
  const other = held?.details['run']
  if (!held || typeof other !== 'string') return <ProblemNotice error={error} />
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title="Another run grows this project" role="alert">
      <Stack gap="xs">
        <Text size="sm">{held.title}</Text>
        <Group gap="sm">
          <Anchor component={Link} to={`/p/${project}/runs/${other}`} size="sm">
            Go to that run
          </Anchor>
          {!queue.data && (
            <Button
              size="xs"
              variant="default"
              loading={queue.isPending}
              onClick={() => queue.mutate({ params: { project }, body: wanted })}
            >
              Start this one when it has ended
            </Button>
          )}
        </Group>
        <ProblemNotice error={queue.error} />
        {queue.data && <JobProgress job={queue.data.job} />}
      </Stack>
    </Alert>
  )
}

/** Puts the cases of a trial to a model: for the first time, or again once they were edited. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import type { TrialSummary } from '../../../../src/model/api/suite-shapes.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { JobProgress } from '../../parts/job-progress.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useOwnJob } from '../../parts/use-own-job.ts'
import { type TargetDraft, TargetFields, targetOf } from './target-fields.tsx'

interface RunAgainProps {
  project: string
  trial: TrialSummary
  onRan: () => void
}

export function RunAgain({ project, trial, onRan }: RunAgainProps) {
  const models = useEndpoint('listModels', { params: { project } })
  const ids = models.data?.map(({ id }) => id) ?? []
  const before = ids.find(id => id === trial.target)
  const [draft, setDraft] = useState<TargetDraft>({ kind: 'model' })
  const shown = draft.model === undefined && before !== undefined ? { ...draft, model: before } : draft
  const job = useOwnJob(project, [])
  const run = useAction('runSuite', { changes: ['listJobs'], onDone: job.began })
  const chosen = targetOf(shown, ids)
  const missing = 'missing' in chosen ? chosen.missing : undefined
  const start = () => {
    if ('target' in chosen) run.mutate({ params: { project }, body: { trial: trial.id, target: chosen.target } })
  }
  return (
    <Paper withBorder p="md" component="section" aria-label="Run these cases">
      <Title order={2} size="h5" mb="sm">
        {trial.ranMs === null ? 'Run these cases' : 'Run these cases again'}
      </Title>
      <Stack gap="sm">
        <TargetFields project={project} value={shown} onChange={setDraft} />
        <ProblemNotice error={run.error} />
        {job.id !== undefined && (
          <JobProgress
            key={job.id}
            job={job.id}
            onEnd={over => {
              job.ended(over)
              if (over.state === 'done') onRan()
            }}
          />
        )}
        {!job.busy && (
          <Group gap="sm">
            <Button
              variant={trial.ranMs === null ? 'filled' : 'default'}
              leftSection={<IconPlayerPlay size={16} />}
              loading={run.isPending}
              disabled={missing !== undefined}
              onClick={start}
            >
              {trial.ranMs === null ? 'Run the tests' : 'Run again'}
            </Button>
            {missing !== undefined && (
              <Text size="sm" c="dimmed">
                {missing}
              </Text>
            )}
          </Group>
        )}
      </Stack>
    </Paper>
  )
}

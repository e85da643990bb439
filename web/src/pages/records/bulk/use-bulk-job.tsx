/** One decision on all records that match: a job, with its progress, its end and its undoing. */
import { Button, Group, Paper, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { resultOf } from '../../../../../src/model/api/job-results.ts'
import type { Job } from '../../../../../src/model/api/jobs.ts'
import { useAction } from '../../../api/use-endpoint.ts'
import { JobProgress } from '../../../parts/job-progress.tsx'
import { ProblemNotice } from '../../../parts/problem-notice.tsx'
import type { RecordFilter } from '../record-types.ts'
import type { BulkDecision } from './bulk-bar.tsx'

interface BulkJob {
  isBusy: boolean
  start: (filter: RecordFilter, decision: BulkDecision) => void
  /** To be shown while there is something to say. */
  notice: ReactNode
}

/** `onChanged` is called when records were changed, by the job or by undoing it. */
export function useBulkJob(project: string, onChanged: () => void): BulkJob {
  const [job, setJob] = useState<Job>()
  const [ended, setEnded] = useState<Job>()
  const take = (started: Job) => {
    setEnded(undefined)
    setJob(started)
  }
  const decideAll = useAction('decideAll', { onDone: take })
  const undoAll = useAction('undoAll', { onDone: take })
  const isBusy = decideAll.isPending || undoAll.isPending || (job !== undefined && ended === undefined)
  const { first = null, last = null } = (ended && resultOf(ended, 'decide')) ?? {}
  const canUndo = first !== null && last !== null
  const error = decideAll.error ?? undoAll.error
  const notice = (job || error) && (
    <Paper withBorder px="sm" py="xs">
      {error && <ProblemNotice error={error} />}
      {job && (
        <JobProgress
          key={job.id}
          job={job.id}
          onEnd={now => {
            setEnded(now)
            onChanged()
          }}
        />
      )}
      {ended && (
        <Group gap="xs" mt={4}>
          <Text size="sm">{summaryOf(ended)}</Text>
          {canUndo && (
            <Button
              size="compact-sm"
              variant="default"
              loading={undoAll.isPending}
              onClick={() => undoAll.mutate({ params: { project }, body: { first, last } })}
            >
              Undo
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setJob(undefined)}>
            Dismiss
          </Button>
        </Group>
      )}
    </Paper>
  )
  return {
    isBusy,
    notice,
    start: (filter, decision) => decideAll.mutate({ params: { project }, body: { filter, decision } }),
  }
}

function summaryOf(job: Job): string {
  const { decided, unchanged } = resultOf(job, 'decide') ?? {}
  const { undone, kept } = resultOf(job, 'undo') ?? {}
  const counts = Object.entries({ decided, unchanged, undone, kept }).flatMap(([name, count]) =>
    count === undefined ? [] : [`${count.toLocaleString('en')} ${name}`],
  )
  return counts.join(', ') || 'It was stopped.'
}

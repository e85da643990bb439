/** The job of a page that makes tables or a comparison; once it is done, its result is gone to. */
import { Paper } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { resultOf } from '../../../../src/model/api/job-results.ts'
import type { Job } from '../../../../src/model/api/jobs.ts'
import { refresh } from '../../api/use-endpoint.ts'
import { JobProgress } from '../../parts/job-progress.tsx'
import type { OwnJob } from '../../parts/use-own-job.ts'

interface ResultJobProps {
  project: string
  kind: 'sample-table' | 'inject-faults' | 'compare-tables' | 'run-simulation'
  job: OwnJob
}

export function ResultJob({ project, kind, job }: ResultJobProps) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const ended = (over: Job) => {
    job.ended(over)
    void refresh(client, ['listTableResults'])
    const done = resultOf(over, kind)
    if (done) void navigate({ to: `/p/${project}/tables/results/${done.result}` })
  }
  if (job.id === undefined) return null
  return (
    <Paper withBorder p="md">
      <JobProgress key={job.id} job={job.id} onEnd={ended} />
    </Paper>
  )
}

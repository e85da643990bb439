/** The job that a page shows: the one it began, or one of its kinds that was under way when it was opened. */
import { useState } from 'react'
import type { JobKind } from '../../../src/model/api/job-results.ts'
import type { Job } from '../../../src/model/api/jobs.ts'
import { useEndpoint } from '../api/use-endpoint.ts'

export interface OwnJob {
  /** Undefined where there is nothing to show. */
  id: string | undefined
  /** Whether it has not ended, so that no other should begin. */
  busy: boolean
  began(job: Job): void
  /** To be told when it has ended; what went wrong stays to be seen. */
  ended(job: Job): void
}

export function useOwnJob(project: string, kinds: readonly JobKind[]): OwnJob {
  const [chosen, setChosen] = useState<string>()
  const [over, setOver] = useState<string>()
  const { data = [] } = useEndpoint('listJobs', { query: { project } })
  const running = data.find(({ state, kind }) => state === 'running' && kinds.includes(kind))
  const id = chosen ?? running?.id
  return {
    id,
    busy: id !== undefined && id !== over,
    began: job => setChosen(job.id),
    ended: job => {
      setChosen(job.id)
      setOver(job.id)
    },
  }
}

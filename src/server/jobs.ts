/** Jobs of this server: operations that take a while, each with its progress, its end and a way to stop it. */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../engine/ports.ts'
import type { JobKind, JobResult } from '../model/api/job-results.ts'
import type { Job } from '../model/api/jobs.ts'
import { CultivarError } from '../model/error.ts'
import { type LatestValue, latestValue } from './latest-value.ts'
import { problemOf } from './problem-of.ts'

/** What the work of a job is given. */
export interface JobControl {
  /** Aborted when somebody cancels it, and when the server ends. */
  signal: AbortSignal
  /** Aborted when the server cannot wait any longer: what is under way is to be given up too. */
  stopNow: AbortSignal
  tell(progress: Partial<Pick<Job, 'done' | 'total' | 'note'>>): void
}

export interface Jobs {
  /** Begins the work and does not wait for it. What it throws becomes the job's problem. */
  start<K extends JobKind>(
    what: { kind: K } & Pick<Job, 'project' | 'title'>,
    work: (control: JobControl) => Promise<JobResult<K>>,
  ): Job
  /** Newest first. */
  list(project?: string): Job[]
  /** Throws CultivarError `not-found`. */
  watch(id: string, signal: AbortSignal): AsyncIterable<Job>
  cancel(id: string): Job
  /** Stops all that run and waits for them; from when `stopNow` is aborted on, they give up what is under way. */
  close(stopNow?: AbortSignal): Promise<void>
}

interface Entry {
  latest: LatestValue<Job>
  stop: AbortController
  ended: Promise<void>
}

/** Ended ones beyond this are forgotten, oldest first. */
const mostKept = 200

/** `report` is told of faults of ours, which people are not shown. */
export function openJobs(clock: Clock, report: (error: unknown) => void): Jobs {
  const entries = new Map<string, Entry>()
  const giveUp = new AbortController()
  const require = (id: string): Entry => {
    const found = entries.get(id)
    if (found) return found
    throw new CultivarError(
      'not-found',
      'This job is not known to the server.',
      'It was begun before the server was started last. What it had stored by then is there.',
    )
  }
  return {
    start(what, work) {
      const stop = new AbortController()
      const id = randomUUID()
      const latest = latestValue<Job>({
        ...what,
        id,
        state: 'running',
        ...{ done: 0, total: null, note: '', result: null, problem: null },
        startedMs: clock.now(),
        endedMs: null,
      })
      const finish = (end: Partial<Job>) => {
        latest.set({ ...latest.value, ...end, endedMs: clock.now() })
        latest.close()
      }
      const control = {
        signal: stop.signal,
        stopNow: giveUp.signal,
        tell: (progress: Partial<Job>) => latest.set({ ...latest.value, ...progress }),
      }
      const ended = Promise.try(work, control).then(
        result => finish({ state: 'done', result, note: '' }),
        error => {
          if (!(error instanceof CultivarError) && !stop.signal.aborted) report(error)
          finish(
            stop.signal.aborted ? { state: 'cancelled', note: '' } : { state: 'failed', problem: problemOf(error) },
          )
        },
      )
      entries.set(id, { latest, stop, ended })
      forgetOldest(entries)
      return latest.value
    },
    list: project =>
      [...entries.values()]
        .map(({ latest }) => latest.value)
        .filter(job => project === undefined || job.project === project)
        .reverse(),
    watch: (id, signal) => require(id).latest.watch(signal),
    cancel(id) {
      const { latest, stop } = require(id)
      stop.abort()
      return latest.value
    },
    async close(stopNow) {
      if (stopNow?.aborted) giveUp.abort()
      stopNow?.addEventListener('abort', () => giveUp.abort(), { once: true })
      for (const { stop } of entries.values()) stop.abort()
      await Promise.all([...entries.values()].map(({ ended }) => ended))
    },
  }
}

function forgetOldest(entries: Map<string, Entry>): void {
  for (const [id, { latest }] of entries) {
    if (entries.size <= mostKept) return
    if (latest.value.state !== 'running') entries.delete(id)
  }
}

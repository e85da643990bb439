/** Jobs: operations of the studio that take a while, watched and cancelled in one way. */
import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { jobKinds } from './job-results.ts'
import { problem } from './problem.ts'

export const job = z.object({
  id: z.string(),
  kind: z.enum(jobKinds).describe('What is done; its result is of this kind'),
  project: z.string().nullable(),
  title: z.string().describe('For people: Training intents'),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.number().nonnegative().describe('How far it is, in its own unit'),
  total: z.number().nonnegative().nullable().describe('Null while nobody knows'),
  note: z.string().describe('What it does now'),
  result: z.record(z.string(), z.json()).nullable().describe('Names and counts of what came out, once done'),
  problem: problem.nullable(),
  startedMs: z.number(),
  endedMs: z.number().nullable(),
})
export type Job = z.infer<typeof job>

const params = z.object({ job: z.string() })

export const jobEndpoints = {
  listJobs: defineEndpoint({
    method: 'GET',
    path: '/jobs',
    summary: 'Jobs of this server, newest first',
    role: 'reviewer',
    query: z.object({ project: z.string().optional() }),
    out: z.array(job),
  }),
  watchJob: defineEndpoint({
    method: 'GET',
    path: '/jobs/{job}/events',
    summary: 'A job as it is, again whenever it changed, until it has ended',
    role: 'reviewer',
    params,
    reply: 'events',
    out: job,
    errors: ['not-found'],
  }),
  cancelJob: defineEndpoint({
    method: 'POST',
    path: '/jobs/{job}/cancel',
    summary: 'Asks a job to stop',
    role: 'editor',
    params,
    out: job,
    errors: ['not-found'],
  }),
}

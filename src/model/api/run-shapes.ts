/** Runs and what they did not keep, as the API shows them. */
import { z } from 'zod'
import { recipe } from '../recipe.ts'
import { spending } from './spending.ts'

const count = z.int().nonnegative()
const counts = z.record(z.string(), count)
const targets = z.record(z.string(), count).describe('Kept records wanted per cell')

const runState = z.enum(['running', 'done', 'short', 'budget', 'provider-failed', 'cancelled', 'failed'])

const tally = z.object({
  units: count,
  attempted: count,
  asked: count.describe('Candidates asked for'),
  candidates: count,
  yielded: count,
  kept: count,
  rejected: counts.describe('By critic'),
  surplus: count,
  failed: counts.describe('Units by code'),
  skipped: count,
})

const holder = z
  .object({
    here: z.boolean().describe('By this server'),
    pid: z.int(),
    host: z.string(),
  })
  .nullable()
  .describe('Who grows it at the moment. Null with state running: the process that grew it has gone')

const perSecond = z.number().nonnegative()

export const runView = z.object({
  id: z.string(),
  project: z.string(),
  generator: z.string(),
  state: runState,
  reason: z.string().describe('Why it ended as it did; empty when done'),
  hint: z.string().describe('What to do about it'),
  growing: z.boolean(),
  holder,
  stopping: z
    .enum(['pausing', 'cancelling'])
    .nullable()
    .describe('Asked to stop: calls in flight may finish, or are given up'),
  targets,
  tallies: z.record(z.string(), tally).describe('Per cell'),
  critics: z.array(z.string()).describe('In the order in which candidates come before them'),
  spent: spending,
  budget: spending.partial(),
  callsInFlight: count,
  unitsOpen: count,
  waiting: z
    .object({ why: z.string(), untilMs: z.number().nullable() })
    .nullable()
    .describe('Why nothing is sent for the moment'),
  rate: z
    .object({ kept: perSecond, calls: perSecond, tokens: perSecond })
    .nullable()
    .describe('Per second, over the last minute. Null where it is not growing, or for too short a time to say'),
  history: z
    .array(z.object({ atMs: z.number(), kept: count, candidates: count }))
    .describe('How it went since somebody watches, thinned out'),
  notes: z.array(z.string()),
  recipe: recipe.describe('As the run was begun; targets and budget may have been changed since'),
  createdMs: z.number(),
  updatedMs: z.number(),
})
export type RunView = z.infer<typeof runView>

export const runSummary = z.object({
  id: z.string(),
  project: z.string(),
  generator: z.string(),
  state: runState,
  holder,
  kept: count,
  target: count,
  spent: spending,
  who: z.string().nullable().describe('Who began it; null where nobody noted it'),
  createdMs: z.number(),
  updatedMs: z.number(),
})
export type RunSummary = z.infer<typeof runSummary>

export const reject = z.object({
  id: z.string(),
  cell: z.string(),
  outcome: z.enum(['rejected', 'surplus', 'restored']),
  text: z.string(),
  fields: z.record(z.string(), z.json()),
  labels: z.array(z.string()),
  critic: z.string().nullable().describe('Null for surplus: nothing was wrong with it, its cell was full'),
  reason: z.string().nullable(),
  score: z.number().nullable(),
  position: z.string().describe('In the order of the list; give the last one as `after`'),
})
export type Reject = z.infer<typeof reject>

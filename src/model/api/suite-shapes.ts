/** What the API tells of suites, trials and improvements. */
import { z } from 'zod'
import { difference, entity, interval, seed, task } from './figures.ts'

export const category = z.enum(['robustness', 'bias', 'representation', 'fairness', 'accuracy'])
export type TestCategory = z.infer<typeof category>
export const share = z.number().min(0).max(1)
export const expected = z
  .enum(['prediction', 'gold'])
  .describe('What is right: prediction, the model’s own answer on the original; gold, the label of the data')

export const suiteName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'use lower-case letters, digits, dots, dashes and underscores (at most 64)')

const entry = z.strictObject({
  category,
  kind: z.string().describe('Name of the test'),
  minPassRate: share.optional(),
  prob: share.optional(),
  parameters: z.record(z.string(), z.json()).optional(),
  chains: z.array(z.array(z.string()).min(2)).optional().describe('Of multiple_perturbations: the tests of each chain'),
})
export type SuiteEntryInput = z.infer<typeof entry>

export const suiteContent = z.strictObject({
  expected: expected.optional(),
  seed: seed.optional(),
  count: z.int().min(1).optional().describe('Most texts a test'),
  minPassRate: share.optional().describe('Of tests that say nothing themselves'),
  tests: z.array(entry).min(1),
})
export type SuiteInput = z.infer<typeof suiteContent>

export const suite = suiteContent.omit({ tests: true }).extend({
  name: z.string(),
  tests: z.array(entry),
  notes: z.array(z.string()).describe('What of the file has no effect here, and why'),
  tasks: z.array(task).describe('Kinds of models it suits'),
})
export type ShownSuite = z.infer<typeof suite>

export const suiteTest = z.object({
  kind: z.string(),
  category,
  summary: z.string(),
  example: z.object({ before: z.string(), after: z.string() }),
  tasks: z.array(task),
  way: z
    .enum(['perturbation', 'chain', 'paraphrase', 'measure'])
    .describe('chain puts several tests to one text; paraphrase asks a provider; measure changes no text'),
  prob: z.enum(['words', 'matches', 'texts']).nullable().describe('What its proportion is the share of'),
  mayChangeLabel: z.boolean(),
  params: z.record(z.string(), z.json()).describe('JSON Schema of its parameters'),
})
export type ShownTest = z.infer<typeof suiteTest>

export const row = z.object({
  category,
  test: z.string(),
  failed: z.int(),
  passed: z.int(),
  errors: z.int().describe('Cases that the target gave no usable answer for'),
  removed: z.int().describe('Texts that the test left as they were'),
  rate: z.number().nullable(),
  minimum: z.number(),
  pass: z.boolean().nullable().describe('Null where there was no case'),
  interval: interval.nullable(),
  entityRate: z.number().nullable().describe('For entities: over texts where either side has one'),
  mayBeAugmented: z.boolean(),
})
export type TrialRow = z.infer<typeof row>

export const trialSummary = z.object({
  id: z.string(),
  project: z.string(),
  suite: z.string(),
  task,
  seed: z.int(),
  createdMs: z.number(),
  texts: z.int(),
  cases: z.int(),
  edited: z.int().describe('Cases that a person changed'),
  dropped: z.int().describe('Cases that a person took out'),
  target: z.string().nullable(),
  ranMs: z.number().nullable().describe('Null where it was not run yet'),
  pass: z.boolean().nullable(),
  failedTests: z.int(),
  tests: z.int(),
})
export type TrialSummary = z.infer<typeof trialSummary>

export const testCase = z.object({
  id: z.string(),
  category,
  test: z.string(),
  original: z.string(),
  testCase: z.string().describe('As it is put to the model'),
  generated: z.string().describe('As its test made it'),
  entities: z.array(entity),
  labels: z.array(z.string()).describe('What the data say of the original'),
  state: z.enum(['generated', 'edited', 'dropped']),
})
export type ShownCase = z.infer<typeof testCase>

export const detail = z.object({
  at: z.int().describe('Its place, which the next page is asked for by'),
  id: z.string(),
  category,
  test: z.string(),
  original: z.string(),
  testCase: z.string(),
  expected: z.string(),
  actual: z.string(),
  pass: z.boolean(),
  error: z.string().nullable().describe('Why the target has no answer'),
})
export type TrialDetail = z.infer<typeof detail>

export const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('model'), model: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('http'),
    url: z
      .url({ protocol: /^https?$/, error: 'give a whole http:// or https:// URL' })
      .describe('Where texts are sent, by POST'),
    body: z.enum(['texts', 'inputs', 'one']).default('texts'),
    batch: z.int().min(1).max(1000).default(32),
    timeoutMs: z.int().min(10).max(3_600_000).default(60_000),
  }),
  z.strictObject({
    kind: z.literal('predictions'),
    upload: z.string().min(1).describe('What a model said, by text: an uploaded CSV, TSV, JSON or JSON Lines file'),
  }),
  z.strictObject({ kind: z.literal('provider'), provider: z.string().min(1) }),
])
export type TargetInput = z.input<typeof target>

const rate = z.object({ rate: z.number(), interval, pass: z.boolean().nullable() })

export const improvement = z.object({
  id: z.string(),
  project: z.string(),
  task,
  suite: z.string(),
  createdMs: z.number(),
  records: z.object({ learned: z.int(), chosenBy: z.int(), tested: z.int() }),
  rounds: z.array(
    z.object({
      run: z.string().nullable(),
      rows: z.int(),
      made: z.int(),
      setAside: z.int(),
      undo: z.string().nullable(),
      tests: z.array(
        z.object({
          test: z.string(),
          ratio: z.number(),
          requested: z.int(),
          possible: z.int(),
          made: z.int(),
          mayChangeLabel: z.boolean(),
        }),
      ),
    }),
  ),
  wrong: z
    .object({ run: z.string().nullable(), mistakes: z.int(), kept: z.int(), reason: z.string() })
    .nullable()
    .describe('Examples like the mistakes, by a provider'),
  models: z.object({ before: z.string(), after: z.string() }).nullable(),
  comparison: z
    .object({
      tests: z.array(
        z.object({
          category,
          test: z.string(),
          cases: z.int(),
          minimum: z.number(),
          before: rate,
          after: rate,
          difference,
          entityRates: z.object({ before: z.number().nullable(), after: z.number().nullable() }).optional(),
        }),
      ),
      measured: z.array(z.object({ test: z.string(), before: z.boolean().nullable(), after: z.boolean().nullable() })),
      gapClosed: difference,
      gapTests: z.int(),
      clean: z.object({
        figure: z.enum(['accuracy', 'micro F1']),
        before: z.number(),
        after: z.number(),
        difference,
        held: z.boolean(),
      }),
    })
    .nullable(),
  notes: z.array(z.string()),
})
export type ShownImprovement = z.infer<typeof improvement>

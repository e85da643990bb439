/** Models over HTTP: trained on a project, tested, asked, compared, proved. */
import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { difference, entity, interval, score, seed, splitChoice, task } from './figures.ts'
import { job } from './jobs.ts'

const modelName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'use lower-case letters, digits, dots, dashes and underscores (at most 64)')

const model = z.object({
  id: z.string().describe('Name and version: intents@2'),
  name: z.string(),
  version: z.int(),
  project: z.string(),
  task,
  labels: z.array(z.string()),
  multiLabel: z.boolean(),
  createdMs: z.number(),
  bytes: z.int(),
  training: z.object({
    examples: z.int(),
    grown: z.int().describe('Of the examples, those that were grown'),
    seed: z.int(),
    classWeights: z.enum(['balanced', 'none']),
    heldOut: z.int().describe('Records that were held out when it was trained, and that it is tested on'),
    cpuMs: z.number(),
    notes: z.array(z.string()).describe('How the records were divided, and what was left out'),
  }),
})
export type ShownModel = z.infer<typeof model>

const figure = z.object({ value: z.number(), interval })

const modelTest = z.object({
  texts: z.int().describe('Real records it was tested on'),
  figures: z.object({ accuracy: figure, microF1: figure, macroF1: figure, weightedF1: figure }),
  labels: z
    .array(score.extend({ label: z.string(), support: z.int(), predicted: z.int(), interval }))
    .describe('The worst F1 first'),
  confusions: z
    .array(z.object({ gold: z.string(), predicted: z.string(), count: z.int() }))
    .describe('Wrong answers alone, most frequent first; empty for entities'),
  calibration: z
    .object({
      error: z.number(),
      bins: z.array(z.object({ upTo: z.number(), count: z.int(), confidence: z.number(), accuracy: z.number() })),
    })
    .nullable(),
})
export type ShownModelTest = z.infer<typeof modelTest>

const learningPoint = z.object({ examples: z.int(), microF1: z.number(), macroF1: z.number() })
export type ShownLearningPoint = z.infer<typeof learningPoint>

const verdict = z.enum(['helps', 'no difference', 'harms'])

const arms = z.object({ real: z.number(), weights: z.number(), duplicated: z.number(), grown: z.number() })

const proof = z.object({
  id: z.string(),
  createdMs: z.number(),
  task,
  seeds: z.int(),
  records: z.object({ real: z.int(), grown: z.int(), test: z.int() }),
  macroF1: arms,
  microF1: arms,
  accuracy: arms,
  differences: z.object({ real: difference, weights: difference, duplicated: difference }),
  labels: z.array(z.object({ label: z.string(), real: z.int(), grown: z.int(), f1: arms, difference, verdict })),
  verdict,
  words: z.string(),
  notes: z.array(z.string()),
})
export type ShownProof = z.infer<typeof proof>

const ofProject = z.object({ project: z.string() })
const ofModel = z.object({ model: z.string().describe('Name, with or without a version: intents@2') })

export const modelEndpoints = {
  listModels: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/models',
    summary: 'Models trained on a project, newest first, with how they tested',
    role: 'reviewer',
    params: ofProject,
    out: z.array(
      model.extend({ figures: modelTest.shape.figures.nullable().describe('Null where it was not tested yet') }),
    ),
    errors: ['not-found'],
  }),
  previewTraining: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/training',
    summary: 'What a model would learn from and be tested on',
    role: 'reviewer',
    params: ofProject,
    query: splitChoice.extend({
      realOnly: z.stringbool().default(false).describe('Learn from what people brought alone'),
      seed: z.coerce.number().int().min(0).default(1),
    }),
    out: z.object({
      task,
      learned: z.int(),
      grown: z.int(),
      validation: z.int(),
      tested: z.int(),
      labels: z.array(z.object({ label: z.string(), learned: z.int(), tested: z.int() })).describe('The rarest first'),
      notes: z.array(z.string()),
      warnings: z.array(z.string()),
    }),
    errors: ['not-found'],
  }),
  trainModel: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/models',
    summary: 'Trains a model and tests it on the records held out; the result names it',
    role: 'editor',
    params: ofProject,
    body: z.strictObject({
      name: modelName.optional().describe('Default: the project’s name; saved as the next version of it'),
      split: splitChoice.default({}),
      classWeights: z.literal('balanced').optional().describe('Rare labels count as much as frequent ones'),
      realOnly: z.boolean().default(false).describe('Learn from what people brought alone'),
      learningCurve: z.boolean().default(false).describe('Train on 10, 25 and 50 % too'),
      seed: seed.default(1),
    }),
    out: job,
    errors: ['not-found'],
  }),
  showModel: defineEndpoint({
    method: 'GET',
    path: '/models/{model}',
    summary: 'A model with its test, its learning curve and what to be wary of',
    role: 'reviewer',
    params: ofModel,
    out: z.object({
      model,
      test: modelTest.nullable().describe('Null where it was not tested yet'),
      learningCurve: z.array(learningPoint),
      warnings: z.array(z.string()),
    }),
    errors: ['not-found', 'bad-file'],
  }),
  testModel: defineEndpoint({
    method: 'POST',
    path: '/models/{model}/test',
    summary: 'Tests a model again on the records that were held out from it',
    role: 'editor',
    params: ofModel,
    out: job,
    errors: ['not-found'],
  }),
  predictTexts: defineEndpoint({
    method: 'POST',
    path: '/models/{model}/predictions',
    summary: 'What a model says of texts',
    role: 'reviewer',
    params: ofModel,
    body: z.strictObject({ texts: z.array(z.string().min(1).max(100_000)).min(1).max(100) }),
    out: z.array(
      z.object({
        text: z.string(),
        labels: z.array(z.string()).describe('The labels it gives'),
        scores: z.array(z.object({ label: z.string(), score: z.number() })).describe('Of all labels, surest first'),
        entities: z.array(entity.extend({ score: z.number().nullable() })),
      }),
    ),
    errors: ['not-found', 'bad-file'],
  }),
  compareVersions: defineEndpoint({
    method: 'GET',
    path: '/models/{model}/comparison',
    summary: 'Two models on the records that were held out from both',
    role: 'reviewer',
    params: ofModel,
    query: z.object({ with: z.string().describe('The model it is compared with') }),
    out: z.object({
      before: z.string(),
      after: z.string(),
      texts: z.int(),
      figures: z.array(
        z.object({
          figure: z.enum(['accuracy', 'micro F1', 'macro F1']),
          before: z.number(),
          after: z.number(),
          difference,
        }),
      ),
      labels: z.array(
        z.object({ label: z.string(), support: z.int(), before: z.number(), after: z.number(), difference }),
      ),
    }),
    errors: ['not-found'],
  }),
  removeModel: defineEndpoint({
    method: 'DELETE',
    path: '/models/{model}',
    summary: 'Removes one version of a model, or all of a name',
    role: 'editor',
    params: ofModel,
    out: z.object({ removed: z.array(z.string()) }),
    errors: ['not-found'],
  }),
  proveModel: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/proofs',
    summary: 'Proves on real records whether what was grown helps',
    role: 'editor',
    params: ofProject,
    body: z.strictObject({
      split: splitChoice.default({}),
      seeds: z.int().min(1).max(20).default(5).describe('Models trained of each kind'),
      seed: seed.default(1),
    }),
    out: job,
    errors: ['not-found'],
  }),
  listProofs: defineEndpoint({
    method: 'GET',
    path: '/projects/{project}/proofs',
    summary: 'Proofs of a project, newest first',
    role: 'reviewer',
    params: ofProject,
    out: z.array(proof),
    errors: ['not-found'],
  }),
}

/** Growing over HTTP: what can be grown, recipes checked and converted, and what a run would do and cost. */
import { z } from 'zod'
import { recipe } from '../recipe.ts'
import { defineEndpoint } from './endpoint.ts'

/** JSON Schema (draft 2020-12) of what a person writes, from which forms are made. */
const jsonSchema = z.record(z.string(), z.json())

/** One critic as a recipe lists it. */
const criticEntry = z.looseObject({ kind: z.string() })

const generatorInfo = z.object({
  kind: z.string(),
  summary: z.string(),
  usesModel: z.boolean().describe('Whether it may ask a teacher'),
  needsModel: z.boolean().describe('Whether it asks a teacher with nothing but its defaults'),
  usesCritic: z.boolean().describe('Whether it asks a critic between its stages'),
  usesFeedback: z.boolean().describe('Whether later calls are told what was kept and what was disliked'),
  critics: z.array(criticEntry).describe('Critics it brings along, with its defaults'),
  params: jsonSchema,
})
export type GeneratorInfo = z.infer<typeof generatorInfo>

const criticInfo = z.object({
  kind: z.string(),
  summary: z.string(),
  asksModel: z.boolean(),
  onByDefault: z.boolean(),
  params: jsonSchema,
})
export type CriticInfo = z.infer<typeof criticInfo>

const written = z.record(z.string(), z.json())

const recipeProblem = z.object({
  path: z
    .array(z.union([z.string(), z.number()]))
    .describe('Names of members and numbers of list items, from the recipe’s root'),
  message: z.string(),
  line: z.int().positive().optional().describe('In `yaml`, from 1'),
  column: z.int().positive().optional(),
})
export type RecipeProblemAt = z.infer<typeof recipeProblem>

const checkedRecipe = z.object({
  recipe: written.nullable().describe('As it was written; null where the text holds no mapping'),
  yaml: z.string(),
  problems: z.array(recipeProblem).describe('Empty where it can be run'),
})
export type CheckedRecipe = z.infer<typeof checkedRecipe>

const sums = z.object({
  calls: z.number(),
  inputTokens: z.number(),
  inputTokensMost: z.number(),
  outputTokens: z.number(),
  outputTokensMost: z.number(),
  nanoUsd: z.number().optional().describe('Billionths of a dollar; absent if a provider has no prices'),
  nanoUsdMost: z.number().optional(),
})

const forecast = z.object({
  run: z.string().describe('The run it would be'),
  kept: z.int().nonnegative().describe('What that run holds already'),
  targets: z.record(z.string(), z.number()).describe('Kept records by cell'),
  planned: z.boolean().describe('Whether the parameters themselves say how many, so that no other target is taken'),
  acceptance: z.object({
    rate: z.number().describe('Share of candidates expected to be kept'),
    from: z.enum(['history', 'default', 'run']),
  }),
  candidates: z.number(),
  units: z.number(),
  stages: z.array(sums.extend({ stage: z.string(), provider: z.string(), model: z.string() })),
  total: sums,
  hosts: z
    .array(z.object({ provider: z.string(), model: z.string(), host: z.string(), leaves: z.boolean() }))
    .describe('Everyone who would receive text'),
  redacted: z.boolean().describe('Whether personal data is replaced before it is sent'),
  prompt: z
    .object({ stage: z.string(), messages: z.array(z.object({ role: z.string(), content: z.string() })) })
    .optional()
    .describe('The first request as it would be sent'),
  notes: z.array(z.string()),
  warnings: z.array(z.string()),
})
export type ForecastShown = z.infer<typeof forecast>

export const growEndpoints = {
  listGenerators: defineEndpoint({
    method: 'GET',
    path: '/generators',
    summary: 'Generators with the JSON Schema of their parameters',
    role: 'reviewer',
    out: z.array(generatorInfo),
  }),
  listCritics: defineEndpoint({
    method: 'GET',
    path: '/critics',
    summary: 'Critics with the JSON Schema of their parameters',
    role: 'reviewer',
    out: z.array(criticInfo),
  }),
  showRecipeSchema: defineEndpoint({
    method: 'GET',
    path: '/recipes/schema',
    summary: 'The JSON Schema of a recipe, for editors',
    role: 'reviewer',
    out: jsonSchema,
  }),
  checkRecipe: defineEndpoint({
    method: 'POST',
    path: '/recipes/check',
    summary: 'A recipe as YAML and as JSON, with every problem at its place',
    role: 'reviewer',
    body: z
      .object({
        recipe: written.optional().describe('A recipe as JSON, finished or not'),
        yaml: z
          .string()
          .max(1_000_000)
          .optional()
          .describe('A recipe as YAML or JSON text; beside `recipe`, the text whose comments and order are kept'),
      })
      .refine(({ recipe, yaml }) => recipe !== undefined || yaml !== undefined, 'give `recipe` or `yaml`'),
    out: checkedRecipe,
  }),
  forecastRecipe: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/forecast',
    summary: 'What a recipe would do and cost; nothing is sent to a model',
    role: 'reviewer',
    params: z.object({ project: z.string() }),
    body: z.object({ recipe: recipe.partial({ project: true }) }),
    out: forecast,
    errors: ['bad-recipe', 'not-found', 'egress-denied', 'bad-file'],
  }),
}

/** The recipe: what to grow, how, how much, and what it may cost. The generator's own `params` are checked against its schema. */
import { z } from 'zod'

const count = z.union([
  z.int().positive().describe('Records to add'),
  z.strictObject({ to: z.int().positive().describe('Total after growing, counting what the project holds already') }),
])

/** Kept records: in all (spread evenly over the cells), or per cell. */
const target = z
  .union([count, z.record(z.string(), count)])
  .optional()
  .describe(
    'Kept records: a number in all (spread evenly over the cells), one per cell, or { each: N } for every cell; default: what the parameters say (quotas), else 10',
  )
export type TargetCount = z.infer<typeof count>

const budget = z.strictObject({
  calls: z.int().nonnegative().optional().describe('Most calls to models'),
  tokens: z.int().nonnegative().optional().describe('Most tokens, input and output together'),
  usd: z.number().nonnegative().optional().describe('Most money, at the prices the providers were given'),
})

/** Planning that shapes the selected sequence, hence part of a run's identity. */
const rounds = z.strictObject({
  size: z.int().min(1).max(4096).optional().describe('Most units in a round (default 64 with feedback, else 2,048)'),
  stall: z.int().min(1).default(3).describe('Rounds in a row without a kept record after which a cell is given up'),
})

/** How fast to go: never changes what is selected. */
const limits = z.strictObject({
  concurrency: z
    .int()
    .min(1)
    .max(1024)
    .optional()
    .describe('Units under way at once (default: half as many again as calls the teacher may have)'),
  attempts: z.int().min(1).max(20).default(4).describe('Tries of one call before its unit gives up'),
  drainMs: z
    .int()
    .min(0)
    .max(86_400_000)
    .default(30_000)
    .describe('How long calls in flight may finish once no more are needed'),
})
export type Limits = z.infer<typeof limits>

/** One critic of a recipe; the rest of its members are the critic's own parameters. */
export const criticChoice = z.looseObject({
  kind: z.string(),
  provider: z.string().optional().describe('Provider that judges; default: the teacher'),
  enabled: z.boolean().default(true).describe('false turns a critic off that is on by default'),
})
export type CriticChoice = z.infer<typeof criticChoice>
export type CriticChoiceInput = z.input<typeof criticChoice>

/** A recipe whose generator and critics have not been looked up yet. */
export const recipe = z.strictObject({
  project: z.string().describe('Name of the project that the records join'),
  generator: z.string().describe('Kind of the generator'),
  params: z.record(z.string(), z.unknown()).default({}).describe('The generator’s own parameters'),
  teacher: z.string().optional().describe('Provider that proposes; default: the only one assigned to the project'),
  critic: z
    .string()
    .optional()
    .describe('Provider that judges between the stages of a pipeline; default: the teacher. `critics` name their own'),
  critics: z.array(criticChoice).default([]).describe('Besides those that are on by default, or in their place'),
  target,
  budget: budget.default({}).describe('Hard limits: no call starts whose worst case does not fit'),
  seed: z.int().nonnegative().default(0).describe('Same recipe, seed and replies: same records'),
  tags: z.array(z.string()).default(['synthetic']).describe('Tags of each grown record'),
  rounds: rounds.prefault({}).describe('How far planning looks ahead and when it gives up'),
  limits: limits.prefault({}).describe('How fast to go; never changes what is kept'),
})
export type Recipe = z.infer<typeof recipe>
export type RecipeInput = z.input<typeof recipe>

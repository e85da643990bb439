/** What a recipe may say, as one schema derived from the parameters of the generators and critics there are. */
import { z } from 'zod'
import type { AnyCritic, AnyGenerator } from '../engine/define.ts'
import type { Json } from '../model/json.ts'
import { criticChoice, recipe } from '../model/recipe.ts'

/** The plug-ins a recipe may name. */
export interface RecipePlugins {
  generators: readonly AnyGenerator[]
  critics: readonly AnyCritic[]
}

/** Accepts what a recipe may be: one alternative for each generator, told apart by `generator`; nothing unknown passes. */
export function recipeSchema(plugins: RecipePlugins): z.ZodType {
  const shared = recipeEnvelope(plugins)
  const alternatives = plugins.generators.map(generator =>
    shared.extend({
      generator: z.literal(generator.kind).describe(generator.summary),
      params: closed(generator.params).prefault({}).describe(`Parameters of ${generator.kind}: ${generator.summary}`),
    }),
  )
  const [first, ...others] = alternatives
  return first ? z.discriminatedUnion('generator', [first, ...others]) : shared
}

/** All of a recipe but its generator and the generator's parameters, which pass whatever they are. */
export function recipeEnvelope(plugins: RecipePlugins) {
  const [first, ...others] = plugins.critics.map(criticSchema)
  const critic = first ? z.discriminatedUnion('kind', [first, ...others]) : criticChoice
  return recipe.extend({
    generator: z.unknown().optional(),
    params: z.unknown().optional(),
    critics: z.array(critic).default([]),
  })
}

/** The recipe schema as JSON Schema (draft 2020-12) of what a person writes, with descriptions, for editors. */
export function recipeJsonSchema(plugins: RecipePlugins): { [key: string]: Json } {
  return { title: 'Cultivar recipe', ...writtenSchema(recipeSchema(plugins), 'ref') }
}

/** JSON Schema (draft 2020-12) of what a person writes; `ref` says shapes that stand in several places once. */
export function writtenSchema(schema: z.ZodType, reused: 'ref' | 'inline' = 'inline'): { [key: string]: Json } {
  const written = z.toJSONSchema(schema, {
    io: 'input',
    reused,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Zod bounds every integer by what a double holds exactly: noise in a hint.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
    },
  })
  // As JSON, it has no members that are undefined and none that are functions.
  return JSON.parse(JSON.stringify(written))
}

/** A critic's parameters with the members every choice of a critic has; `provider` only where a model is asked. */
function criticSchema(critic: AnyCritic) {
  const { provider, enabled } = criticChoice.shape
  const choice = {
    kind: z.literal(critic.kind).describe(critic.summary),
    enabled: enabled.describe(critic.onByDefault ? 'false turns it off (it is on by default)' : 'false turns it off'),
    ...(critic.phase === 'model' && { provider }),
  }
  const params = closed(critic.params)
  return params instanceof z.ZodObject ? params.safeExtend(choice) : z.looseObject(choice)
}

/** The schema with unknown members refused, as far as it is an object’s. */
function closed(schema: z.ZodType<unknown, unknown>): z.ZodType<unknown, unknown> {
  return schema instanceof z.ZodObject && schema.def.catchall === undefined ? schema.strict() : schema
}

/** The generators and critics of a workspace, with the JSON Schema of their parameters, as forms are made from them. */
import { z } from 'zod'
import type { AnyGenerator } from '../engine/define.ts'
import type { CriticInfo, GeneratorInfo } from '../model/api/grow.ts'
import { criticChoice } from '../model/recipe.ts'
import { type RecipePlugins, writtenSchema } from './recipe-schema.ts'

export function listGenerators({ generators }: RecipePlugins): GeneratorInfo[] {
  return generators.map(generator => {
    const { kind, summary, usesModel, usesCritic = false, usesFeedback, params } = generator
    const { asks, critics } = withDefaults(generator)
    return {
      ...{ kind, summary, usesModel, usesCritic, usesFeedback, critics },
      needsModel: usesModel && asks,
      params: writtenSchema(params),
    }
  })
}

export function listCritics({ critics }: RecipePlugins): CriticInfo[] {
  return critics.map(({ kind, summary, phase, onByDefault, params }) => ({
    ...{ kind, summary, onByDefault },
    asksModel: phase === 'model',
    params: writtenSchema(params),
  }))
}

/** What follows from the defaults, as far as they go. Where more is needed to tell, it is taken to ask and to bring nothing. */
function withDefaults(generator: AnyGenerator): { asks: boolean; critics: GeneratorInfo['critics'] } {
  const { params } = generator
  const whole = params.safeParse({})
  const known = whole.success ? whole.data : params instanceof z.ZodObject ? defaultsOf(params.shape) : undefined
  const brought = whole.success ? (generator.critics?.(whole.data) ?? []) : []
  return {
    asks: known === undefined || (generator.asks?.(known) ?? true),
    critics: brought.map(choice => {
      const { enabled: _, ...entry } = criticChoice.parse(choice)
      return entry
    }),
  }
}

function defaultsOf(shape: z.ZodRawShape): Record<string, unknown> {
  const parsed = Object.entries(shape).map(([name, member]) => [name, z.safeParse(member, undefined)] as const)
  return Object.fromEntries(parsed.filter(([, { success }]) => success).map(([name, { data }]) => [name, data]))
}

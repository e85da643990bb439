/** A recipe file’s recipe with options of the line put before what it says. */
import { type RecipeLine, recipeFromLine } from '../app/recipe-line.ts'
import type { RecipePlugins } from '../app/recipe-schema.ts'
import type { Recipe } from '../model/recipe.ts'

type LineOptions = Partial<Omit<RecipeLine, 'project' | 'generator'>>

/**
 * Parameters and limits of the budget are replaced one by one, critics and target as a whole. The recipe is written as the line that
 * would give it, so that both are read and checked in one way. Throws CultivarError `bad-recipe`.
 */
export function withOptions(recipe: Recipe, options: LineOptions, plugins: RecipePlugins): Recipe {
  if (Object.keys(options).length === 0) return recipe
  const { project, generator, params, critics, target, budget, teacher, critic, seed, tags } = recipe
  const { rounds, limits } = recipe
  const counted = typeof target === 'number' ? [String(target)] : assignments(target ?? {})
  const line: RecipeLine = {
    ...{ project, generator, teacher, seed, tags },
    target: counted,
    critics: critics.map(choice => JSON.stringify(choice)),
    ...options,
    params: replaced(assignments(params), options.params),
    budget: replaced(assignments(budget), options.budget),
  }
  return { ...recipeFromLine(line, plugins), rounds, limits, ...(critic !== undefined && { critic }) }
}

function assignments(values: object): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
}

function replaced(before: string[], after: string[] = []): string[] {
  const nameOf = (assignment: string) => assignment.split('=', 1)[0]
  const given = new Set(after.map(nameOf))
  return [...before.filter(assignment => !given.has(nameOf(assignment))), ...after]
}

/** A recipe as text and as value, with all that is wrong with it: what an editor and a form show of the same recipe. */
import { stringify } from 'yaml'
import type { CheckedRecipe, RecipeProblemAt } from '../model/api/grow.ts'
import { recipe as recipeModel } from '../model/recipe.ts'
import { mergeYaml } from './merge-yaml.ts'
import { inspectRecipe, type PlacedProblem } from './recipe-file.ts'
import { recipeText } from './recipe-line.ts'
import type { RecipePlugins } from './recipe-schema.ts'

type Written = NonNullable<CheckedRecipe['recipe']>

/**
 * Of `recipe`, the text is tidy YAML, or where `yaml` is given too, that text with what the recipe changes in it. Nothing is lost
 * that is unknown or wrong.
 */
export function checkRecipe(
  plugins: RecipePlugins,
  { recipe, yaml }: { recipe?: Written | undefined; yaml?: string | undefined },
): CheckedRecipe {
  const text = recipe === undefined ? (yaml ?? '') : writtenText(recipe, yaml)
  const { written, problems } = inspectRecipe(text, plugins)
  return {
    recipe: isMapping(written) ? written : null,
    yaml: text,
    problems: problems.map(problemAt),
  }
}

function writtenText(written: Written, yaml: string | undefined): string {
  const merged = yaml === undefined ? undefined : mergeYaml(yaml, written)
  if (merged !== undefined) return merged
  const parsed = recipeModel.safeParse(written)
  return parsed.success ? recipeText(parsed.data) : stringify(written, { lineWidth: 100 })
}

function problemAt({ path, text, line, column }: PlacedProblem): RecipeProblemAt {
  return { path: path.map(step => (typeof step === 'number' ? step : String(step))), message: text, line, column }
}

function isMapping(value: unknown): value is Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

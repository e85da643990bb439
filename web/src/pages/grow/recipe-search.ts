/** What the address of the recipe page may say. */

interface RecipeSearch {
  /** A run whose recipe is opened, in place of the draft. */
  run?: string
  /** The run whose records are shown. */
  results?: string
}

export function recipeSearch({ run, results }: Record<string, unknown>): RecipeSearch {
  return {
    ...(run !== undefined && { run: String(run) }),
    ...(results !== undefined && { results: String(results) }),
  }
}

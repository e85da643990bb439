/** `--save FILE`: writes down the recipe that a command line made. */
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { CultivarError } from '../model/error.ts'
import type { Recipe } from '../model/recipe.ts'
import { tell } from './output.ts'

/** Never replaces another recipe: it may have been written by hand. Throws CultivarError `already-exists` or `bad-input`. */
export async function saveRecipe(file: string, recipe: Recipe): Promise<void> {
  const { recipeText } = await import('../app/recipe-line.ts')
  const text = recipeText(recipe)
  if (existsSync(file)) {
    if ((await readFile(file, 'utf8')) === text) return
    throw new CultivarError(
      'already-exists',
      `${file} is there already and says something else.`,
      'Choose another name for --save.',
    )
  }
  try {
    await writeFile(file, text)
  } catch (error) {
    throw new CultivarError(
      'bad-input',
      `${file} cannot be written: ${(error as Error).message}`,
      'Choose another place for --save.',
    )
  }
  tell(`Wrote the recipe to ${file}`)
}

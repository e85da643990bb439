/** Where paths that a recipe names lead to. */
import { realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { CultivarError } from '../model/error.ts'
import { insideFolder } from './inside-folder.ts'
import { ownFolder, type Workspace } from './workspace.ts'

/**
 * Paths start from the recipe's folder. In a confined workspace they stay in it, links followed, and never lead to the key, the
 * database or another file that lies in `.cultivar` itself.
 *
 * The function throws CultivarError `not-found`.
 */
export function recipePaths(
  { folder, confined = false }: Pick<Workspace, 'folder' | 'confined'>,
  recipeFolder: string,
): (path: string) => Promise<string> {
  if (!confined) return async path => resolve(recipeFolder, path)
  return async path => {
    const found = await insideFolder(recipeFolder, path)
    const own = await realpath(ownFolder(folder)).catch(() => undefined)
    if (dirname(found) !== own) return found
    throw new CultivarError(
      'not-found',
      `There is no “${path}” in the workspace.`,
      'Paths start from the workspace’s folder.',
    )
  }
}

/** Keeps paths that come from a browser within the workspace. */
import { realpath } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { CultivarError } from '../model/error.ts'

/**
 * The whole path of a file or folder within `folder`, links followed.
 *
 * @throws CultivarError `not-found` if there is none, and for one that is elsewhere, so that nobody learns what lies outside.
 */
export async function insideFolder(folder: string, path: string): Promise<string> {
  const [top, found] = await Promise.all(
    [folder, resolve(folder, path)].map(each => realpath(each).catch(() => undefined)),
  )
  const way = top === undefined || found === undefined ? '..' : relative(top, found).replaceAll('\\', '/')
  if (found !== undefined && way !== '..' && !way.startsWith('../') && !/^[a-z]:/i.test(way)) return found
  throw new CultivarError(
    'not-found',
    `There is no “${path}” in the workspace.`,
    'Paths start from the workspace’s folder.',
  )
}

/** The files below a folder, as generators see them. */
import { readdir } from 'node:fs/promises'
import { CultivarError } from '../model/error.ts'

/**
 * Paths with `/`, from the folder on, in order of code points. Hidden files and folders are left out, and links are not followed.
 *
 * @throws CultivarError `not-found` if there is no such folder, `bad-file` if it cannot be read.
 */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')
        throw new CultivarError('not-found', `There is no folder “${folder}”.`, 'Check the path.')
      throw new CultivarError('bad-file', `“${folder}” cannot be read: ${cause.message}`, 'Check who may read it.')
    },
  )
  return entries
    .filter(entry => entry.isFile())
    .map(entry => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1).replaceAll('\\', '/'))
    .filter(path => !path.split('/').some(part => part.startsWith('.')))
    .sort()
}

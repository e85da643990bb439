/** Folders that exports are written to. */
import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CultivarError } from '../model/error.ts'

/** Makes the folder unless it is there; returns its whole path. Throws CultivarError `bad-input`. */
export async function makeFolder(path: string): Promise<string> {
  const folder = resolve(path)
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CultivarError('bad-input', `${folder} cannot be made: ${why}`, 'Choose another place with --out DIR.')
  }
  return folder
}

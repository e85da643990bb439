/** Text written to a file the user named: whole or not at all. */
import { randomBytes } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CultivarError } from '../model/error.ts'

/** Replaces what is there; returns the whole path. Throws CultivarError `bad-input` or `storage-full`. */
export async function writeTextFile(path: string, text: string): Promise<string> {
  const file = resolve(path)
  const unfinished = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.part`)
  try {
    await writeFile(unfinished, text, { flag: 'wx', flush: true })
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    const { code, message } = error as NodeJS.ErrnoException
    const full = code === 'ENOSPC' || code === 'EDQUOT'
    throw new CultivarError(
      full ? 'storage-full' : 'bad-input',
      `${file} cannot be written: ${message}`,
      full ? 'Free some space, then try again.' : 'Choose another place with --out FILE.',
      { file },
    )
  }
  return file
}

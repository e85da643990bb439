/** Text written to a file chunk by chunk: until it is whole, an older file of that name stays. */
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CultivarError } from '../model/error.ts'

/** Returns the whole path. Throws what the text throws, and CultivarError `bad-input` or `storage-full` for the file. */
export async function writeTextStream(path: string, text: AsyncIterable<string> | Iterable<string>): Promise<string> {
  const file = resolve(path)
  const unfinished = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.part`)
  try {
    await pipeline(Readable.from(text), createWriteStream(unfinished, { flags: 'wx', flush: true }))
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error instanceof CultivarError ? error : unwritable(file, error)
  }
  return file
}

function unwritable(file: string, error: unknown): CultivarError {
  const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
  return new CultivarError(
    full ? 'storage-full' : 'bad-input',
    `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    full ? 'Free some space, then export again.' : 'Choose another place with --out.',
    { file },
  )
}

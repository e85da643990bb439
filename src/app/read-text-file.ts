/** Reads small text files whole: UTF-8, or UTF-16 with a byte-order mark. */
import { readFile } from 'node:fs/promises'
import { CultivarError } from '../model/error.ts'

/** Throws CultivarError `not-found` if there is no such file, `bad-file` if it cannot be read or is not text. */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new CultivarError('not-found', `There is no file “${path}”.`, 'Check the path.')
    throw new CultivarError(
      'bad-file',
      `“${path}” cannot be read: ${cause.message}`,
      'Check the path and who may read it.',
    )
  })
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new CultivarError('bad-file', `“${path}” is not a text file.`, 'Save it as text in UTF-8.')
  }
}

/** Reads a document of any known format into Markdown, in a process that can be killed. */
import type { ReadDocument } from '../model/document.ts'
import { CultivarError } from '../model/error.ts'
import { readIsolated } from './isolation.ts'
import type { DocumentFile } from './reader.ts'

interface ReadOptions {
  password?: string
  /** From the moment that reading begins. Default: a minute, and half a minute more for each megabyte, in which a thousand pages may be. */
  timeLimitMs?: number
  /** Of the process that reads, in all; it holds about 100 before it begins. Default: 1,024. */
  memoryLimitMb?: number
  signal?: AbortSignal
}

/**
 * Several at once are read side by side, one a processor.
 * @throws CultivarError `bad-file`: unknown format, damaged, locked by a password, without text, or beyond a limit; the message says which.
 * @throws the signal's reason, when it is aborted.
 */
export async function readDocument(file: DocumentFile, options: ReadOptions = {}): Promise<ReadDocument> {
  const { name, bytes, mediaType } = file
  const megabytes = bytes.length / 2 ** 20
  const { password, timeLimitMs = 60_000 + 30_000 * megabytes, memoryLimitMb = 1024, signal } = options
  // It is copied once or twice before it is even looked at.
  if (megabytes > memoryLimitMb / 4) throw tooLarge(name, memoryLimitMb)
  const outcome = await readIsolated(
    { file: { name, bytes, ...(mediaType === undefined ? {} : { mediaType }) }, password },
    { timeLimitMs, memoryLimitMb, signal },
  )
  if ('document' in outcome) return outcome.document
  if ('refused' in outcome) {
    const { code, message, hint, details } = outcome.refused
    throw new CultivarError(code, message, hint, details)
  }
  if ('crashed' in outcome) {
    throw new CultivarError(
      'bad-file',
      `“${name}” cannot be read: the process that read it ended (${outcome.crashed}).`,
      'The file may be damaged: open it in the program it comes from and save it anew.',
    )
  }
  if (outcome.exceeded === 'memory') throw tooLarge(name, memoryLimitMb)
  throw new CultivarError(
    'bad-file',
    `“${name}” was not read within ${(timeLimitMs / 1000).toLocaleString('en')} s.`,
    'It may be damaged or made to be endless. If it is only long, split it.',
    { timeLimitMs },
  )
}

function tooLarge(name: string, memoryLimitMb: number): CultivarError {
  return new CultivarError(
    'bad-file',
    `“${name}” takes more than ${memoryLimitMb.toLocaleString('en')} MB of memory to read.`,
    'It may be damaged or made to unpack without end. If it is only large, split it.',
    { memoryLimitMb },
  )
}

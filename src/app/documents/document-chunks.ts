/** A stored document in chunks, as generators see it. */
import { pageAt, type StoredDocument } from '../../model/document.ts'
import { type Chunk, chunkMarkdown } from '../../text/chunk-markdown.ts'

export interface DocumentChunk extends Chunk {
  /** From 1. */
  number: number
  /** The page, from 1, that it begins on; absent where there are no pages. */
  page?: number
}

export function documentChunks(
  { markdown, pages }: StoredDocument,
  options: { maxTokens: number; overlapTokens?: number },
): DocumentChunk[] {
  return chunkMarkdown(markdown, options).map((chunk, at) => {
    const page = pageAt(pages, chunk.start)
    return { number: at + 1, ...(page !== undefined && { page }), ...chunk }
  })
}

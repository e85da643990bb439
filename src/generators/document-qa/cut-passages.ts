/** Cuts a document into passages. A file of its own: tokenizer and parser take long to load, and only planning needs them. */
import { chunkMarkdown } from '../../text/chunk-markdown.ts'
import { wordsOf } from '../../text/words.ts'
import type { Passage } from './passages.ts'

/** Shorter ones are headings, page numbers, captions: nothing can be asked about them. */
const leastWords = 12

/** Those that hold enough to ask about; all, if none does. */
export function cutPassages(markdown: string, limits: { maxTokens: number; overlapTokens: number }): Passage[] {
  const chunks = chunkMarkdown(markdown, limits).filter(({ start, end }) => markdown.slice(start, end).trim() !== '')
  const full = chunks.filter(({ start, end }) => wordsOf(markdown.slice(start, end)).length >= leastWords)
  return (full.length > 0 ? full : chunks).map(({ start, end, headings }) => ({ start, end, headings }))
}

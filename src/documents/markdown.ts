/** Reads Markdown, which stays as it is but for its front matter. */
import { parse } from 'yaml'
import { firstHeading } from './first-heading.ts'
import { plainText } from './plain-text.ts'
import type { DocumentReader } from './reader.ts'
import { withoutText } from './refusals.ts'

export const markdown: DocumentReader = {
  format: 'markdown',
  matches({ name, mediaType }) {
    return /\.(md|markdown|mdown|mkdn?|[qr]md)$/i.test(name) || /^text\/(x-)?markdown\b/i.test(mediaType ?? '')
  },
  async read(file) {
    const { text, notes } = plainText(file)
    const { title, body } = withoutFrontMatter(text)
    if (body.trim() === '') throw withoutText(file.name, 'It has front matter alone; write something below it.')
    return { title: title || firstHeading(body), format: 'markdown', markdown: body, pages: [], notes }
  },
}

/** Front matter is YAML between lines of dashes at the very top; what is no YAML mapping is text. */
function withoutFrontMatter(text: string): { title: string; body: string } {
  const match = /^---[ \t]*\n([\s\S]*?\n)??(?:---|\.\.\.)[ \t]*(?:\n\s*|$)/.exec(text)
  const head = match && mapping(match[1] ?? '')
  if (!head) return { title: '', body: text }
  const title = head['title']
  return { title: typeof title === 'string' ? title.normalize('NFC').trim() : '', body: text.slice(match[0].length) }
}

function mapping(yaml: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = parse(yaml)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** Reads plain text; the last reader to be asked, for all that no other knows. */
import { plainText } from './plain-text.ts'
import type { DocumentReader } from './reader.ts'

/**
 * The text stays as it is, even where Markdown would take something for markup: it is there to be quoted. A form feed begins a page;
 * a line end stands in its place unless there is one before it.
 */
export const text: DocumentReader = {
  format: 'text',
  matches: () => true,
  async read(file) {
    const { text: whole, notes } = plainText(file)
    const { markdown, pages } = withoutFormFeeds(whole)
    return { title: '', format: 'text', markdown, pages, notes }
  },
}

function withoutFormFeeds(whole: string): { markdown: string; pages: number[] } {
  const sheets = whole.split('\f')
  while (sheets.at(-1)!.trim() === '') sheets.pop()
  if (sheets.length === 1) return { markdown: sheets[0]!, pages: [] }
  const pages: number[] = []
  const parts: string[] = []
  let length = 0
  for (const [at, sheet] of sheets.entries()) {
    pages.push(length)
    const part = at === sheets.length - 1 || sheet === '' || sheet.endsWith('\n') ? sheet : `${sheet}\n`
    parts.push(part)
    length += part.length
  }
  return { markdown: parts.join(''), pages }
}

/** Cuts facts into passages: rows of tables, and paragraphs of prose with the headings they stand under. */
import type { Json } from '../model/json.ts'
import { fileRows } from './file-rows.ts'

export type Passage = {
  /** For people: file and line, or heading. */
  place: string
  text: string
  /** Whether it is a row of a table, whose figures are compared as written. */
  isRow: boolean
}

/** Longest piece of prose, in UTF-16 code units. */
const longestPassage = 1000
const rowFile = /\.(csv|tsv|jsonl|ndjson|json)$/i
const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/
const fence = /^ {0,3}(?:```|~~~)/

/**
 * Tables (.csv, .tsv, .jsonl, .ndjson, .json) give a passage a row, as `name: value; name: value`; any other file is prose.
 * @throws CultivarError `bad-file` for a table that cannot be read.
 */
export async function factsOfFile(path: string, content: string): Promise<Passage[]> {
  const text = content.replace(/^\ufeff/, '')
  if (!rowFile.test(path)) return factsOfProse(path, text)
  const rows = await Array.fromAsync(fileRows(path, text))
  const unit = /\.json$/i.test(path) ? 'item' : 'line'
  return rows
    .map(({ value, place }) => ({ place: `${path}, ${unit} ${place}`, text: rowText(value), isRow: true }))
    .filter(passage => passage.text !== '')
}

/** Paragraphs, as blank lines and Markdown headings part them; long ones are cut between sentences. */
export function factsOfProse(name: string, text: string): Passage[] {
  const passages: Passage[] = []
  let under = ''
  let lines: string[] = []
  let inCode = false
  const close = () => {
    const place = under ? `${name}, ${under}` : name
    for (const piece of pieces(lines.join('\n'))) passages.push({ place, text: piece, isRow: false })
    lines = []
  }
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (fence.test(line)) inCode = !inCode
    const title = inCode ? undefined : heading.exec(line)?.[1]
    if (title !== undefined) {
      close()
      under = oneLine(title)
    } else if (line.trim() === '' && !inCode) close()
    else lines.push(line)
  }
  close()
  return passages
}

function rowText(value: Json): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return oneLine(written(value))
  const members = Object.entries(value).map(([name, member]) => [name, oneLine(written(member))] as const)
  return members
    .filter(([, member]) => member !== '')
    .map(([name, member]) => `${name}: ${member}`)
    .join('; ')
}

function written(value: Json): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

function pieces(paragraph: string): string[] {
  if (paragraph.trim() === '') return []
  if (paragraph.length <= longestPassage) return [oneLine(paragraph)]
  const found: string[] = []
  let piece = ''
  for (const { segment } of sentences.segment(paragraph)) {
    if (piece !== '' && piece.length + segment.length > longestPassage) {
      found.push(piece)
      piece = ''
    }
    piece += segment
  }
  return [...found, piece].map(oneLine).filter(text => text !== '')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

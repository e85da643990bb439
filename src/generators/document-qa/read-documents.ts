/** The documents that questions are asked about: a text of the recipe, files it names, or those of the project. */
import type { PlanContext } from '../../engine/define.ts'
import type { ReadDocument, StoredDocument } from '../../model/document.ts'
import { CultivarError } from '../../model/error.ts'
import type { SourceParams } from './source-params.ts'

export interface SourceDocument {
  /** Unique within the run: it names the cell. */
  name: string
  title: string
  markdown: string
  /** Where each page begins; empty for formats without pages. */
  pages: number[]
}

/** Documents that a note lists by name. */
const mostListed = 5

/**
 * Those with a text, in the order given, each text once and each name once.
 *
 * @throws CultivarError `bad-recipe` where there is nothing to read, and what reading a document throws.
 */
export async function readDocuments({
  params,
  sources,
}: Pick<PlanContext<SourceParams>, 'params' | 'sources'>): Promise<{ documents: SourceDocument[]; notes: string[] }> {
  const documents: SourceDocument[] = []
  const notes: string[] = []
  const [empty, repeated]: [string[], string[]] = [[], []]
  const texts = new Set<string>()
  const names = new Set<string>()
  for await (const { name, title, markdown, pages, notes: remarks } of listed(params, sources)) {
    if (markdown.trim() === '') empty.push(name)
    else if (texts.has(markdown)) repeated.push(name)
    else documents.push({ name: uniqueName(name, names), title, markdown, pages })
    texts.add(markdown)
    notes.push(...remarks.map(remark => `${name}: ${remark}`))
  }
  if (empty.length > 0) notes.push(`Without a text, and left out: ${shortList(empty)}.`)
  if (repeated.length > 0) notes.push(`The same text as another document, and left out: ${shortList(repeated)}.`)
  if (documents.length > 0) return { documents, notes }
  throw empty.length > 0
    ? new CultivarError(
        'bad-recipe',
        `There is no text in ${shortList(empty)}.`,
        'A scanned document needs a text layer first: run it through an OCR program, then try again.',
      )
    : new CultivarError(
        'bad-recipe',
        'There is nothing to ask about: the recipe gives neither `text` nor `documents`, and the project has no documents.',
        'Add some (cultivar documents add FILE), or name files as `documents: [manual.pdf]`.',
      )
}

async function* listed({ text, documents, only }: SourceParams, sources: PlanContext<unknown>['sources']) {
  if (text !== undefined) yield asDocument(text)
  else if (sources && documents) for (const path of documents) yield await sources.readDocument(path)
  else if (sources && only) yield* chosenOf(sources.documents(), only)
  else if (sources) yield* sources.documents()
}

/** Ends with the last that is named by its id: what was added after it does not matter to the run. */
async function* chosenOf(documents: AsyncIterable<StoredDocument>, only: string[]) {
  const wanted = new Set(only)
  const missing = new Set(only)
  for await (const document of documents) {
    const { id, name } = document
    missing.delete(name)
    missing.delete(id)
    if (wanted.has(id) || wanted.has(name)) yield document
    wanted.delete(id)
    if (wanted.size === 0) return
  }
  const [first] = missing
  if (first === undefined) return
  throw new CultivarError(
    'not-found',
    `The project has no document “${first}”.`,
    '“cultivar documents list” shows what it has.',
  )
}

/** As reading a file would have left it: offsets count the same text. */
function asDocument(text: string): ReadDocument {
  const markdown = text.replace(/\r\n?/g, '\n').normalize('NFC')
  return { name: 'text', title: '', format: 'markdown', markdown, pages: [], notes: [] }
}

function uniqueName(name: string, taken: Set<string>): string {
  let unique = name
  for (let number = 2; taken.has(unique); number++) unique = `${name} (${number})`
  taken.add(unique)
  return unique
}

function shortList(names: string[]): string {
  const more = names.length - mostListed
  return more > 0 ? `${names.slice(0, mostListed).join(', ')} and ${more} more` : names.join(', ')
}

/** The documents of a project: listed, found, shown by page, removed. */
import type { StoredDocument } from '../../model/document.ts'
import { CultivarError } from '../../model/error.ts'
import type { DocumentSummary } from '../../stores/document-queries.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { requireProject } from '../projects.ts'
import type { Workspace } from '../workspace.ts'

const mostNamed = 10

/** In the order they were added. Throws CultivarError `not-found` if there is no such project. */
export async function listDocuments(workspace: Workspace, project: string): Promise<DocumentSummary[]> {
  await requireProject(workspace, project)
  return workspace.store.listDocuments(project)
}

/**
 * The document of that id or name; the beginning of the id, or the end of the name after a `/`, is enough where it fits one alone.
 * Throws CultivarError `not-found`, or `bad-input` where it fits several.
 */
export async function requireDocument(workspace: Workspace, project: string, named: string): Promise<StoredDocument> {
  const documents = await listDocuments(workspace, project)
  const exact = documents.filter(({ id, name }) => id === named || name === named)
  const found = exact.length > 0 ? exact : documents.filter(document => isMeant(document, named))
  const document = found.length === 1 ? await workspace.store.findDocument(project, found[0]!.id) : undefined
  if (document) return document
  throw found.length > 1 ? ambiguous(named, found) : notThere(named, project, documents)
}

/** Throws CultivarError as `requireDocument`. What was grown from it stays. */
export async function removeDocument(workspace: Workspace, project: string, named: string): Promise<DocumentSummary> {
  const { markdown, notes, pages, ...facts } = await requireDocument(workspace, project, named)
  await workspace.store.removeDocument(project, facts.id)
  return { ...facts, pages: pages.length, characters: markdown.length }
}

/** Where a page of a document is in its Markdown. Throws CultivarError `bad-input`. */
export function pageSpan({ name, markdown, pages }: StoredDocument, page: number): { start: number; end: number } {
  const start = pages[page - 1]
  if (start !== undefined) return { start, end: pages[page] ?? markdown.length }
  throw new CultivarError(
    'bad-input',
    pages.length === 0 ? `“${name}” has no pages.` : `“${name}” has no page ${page}.`,
    pages.length === 0 ? 'Show it whole, without --page.' : `It has ${pages.length}.`,
  )
}

/** Its Markdown, each page begun by a comment. */
export function withPageMarks({ markdown, pages }: StoredDocument): string {
  return pages.length === 0
    ? markdown
    : pages
        .map((start, at) => {
          const text = markdown.slice(start, pages[at + 1] ?? markdown.length)
          return `<!-- page ${at + 1} -->\n${text.endsWith('\n') || at === pages.length - 1 ? text : `${text}\n`}`
        })
        .join('')
}

function isMeant({ id, name }: DocumentSummary, named: string): boolean {
  return name.endsWith(`/${named}`) || (/^[0-9a-f]{4,}$/.test(named) && id.startsWith(named))
}

function ambiguous(named: string, found: DocumentSummary[]): CultivarError {
  const listed = found.slice(0, mostNamed).map(({ id, name }) => `${id.slice(0, 12)}  ${name}`)
  const more = found.length > mostNamed ? [`… and ${found.length - mostNamed} more`] : []
  return new CultivarError(
    'bad-input',
    `“${named}” may be any of ${found.length} documents.`,
    ['Name one by its id:', ...listed, ...more].join('\n'),
    { ids: found.map(({ id }) => id) },
  )
}

function notThere(named: string, project: string, documents: DocumentSummary[]): CultivarError {
  const meant = nearestName(
    named,
    documents.map(({ name }) => name),
  )
  return new CultivarError(
    'not-found',
    `Project “${project}” has no document “${named}”${meant === undefined ? '.' : `; did you mean “${meant}”?`}`,
    documents.length === 0 ? 'Add one: cultivar documents add FILE' : 'See “cultivar documents list”.',
  )
}

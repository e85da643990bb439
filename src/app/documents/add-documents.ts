/** Documents brought into a project: read, stored and forgotten one after another, and never twice. */
import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { readDocument } from '../../documents/read-document.ts'
import type { DocumentFile } from '../../documents/reader.ts'
import type { ReadDocument } from '../../model/document.ts'
import { CultivarError, type ErrorCode } from '../../model/error.ts'
import type { DocumentSummary } from '../../stores/document-queries.ts'
import { requireProject } from '../projects.ts'
import type { Workspace } from '../workspace.ts'
import { type DocumentSource, documentFiles } from './document-files.ts'

export interface AddDocumentsOptions {
  project: string
  /** Files, folders (with all below them) and addresses. */
  sources: string[]
  /** Opens those that are locked. */
  password?: string
  /** Asked, where `password` does not open one; undefined leaves it out. */
  askPassword?: (name: string, wrong: boolean) => Promise<string | undefined>
  /** Addresses may lead to this machine and its network. */
  allowPrivate?: boolean
  /** Larger files are refused; default 100. */
  maxMb?: number
  observe?: (progress: { name: string; done: number; total: number }) => void
  signal?: AbortSignal
}

export interface AddDocumentsReport {
  added: (DocumentSummary & { notes: string[] })[]
  /** Their bytes are a document of the project already, which is called `name`. */
  present: { source: string; id: string; name: string }[]
  failed: { source: string; code: ErrorCode; message: string; hint: string }[]
  /** Files in folders that are no documents by their name. */
  skipped: string[]
}

interface Loaded {
  file: DocumentFile
  id: string
  document?: ReadDocument
  refused?: CultivarError
}

const mostPasswords = 3
/** Documents in memory at a time. */
const mostAhead = 4

/**
 * Adds what can be read and reports what cannot. The same bytes are one document of a project, whatever they are called, so
 * that doing it again, or going on after an interruption, adds only what is missing.
 * Throws CultivarError `not-found` (the project), `bad-input`, `interrupted` and what the storage says.
 */
export async function addDocuments(workspace: Workspace, options: AddDocumentsOptions): Promise<AddDocumentsReport> {
  const { signal, maxMb = 100, allowPrivate = false } = options
  const { project } = await requireProject(workspace, options.project)
  const known = new Map((await workspace.store.listDocuments(project.name)).map(({ id, name }) => [id, name]))
  const { sources, skipped } = await documentFiles(options.sources, { allowPrivate, mostBytes: maxMb * 2 ** 20 })
  const report: AddDocumentsReport = { added: [], present: [], failed: [], skipped }
  const load = (source: DocumentSource) => loaded(source, known, options)
  let done = 0
  for await (const { item, result } of inOrder(sources, load, Math.min(mostAhead, availableParallelism()))) {
    options.observe?.({ name: item.name, done: done++, total: sources.length })
    try {
      const { file, id, document, refused } = await result
      const name = known.get(id)
      if (name !== undefined) {
        report.present.push({ source: item.source, id, name })
        continue
      }
      const read = document ?? (await withPassword(file, refused!, options))
      const stored = {
        ...{ ...read, name: item.name, id, project: project.name, source: item.source },
        ...{ bytes: file.bytes.length, createdMs: workspace.clock.now() },
      }
      const added = await workspace.store.addDocument(stored)
      known.set(id, item.name)
      if (!added) {
        report.present.push({ source: item.source, id, name: item.name })
        continue
      }
      const { markdown, pages, ...facts } = stored
      report.added.push({ ...facts, pages: pages.length, characters: markdown.length })
    } catch (error) {
      if (signal?.aborted) throw interrupted(report.added.length)
      if (!(error instanceof CultivarError) || error.code.startsWith('storage')) throw error
      const { code, message, hint } = error
      report.failed.push({ source: item.source, code, message, hint })
    }
  }
  return report
}

/** A locked document is no failure yet: somebody may know its password. */
async function loaded(
  source: DocumentSource,
  known: ReadonlyMap<string, string>,
  { password, signal }: AddDocumentsOptions,
): Promise<Loaded> {
  signal?.throwIfAborted()
  const file = await source.load(signal)
  const id = createHash('sha256').update(file.bytes).digest('hex')
  if (known.has(id)) return { file, id }
  try {
    return { file, id, document: await readWith(file, password, signal) }
  } catch (error) {
    if (error instanceof CultivarError && isLocked(error)) return { file, id, refused: error }
    throw error
  }
}

async function withPassword(
  file: DocumentFile,
  refused: CultivarError,
  { askPassword, password, signal }: AddDocumentsOptions,
): Promise<ReadDocument> {
  let last = refused
  for (let time = 0; askPassword && time < mostPasswords; time++) {
    const given = await askPassword(file.name, time > 0 || password !== undefined)
    if (given === undefined) break
    try {
      return await readWith(file, given, signal)
    } catch (error) {
      if (!(error instanceof CultivarError) || !isLocked(error)) throw error
      last = error
    }
  }
  throw last
}

function readWith(file: DocumentFile, password: string | undefined, signal: AbortSignal | undefined) {
  return readDocument(file, { ...(password !== undefined && { password }), ...(signal && { signal }) })
}

/** Readers tell it in words alone. */
function isLocked({ message }: CultivarError): boolean {
  return /” is locked[:,]/.test(message)
}

/** Works ahead by a few, and gives the results in the order of the items. */
async function* inOrder<T, R>(items: readonly T[], work: (item: T) => Promise<R>, ahead: number) {
  const started: { item: T; result: Promise<R> }[] = []
  for (const [at, item] of items.entries()) {
    const result = work(item)
    // Whoever awaits it hears of its failure; until then nobody may.
    result.catch(() => undefined)
    started.push({ item, result })
    if (at >= ahead - 1) yield started.shift()!
  }
  yield* started
}

function interrupted(added: number): CultivarError {
  return new CultivarError(
    'interrupted',
    `Stopped; ${added === 1 ? '1 document was' : `${added} documents were`} added.`,
    'Do the same again to go on: what is there is not read twice.',
  )
}

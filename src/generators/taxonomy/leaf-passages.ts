/** The passages of a knowledge leaf: its documents, from its repository or from a local folder, cut along their headings. */
import { matchesGlob } from 'node:path'
import type { Sources } from '../../engine/define.ts'
import { isDocumentName, pageAt, type ReadDocument } from '../../model/document.ts'
import { CultivarError } from '../../model/error.ts'
import type { LeafDocument, TaxonomyLeaf } from '../../taxonomy/leaf.ts'
import { chunkMarkdown } from '../../text/chunk-markdown.ts'
import type { Passage } from './taxonomy-material.ts'
import type { TaxonomyParams } from './taxonomy-params.ts'

export interface LeafPassages {
  passages: Passage[]
  notes: string[]
}

/**
 * None for a skill.
 *
 * @throws CultivarError where its documents cannot be had: `not-found`, `bad-file`, or what git says.
 */
export async function leafPassages(
  leaf: TaxonomyLeaf,
  params: TaxonomyParams,
  sources: Sources,
  localFiles: readonly string[],
): Promise<LeafPassages> {
  if (leaf.kind !== 'knowledge') return { passages: [], notes: [] }
  const documents = await documentsOf(leaf, params, sources, localFiles)
  const passages = documents.flatMap(document => passagesOf(document, params))
  const names = documents.map(({ name }) => name).join(', ')
  if (passages.length === 0)
    throw new CultivarError('bad-file', `There is no text in ${names}.`, 'Name documents with a text layer.')
  const remarks = documents.flatMap(({ name, notes }) => notes.map(note => `${name}: ${note}`))
  return {
    passages,
    notes: [`${leaf.path}: ${passages.length} passage${passages.length === 1 ? '' : 's'} of ${names}.`, ...remarks],
  }
}

async function documentsOf(
  { path, document }: TaxonomyLeaf,
  { documents: folder }: TaxonomyParams,
  { readRepository, readDocument }: Sources,
  localFiles: readonly string[],
): Promise<ReadDocument[]> {
  if (folder === undefined) {
    if (document) return readRepository(document)
    throw new CultivarError('not-found', 'The leaf names no document.', 'Give a folder as `documents`.')
  }
  const names = localNames(path, document, localFiles)
  if (names.length === 0) throw noLocalDocuments(path, document, folder)
  const read: ReadDocument[] = []
  for (const name of names) read.push({ ...(await readDocument(`${folder}/${name}`)), name })
  return read
}

/** Documents in a folder of the leaf's path; else those that match its patterns in a folder of its repository's name; else at the top. */
function localNames(path: string, document: LeafDocument | undefined, files: readonly string[]): string[] {
  const documents = files.filter(isDocumentName)
  const own = documents.filter(file => file.startsWith(`${path}/`))
  if (own.length > 0) return own
  const { repo = '', patterns = [] } = document ?? {}
  const matching = (prefix: string) =>
    documents.filter(
      file => file.startsWith(prefix) && patterns.some(pattern => matchesGlob(file.slice(prefix.length), pattern)),
    )
  const ofRepository = matching(`${repositoryName(repo)}/`)
  return ofRepository.length > 0 ? ofRepository : matching('')
}

/** `https://github.com/juliet/Verona_guide.git` → `Verona_guide`. */
function repositoryName(repo: string): string {
  return (
    repo
      .replace(/\/+$/, '')
      .split(/[/:]/)
      .at(-1)
      ?.replace(/\.git$/, '') ?? ''
  )
}

function passagesOf(
  { name, markdown, pages }: ReadDocument,
  { chunkTokens, overlapTokens }: TaxonomyParams,
): Passage[] {
  return chunkMarkdown(markdown, { maxTokens: chunkTokens, overlapTokens }).map(({ text, start, end, headings }) => {
    const page = pageAt(pages, start)
    return { text, source: { document: name, ...(page !== undefined && { page }), start, end, headings } }
  })
}

function noLocalDocuments(path: string, document: LeafDocument | undefined, folder: string): CultivarError {
  const patterns = document?.patterns.join(', ')
  return new CultivarError(
    'not-found',
    `“${folder}” has no document for it${patterns ? `: none in ${path}/, and none matches ${patterns}` : ''}.`,
    `Put its documents into ${folder}/${path}/.`,
  )
}

/** Documents: what the endpoints of `src/model/api/documents.ts` do. */
import { addDocuments } from '../../app/documents/add-documents.ts'
import { documentChunks } from '../../app/documents/document-chunks.ts'
import { listDocuments, removeDocument, requireDocument } from '../../app/documents/stored-documents.ts'
import { requireProject } from '../../app/projects.ts'
import type { documentEndpoints } from '../../model/api/documents.ts'
import { CultivarError } from '../../model/error.ts'
import type { Handlers } from '../handler.ts'

export const documentHandlers: Handlers<typeof documentEndpoints> = {
  listDocuments: async ({ workspace }, { params }) =>
    (await listDocuments(workspace, params.project)).map(document => ({ ...document, address: addressOf(document) })),

  addDocuments: async ({ workspace, uploads, jobs }, { params: { project }, body }) => {
    const { addresses, password } = body
    await requireProject(workspace, project)
    const files = await Promise.all(body.uploads.map(upload => uploads.find(upload)))
    const sources = [...files, ...addresses]
    if (sources.length === 0) throw new CultivarError('bad-input', 'There is nothing to add.', 'Choose a file.')
    const title = sources.length === 1 ? `Add ${lastPart(sources[0]!)}` : `Add ${sources.length} documents`
    return jobs.start({ kind: 'documents', project, title }, async ({ signal, tell }) => {
      const report = await addDocuments(workspace, {
        ...{ project, sources, signal },
        ...(password !== undefined && { password }),
        observe: ({ name, done, total }) => tell({ done, total, note: `Reading ${name}` }),
      })
      for (const upload of body.uploads) await uploads.remove(upload)
      return {
        added: report.added.map(({ id, name, notes }) => ({ id, name, notes })),
        present: report.present.map(({ id, name }) => ({ id, name })),
        failed: report.failed.map(({ source, message, hint }) => ({ name: lastPart(source), message, hint })),
      }
    })
  },

  showDocument: async ({ workspace }, { params }) => {
    const { pages, ...document } = await requireDocument(workspace, params.project, params.document)
    return {
      ...document,
      ...{ address: addressOf(document), pages: pages.length, pageStarts: pages },
      characters: document.markdown.length,
    }
  },

  documentChunks: async ({ workspace }, { params, query }) =>
    documentChunks(await requireDocument(workspace, params.project, params.document), query),

  removeDocument: async ({ workspace }, { params }) => {
    await removeDocument(workspace, params.project, params.document)
  },
}

/** Paths of this machine are nobody’s business in a browser. */
function addressOf({ source }: { source: string }): string | null {
  return /^https?:\/\//i.test(source) ? source : null
}

/** The name of a file; an address whole. */
function lastPart(source: string): string {
  return addressOf({ source }) ?? source.split(/[\\/]/).at(-1)!
}

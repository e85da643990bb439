/** Imports and exports: what the endpoints of `src/model/api/imports.ts` do. */
import { stat } from 'node:fs/promises'
import { type ExportOptions, exportBeside, exportText } from '../../app/export-records.ts'
import { requireRun } from '../../app/find-stored.ts'
import { importFiles } from '../../app/import-files.ts'
import type { ImportReport } from '../../app/import-records.ts'
import { listFormats } from '../../app/list-formats.ts'
import { peekImport } from '../../app/peek-import.ts'
import { previewExport } from '../../app/preview-export.ts'
import { requireProject } from '../../app/projects.ts'
import type { Received } from '../../model/api/endpoint.ts'
import type { ImportChoice, importEndpoints } from '../../model/api/imports.ts'
import { CultivarError } from '../../model/error.ts'
import { onlyGiven } from '../../model/only-given.ts'
import type { Context, Handlers } from '../handler.ts'

export const importHandlers: Handlers<typeof importEndpoints> = {
  listFormats: async ({ workspace }) => listFormats(workspace),

  peekImport: async (context, { params, body }) => {
    const { uploads, ...choice } = body
    return peekImport(context.workspace, { ...onlyGiven(choice), ...params, files: await pathsOf(context, uploads) })
  },

  importUpload: async (context, { params: { project }, body }) => {
    const { uploads, addLabels, ...choice } = body
    await requireProject(context.workspace, project)
    const files = await pathsOf(context, uploads)
    const names = files.map(file => nameOf(file))
    const total = (await Promise.all(files.map(file => stat(file)))).reduce((sum, { size }) => sum + size, 0)
    const title = names.length === 1 ? `Import ${names[0]}` : `Import ${names.length} files`
    return context.jobs.start({ kind: 'import', project, title }, async ({ signal, tell }) => {
      const report = await importFiles(context.workspace, {
        ...onlyGiven(choice),
        ...{ project, files, signal, newLabels: addLabels ? 'add' : 'refuse' },
        observe: ({ rows, bytes }) => tell({ done: bytes, total, note: `${rows.toLocaleString('en')} rows` }),
      })
      for (const upload of uploads) await context.uploads.remove(upload)
      return resultOf(report)
    })
  },

  exportRecords: async ({ workspace }, { params: { project }, query }) => {
    const { part, ...chosen } = query
    const options = await exportOptions({ workspace }, project, chosen)
    const { extensions } = listFormats(workspace).find(({ kind }) => kind === query.format) ?? { extensions: [] }
    if (part === 'beside') {
      const beside = await exportBeside(workspace, options)
      if (beside) return { name: `${project}${beside.ending}`, type: 'application/octet-stream', content: beside.text }
      throw new CultivarError(
        'bad-input',
        `Nothing belongs beside a file of ${query.format}.`,
        'Take the records alone.',
      )
    }
    return {
      name: `${project}.${extensions[0] ?? 'jsonl'}`,
      type: 'application/octet-stream',
      content: await exportText(workspace, options),
    }
  },

  previewExport: async ({ workspace }, { params: { project }, query }) => {
    const options = await exportOptions({ workspace }, project, query)
    const beside = await exportBeside(workspace, options)
    return { ...(await previewExport(workspace, options)), beside: beside?.ending ?? null }
  },
}

type ExportQuery = Received<typeof importEndpoints.previewExport>['query']

/** A run of another project is none of this one's. */
async function exportOptions(
  { workspace }: Pick<Context, 'workspace'>,
  project: string,
  { label, split, status, run, lineage, ...query }: ExportQuery,
): Promise<ExportOptions> {
  await requireProject(workspace, project)
  if (run !== undefined && (await requireRun(workspace, run)).project !== project)
    throw new CultivarError('not-found', `Project “${project}” has no run ${run}.`, 'See its runs.')
  const { format, template, systemPrompt, offsets, scheme } = query
  return {
    of: run === undefined ? { project } : { run },
    ...onlyGiven({ format, template, systemPrompt, offsets, scheme }),
    ...onlyGiven({ labels: label, splits: split, statuses: status }),
    ...(lineage === 'true' && { lineage: true }),
  }
}

function pathsOf({ uploads }: Context, ids: ImportChoice['uploads']): Promise<string[]> {
  return Promise.all(ids.map(id => uploads.find(id)))
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1)!
}

function resultOf({ added, skipped, badRows, bad, notes }: ImportReport) {
  return {
    added,
    skipped,
    badRows,
    notes,
    bad: bad.map(({ record, message, hint, ...place }) => ({ record, message, hint, ...onlyGiven(place) })),
  }
}

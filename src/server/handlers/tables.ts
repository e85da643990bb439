/** Tables: what the endpoints of `src/model/api/tables.ts` do. */
import { basename } from 'node:path'
import { inThread } from '../../app/in-thread.ts'
import { requireProject } from '../../app/projects.ts'
import { describeModel } from '../../app/tables/model-text.ts'
import { previewDeclaration } from '../../app/tables/preview-declaration.ts'
import { previewModel } from '../../app/tables/preview-model.ts'
import {
  checkNewName,
  findTableModel,
  listTableModels,
  removeTableModel,
  shownTableModel,
} from '../../app/tables/stored-table-models.ts'
import {
  findTableResult,
  listTableResults,
  openResultFile,
  removeTableResult,
  resultFile,
} from '../../app/tables/stored-table-results.ts'
import type { tableEndpoints } from '../../model/api/tables.ts'
import { onlyGiven } from '../../model/only-given.ts'
import { listFaults } from '../../tables/series/faults/list-faults.ts'
import type { Context, Handlers } from '../handler.ts'
import { tellingStages } from '../telling-stages.ts'

export const tableHandlers: Handlers<typeof tableEndpoints> = {
  listTableModels: async ({ workspace }, { params: { project } }) => {
    await requireProject(workspace, project)
    return listTableModels(workspace, project)
  },

  peekTable: async (context, { params: { project }, body: { uploads, reading } }) => {
    await requireProject(context.workspace, project)
    return inThread(context.workspace, 'peekTables', {
      files: await pathsOf(context, uploads),
      read: onlyGiven(reading),
    })
  },

  fitTable: async (context, { params: { project }, body }) => {
    const { uploads, reading, series, synthesizer, epsilon, mergeBelow, neverReemit, ...choice } = body
    const { workspace, jobs } = context
    await requireProject(workspace, project)
    await checkNewName(workspace, project, choice.name)
    const files = await pathsOf(context, uploads)
    return jobs.start({ kind: 'fit-table', project, title: `Learning ${choice.name}` }, control =>
      inThread(
        workspace,
        'fitTable',
        {
          ...choice,
          ...{ project, files, read: onlyGiven(reading) },
          privacy: onlyGiven({ epsilon, mergeBelow, neverReemit: neverReemit || undefined }),
          ...onlyGiven({ synthesizer }),
          ...(series && { series: { time: series.time, ...(series.entity !== null && { entity: series.entity }) } }),
        },
        tellingStages(control),
      ),
    )
  },

  showTableModel: async ({ workspace }, { params: { project, model } }) => {
    await requireProject(workspace, project)
    const { columns, notes } = describeModel(await findTableModel(workspace, project, model))
    return { ...(await shownTableModel(workspace, project, model)), columns, notes }
  },

  removeTableModel: async ({ workspace }, { params: { project, model } }) => {
    await requireProject(workspace, project)
    await removeTableModel(workspace, project, model)
  },

  previewTable: async ({ workspace }, { params, body: { rows, seed, ...asked } }) => {
    await requireProject(workspace, params.project)
    const preview = { ...params, rows, seed, ...onlyGiven(asked) }
    // Rows that fulfil a rare condition may be long in coming.
    const isQuick = asked.where === undefined && asked.balance === undefined
    return isQuick ? previewModel(workspace, preview) : inThread(workspace, 'previewModel', preview)
  },

  previewDeclaration: async ({ workspace }, { params: { project }, body: { params, seed } }) => {
    await requireProject(workspace, project)
    return previewDeclaration(workspace, params, seed)
  },

  sampleTable: async ({ workspace, jobs }, { params: { project, model }, body: { format, ...asked } }) => {
    await requireProject(workspace, project)
    await findTableModel(workspace, project, model)
    return jobs.start({ kind: 'sample-table', project, title: `Drawing from ${model}` }, control =>
      inThread(
        workspace,
        'sampleTable',
        { project, model, format, ...onlyGiven(asked), seed: asked.seed },
        tellingStages(control),
      ),
    )
  },

  listFaultKinds: async () => listFaults(),

  injectFaults: async (context, { params: { project }, body: { upload, reading, faults, ...choice } }) => {
    const { workspace, jobs, uploads } = context
    await requireProject(workspace, project)
    const file = await uploads.find(upload)
    return jobs.start({ kind: 'inject-faults', project, title: `Faults in ${basename(file)}` }, control =>
      inThread(
        workspace,
        'injectFaults',
        {
          ...{ project, file, seed: choice.seed, read: onlyGiven(reading) },
          faults: faults.map(onlyGiven),
          ...onlyGiven(choice),
        },
        tellingStages(control),
      ),
    )
  },

  compareTables: async (context, { params: { project }, body }) => {
    const { real, synthetic, sample, holdout, reading, ...choice } = body
    const { workspace, jobs, uploads } = context
    await requireProject(workspace, project)
    const drawn = synthetic === undefined ? await sampleFile(context, sample!) : await uploads.find(synthetic)
    const original = await uploads.find(real)
    const kept = holdout === undefined ? undefined : await uploads.find(holdout)
    return jobs.start({ kind: 'compare-tables', project, title: `Comparing ${basename(drawn)}` }, control =>
      inThread(
        workspace,
        'compareTables',
        {
          ...{ project, real: addressOf(original), synthetic: addressOf(drawn), seed: choice.seed },
          read: onlyGiven(reading),
          ...onlyGiven({ ...choice, holdout: kept && addressOf(kept) }),
        },
        tellingStages(control),
      ),
    )
  },

  listTableResults: async ({ workspace }, { params: { project }, query: { kind } }) => {
    await requireProject(workspace, project)
    return listTableResults(workspace, project, kind)
  },

  showTableResult: async ({ workspace }, { params: { result } }) => findTableResult(workspace, result),

  downloadTableResult: async ({ workspace }, { params: { result, file } }) => ({
    name: file,
    type: file.endsWith('.html') ? 'text/html; charset=utf-8' : 'application/octet-stream',
    content: await openResultFile(workspace, result, file),
  }),

  removeTableResult: async ({ workspace }, { params: { result } }) => removeTableResult(workspace, result),
}

async function pathsOf({ uploads }: Context, ids: string[]): Promise<string[]> {
  return (await Promise.all(ids.map(id => uploads.find(id)))).map(addressOf)
}

/** The table of a sample, without its card. */
async function sampleFile({ workspace }: Context, id: string): Promise<string> {
  const { files } = await findTableResult(workspace, id)
  return resultFile(workspace, id, files.find(({ name }) => !name.endsWith('.card.md'))?.name ?? '')
}

/** What a file is by its name: a database holds tables. */
function addressOf(path: string): string {
  return /\.(sqlite|sqlite3|db)$/i.test(path) ? `sqlite:${path}` : path
}

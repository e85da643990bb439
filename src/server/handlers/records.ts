/** Records: what the endpoints of `src/model/api/records.ts` do. */
import { requireProject } from '../../app/projects.ts'
import { decideAll, undoAll } from '../../app/records/decide-all.ts'
import { decideRecords, undoRecords } from '../../app/records/decide-records.ts'
import { countRecords, findRecords, recordFacets, showRecord } from '../../app/records/find-records.ts'
import { shownLineage } from '../../app/records/shown-lineage.ts'
import type { recordEndpoints } from '../../model/api/records.ts'
import type { Handlers } from '../handler.ts'

export const recordHandlers: Handlers<typeof recordEndpoints> = {
  listRecords: ({ workspace }, { params, query: { after, from, limit, ...search } }) =>
    findRecords(workspace, params.project, search, { after, from, limit }),
  countRecords: ({ workspace }, { params, query: { after, ...search } }) =>
    countRecords(workspace, params.project, search, after),
  showRecord: ({ workspace }, { params }) => showRecord(workspace, params.record),
  recordLineage: ({ workspace }, { params }) => shownLineage(workspace, params.record),
  recordFacets: ({ workspace }, { params }) => recordFacets(workspace, params.project),
  decide: ({ workspace, person }, { params, body }) => decideRecords(workspace, params.project, body, person.name),
  undo: ({ workspace, person }, { params, body }) => undoRecords(workspace, params.project, body, person.name),
  decideAll: async ({ workspace, person, jobs }, { params: { project }, body }) => {
    const work = await decideAll(workspace, project, { ...body, who: person.name })
    return jobs.start({ kind: 'decide', project, title: titles[body.decision.kind] }, work)
  },
  undoAll: async ({ workspace, person, jobs }, { params: { project }, body }) => {
    await requireProject(workspace, project)
    return jobs.start({ kind: 'undo', project, title: 'Taking decisions back' }, control =>
      undoAll(workspace, project, { ...body, who: person.name }, control),
    )
  },
}

const titles = {
  accept: 'Accepting records',
  reject: 'Rejecting records',
  reset: 'Resetting records',
  restore: 'Restoring candidates',
  tag: 'Tagging records',
  untag: 'Taking a tag off records',
  relabel: 'Relabelling records',
}

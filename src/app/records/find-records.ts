/** Records of a dataset as somebody looks through them: a page at a time, counted, each answer within a time that is not noticed. */
import type { RecordSearch } from '../../model/api/record-shapes.ts'
import type { RecordFacets } from '../../stores/record-facets.ts'
import type { RecordPage, VersionedRecord } from '../../stores/record-pages.ts'
import { requireRecord } from '../find-stored.ts'
import { requireProject } from '../projects.ts'
import type { Workspace } from '../workspace.ts'

/** What was not found by then is looked for when the next page is asked for. */
const patienceMs = 250

interface Place {
  /** Only records above this position; default: all. */
  after?: number | undefined
  /** How many that fit are passed over first. */
  from?: number | undefined
  limit: number
}

export async function findRecords(
  workspace: Workspace,
  project: string,
  search: RecordSearch,
  { after = -1, from = 0, limit }: Place,
): Promise<RecordPage & { more: boolean }> {
  const { nextPosition: before } = await requireProject(workspace, project)
  const place = { after, before, from, limit }
  const page = await workspace.store.findPage(project, search, place, patience(workspace))
  return { ...page, more: page.next !== null }
}

/** Of those above `after`; where it is not exact, up to `next`. */
export async function countRecords(
  workspace: Workspace,
  project: string,
  search: RecordSearch,
  after = -1,
): Promise<{ count: number; exact: boolean; next: number | null }> {
  const { nextPosition: before } = await requireProject(workspace, project)
  const { count, next } = await workspace.store.countFitting(project, search, { after, before }, patience(workspace))
  return { count, exact: next === null, next }
}

/** Takes an id or its beginning. Throws CultivarError `not-found`, or `bad-input` where it fits several. */
export async function showRecord(workspace: Workspace, id: string): Promise<VersionedRecord> {
  const record = await requireRecord(workspace, id)
  const [found] = await workspace.store.versionedRecords([record.id])
  return found ?? { ...record, version: 0 }
}

interface ShownFacets extends Omit<RecordFacets, 'runs'> {
  /** Newest first. */
  runs: { run: string; generator: string; count: number; createdMs: number }[]
}

export async function recordFacets(workspace: Workspace, project: string): Promise<ShownFacets> {
  await requireProject(workspace, project)
  const { runs, ...facets } = await workspace.store.recordFacets(project)
  const shown: ShownFacets['runs'] = []
  for (const { name, count } of runs) {
    const run = await workspace.store.findRun(name)
    if (run) shown.push({ run: name, generator: run.snapshot.recipe.generator, count, createdMs: run.createdMs })
  }
  return { ...facets, runs: shown.sort((a, b) => b.createdMs - a.createdMs) }
}

function patience({ clock }: Workspace): () => boolean {
  const untilMs = clock.now() + patienceMs
  return () => clock.now() >= untilMs
}

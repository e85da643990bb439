/** A run as whoever watches it sees it, from what is stored. */
import type { RunView } from '../model/api/run-shapes.ts'
import type { RunRow } from '../model/run.ts'
import { leaseHolder } from '../stores/lease-holder.ts'
import { requireRun } from './find-stored.ts'
import { isAlive, thisProcess } from './process-holder.ts'
import { readEarlier } from './report/report.ts'
import type { Workspace } from './workspace.ts'

/** Takes a run’s id or its beginning. Throws CultivarError `not-found`, or `bad-input` where it fits several. */
export async function viewRun(workspace: Workspace, id: string): Promise<RunView> {
  const row = await requireRun(workspace, id)
  const grower = await growerOf(workspace, row.project)
  const holder = grower?.run === row.id ? grower.holder : null
  const notes = row.state === 'running' ? [] : ((await readEarlier(workspace, row.id))?.notes ?? [])
  return {
    ...frameOf(row),
    ...{ holder, growing: holder !== null, notes },
    tallies: await workspace.store.runTallies(row.id),
  }
}

/** All that does not change while it grows, with nothing under way. */
export function frameOf(row: RunRow): RunView {
  const { id, project, snapshot, state, reason, hint, targets, spent, budget, createdMs, updatedMs } = row
  const { recipe, versions } = snapshot
  return {
    ...{ id, project, state, reason, hint, targets, spent, budget, recipe, createdMs, updatedMs },
    generator: recipe.generator,
    critics: Object.keys(versions).filter(
      name => name !== 'engine' && name !== recipe.generator && !name.includes(':'),
    ),
    ...{ growing: false, holder: null, stopping: null, waiting: null, rate: null },
    ...{ tallies: {}, history: [], notes: [], callsInFlight: 0, unitsOpen: 0 },
  }
}

/** The run that grows the project at the moment and the process that does it. */
export async function growerOf(
  { database, clock }: Workspace,
  project: string,
): Promise<{ run: string; holder: NonNullable<RunView['holder']> } | undefined> {
  const held = await leaseHolder(database, project, clock.now())
  if (!held || !isAlive(held.holder)) return undefined
  const { pid, host } = held.holder
  const own = thisProcess(clock.now())
  return { run: held.run, holder: { here: pid === own.pid && host === own.host, pid, host } }
}

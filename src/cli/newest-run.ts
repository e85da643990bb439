/** The run that is meant where none is named. */
import type { Workspace } from '../app/workspace.ts'
import { CultivarError } from '../model/error.ts'
import type { RunRow } from '../model/run.ts'

/** Throws CultivarError `not-found`. */
export async function newestRun(workspace: Workspace, suits: (run: RunRow) => boolean = () => true): Promise<RunRow> {
  const run = (await workspace.store.listRuns()).find(suits)
  if (run) return run
  throw new CultivarError('not-found', 'There is no such run yet.', 'Grow one: cultivar run RECIPE')
}

/** The report of a run as it stands now, without measuring again what was measured when it ended. */
import { requireRun } from '../find-stored.ts'
import type { Workspace } from '../workspace.ts'
import { buildReport, countRestored, type RunReport, readEarlier } from './report.ts'

/** Takes a run’s id or its beginning. Throws CultivarError `not-found`, or `bad-input` where it fits several. */
export async function currentReport(workspace: Workspace, id: string): Promise<RunReport> {
  const run = await requireRun(workspace, id)
  const earlier = run.state === 'running' ? undefined : await readEarlier(workspace, run.id)
  if (!earlier || earlier.updatedMs !== run.updatedMs) return buildReport(workspace, run.id)
  return { ...earlier, funnel: { ...earlier.funnel, restored: await countRestored(workspace, run) } }
}

/** The runs of a project, each in a line. */
import type { RunSummary } from '../model/api/run-shapes.ts'
import { requireProject } from './projects.ts'
import { readOrigin } from './run-files.ts'
import { growerOf } from './run-view.ts'
import type { Workspace } from './workspace.ts'

/** Newest first. Throws CultivarError `not-found`. */
export async function listRuns(workspace: Workspace, project: string): Promise<RunSummary[]> {
  await requireProject(workspace, project)
  const lines = await workspace.store.listRunLines(project)
  const grower = await growerOf(workspace, project)
  return Promise.all(
    lines.map(async ({ targets, ...line }) => ({
      ...line,
      target: Object.values(targets).reduce((sum, count) => sum + count, 0),
      holder: grower?.run === line.id ? grower.holder : null,
      who: (await readOrigin(workspace, line.id))?.who ?? null,
    })),
  )
}

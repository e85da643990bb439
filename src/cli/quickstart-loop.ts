/** The second half of the quickstart: a classifier is trained on bundled tickets, tested, improved, and tested again. */
import { existsSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Improvement } from '../app/improve/improvement.ts'
import type { Workspace } from '../app/workspace.ts'
import { tell } from './output.ts'
import { withStagesShown } from './stages-shown.ts'

export const loopProject = 'tickets'
const suiteName = 'robust'

/** Run again, it goes on from what is there: then little is left that was not made before. */
export async function improveBundled(workspace: Workspace, bundled: string): Promise<Improvement> {
  const { createProject } = await import('../app/projects.ts')
  const { importRecords } = await import('../app/import-records.ts')
  const { findSuite } = await import('../app/suites/suite-files.ts')
  const { improve } = await import('../app/improve/improve.ts')
  const file = join(workspace.folder, 'tickets.csv')
  if (!existsSync(file)) await copyFile(join(bundled, 'tickets.csv'), file)
  const suites = join(workspace.folder, 'suites')
  await mkdir(suites, { recursive: true })
  if (!existsSync(join(suites, `${suiteName}.yaml`))) {
    await copyFile(join(bundled, `${suiteName}.yaml`), join(suites, `${suiteName}.yaml`))
  }
  if (!(await workspace.store.findProject(loopProject))) {
    await createProject(workspace, { name: loopProject, kind: 'classification' })
  }
  const { added } = await importRecords(workspace, { project: loopProject, file })
  if (added > 0) tell(`Made project ${loopProject}: ${added} tickets, a part of them held out for testing`)
  const { suite } = await findSuite(workspace, suiteName)
  return withStagesShown(watching => improve(workspace, { project: loopProject, suite, ...watching }))
}

/** A fresh workspace in a folder of its own, gone when the test ends. */
import { onTestFinished } from 'vitest'
import { type Environment, initWorkspace, openWorkspace, type Workspace } from '../src/app/workspace.ts'
import { temporaryFolder } from './temporary-folder.ts'

export { temporaryFolder }

/** Nothing of the process’s own environment is seen. */
export async function temporaryWorkspace(environment: Environment = {}): Promise<Workspace> {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment })
  onTestFinished(() => workspace.close())
  return workspace
}

/** A fresh workspace in a folder of its own, gone when the test ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Environment, initWorkspace, openWorkspace, type Workspace } from '../src/app/workspace.ts'

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Nothing of the process’s own environment is seen. */
export async function temporaryWorkspace(environment: Environment = {}): Promise<Workspace> {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment })
  onTestFinished(() => workspace.close())
  return workspace
}

/** Opens the workspace for one command, and finds the project a command means that names none. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Workspace } from '../app/workspace.ts'
import { CultivarError } from '../model/error.ts'
import { type SharedOptions, tell } from './output.ts'

/** Opens the workspace of `--workspace`, else the nearest one, and closes it whatever happens. */
export async function inWorkspace<T>(command: Command, use: (workspace: Workspace) => Promise<T>): Promise<T> {
  const { openWorkspace } = await import('../app/workspace.ts')
  const { workspace: folder } = command.optsWithGlobals<SharedOptions>()
  const workspace = await openWorkspace({
    cwd: process.cwd(),
    environment: process.env,
    ...(folder !== undefined && { folder }),
  })
  try {
    return await use(workspace)
  } finally {
    await workspace.close()
  }
}

/** The same, for commands that can be the first one ever: where there is no workspace, one is made in the folder named, or here. */
export async function inNewWorkspace<T>(command: Command, use: (workspace: Workspace) => Promise<T>): Promise<T> {
  try {
    return await inWorkspace(command, use)
  } catch (error) {
    if (!(error instanceof CultivarError) || error.code !== 'no-workspace') throw error
  }
  const { initWorkspace } = await import('../app/workspace.ts')
  const { folder } = await initWorkspace(resolve(command.optsWithGlobals<SharedOptions>().workspace ?? '.'))
  tell(`Made a workspace in ${folder}`)
  return inWorkspace(command, use)
}

/** The first name given, else the workspace’s only project. Throws CultivarError `bad-input` where that is not one. */
export async function projectOrOnly(workspace: Workspace, ...given: (string | undefined)[]): Promise<string> {
  const named = given.find(name => name !== undefined)
  if (named !== undefined) return named
  const names = (await workspace.store.listProjects()).map(({ project }) => project.name)
  if (names.length === 1) return names[0]!
  throw names.length === 0
    ? new CultivarError(
        'bad-input',
        'This workspace has no project yet.',
        'Make one: cultivar projects create NAME --labels a,b',
      )
    : new CultivarError(
        'bad-input',
        'This workspace has several projects, and none was named.',
        `Name one with --project: ${names.join(', ')}.`,
      )
}

/** The plug-ins of the workspace if the command runs in one, else those built in. */
import type { Command } from 'commander'
import type { Plugins } from '../app/plugins.ts'
import { CultivarError } from '../model/error.ts'
import { inWorkspace } from './in-workspace.ts'
import type { SharedOptions } from './output.ts'

export async function loadedPlugins(command: Command): Promise<Plugins> {
  const named = command.optsWithGlobals<SharedOptions>().workspace !== undefined
  try {
    return await inWorkspace(command, async ({ plugins }) => plugins)
  } catch (error) {
    if (named || !(error instanceof CultivarError) || error.code !== 'no-workspace') throw error
    const { loadPlugins } = await import('../app/plugins.ts')
    return loadPlugins(process.cwd())
  }
}

/** `cultivar init`: makes a workspace. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type SharedOptions, show } from './output.ts'

export function addInit(program: Command): void {
  program
    .command('init')
    .description('make a workspace of a folder (default: this one)')
    .argument('[DIR]', 'the folder; made if it is missing')
    .addHelpText('after', '\nExample:\n  cultivar init tickets && cd tickets')
    .action(async (folder: string | undefined, _: unknown, command: Command) => {
      const { initWorkspace } = await import('../app/workspace.ts')
      const { workspace } = command.optsWithGlobals<SharedOptions>()
      const made = await initWorkspace(resolve(folder ?? workspace ?? '.'))
      const next = 'Next: cultivar projects create NAME --labels a,b'
      await show(command, made, () =>
        made.created
          ? `Made a workspace in ${made.folder}\n${next}`
          : `${made.folder} is a workspace already; nothing was changed.`,
      )
    })
}

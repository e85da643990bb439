/** `cultivar taxonomy tree`: leaves, seeds, documents and problems at a glance. */
import type { Command } from 'commander'
import { onlyGiven } from '../model/only-given.ts'
import { type SharedOptions, show, terminalWidth } from './output.ts'

interface Options {
  since?: string
  foundational?: boolean
}

export function addTaxonomyTree(taxonomy: Command): void {
  taxonomy
    .command('tree')
    .description('the tree: kinds, seeds, documents, problems, what changed, and what to look at before growing')
    .argument('<DIR>', 'the folder that holds compositional_skills/ or knowledge/')
    .option('--since <REF>', 'mark leaves that are new or changed since a git branch, tag or commit; “empty” marks all')
    .option('--foundational', 'with foundational_skills/, which InstructLab does not read')
    .addHelpText(
      'after',
      `
Examples:
  cultivar taxonomy tree taxonomy
  cultivar taxonomy tree taxonomy --since origin/main
  cultivar taxonomy tree taxonomy --foundational --json`,
    )
    .action(async (folder: string, { since, foundational }: Options, command: Command) => {
      const { findUpwards } = await import('../app/workspace.ts')
      const { taxonomyTree } = await import('../app/taxonomy/taxonomy-tree.ts')
      const { treeText } = await import('../app/taxonomy/tree-text.ts')
      const cwd = process.cwd()
      const tree = await taxonomyTree(folder, {
        environment: process.env,
        from: cwd,
        workspaceFolder: command.optsWithGlobals<SharedOptions>().workspace ?? findUpwards(cwd),
        ...onlyGiven({ since, foundational }),
      })
      await show(command, tree, () => treeText(tree, terminalWidth()))
    })
}

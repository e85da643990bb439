/** `cultivar projects balance`: how records spread over labels, entity types or a field, and a recipe that repairs it. */
import { type Command, InvalidArgumentError } from 'commander'
import { onlyGiven } from '../model/only-given.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { show, tell, terminalWidth } from './output.ts'

interface Options {
  by?: string
  evaluation: number
  save?: string
}

export function addProjectsBalance(projects: Command): void {
  projects
    .command('balance')
    .description('how records spread over labels or entity types, advice, and a drafted recipe that repairs it')
    .argument('[NAME]', 'default: the only project')
    .option(
      '--by <FIELD>',
      'label, entity, cell, split, tag or a field (default: entity or label, by the project’s kind)',
    )
    .option('--evaluation <SHARE>', 'share of real records that an evaluation split takes', share, 0.3)
    .option('--save <FILE>', 'write the drafted recipe to this file')
    .addHelpText(
      'after',
      `
Examples:
  cultivar projects balance support
  cultivar projects balance tickets --by priority
  cultivar projects balance support --save repair.yaml && cultivar run repair.yaml --dry-run`,
    )
    .action((name: string | undefined, { by, evaluation, save }: Options, command: Command) =>
      inWorkspace(command, async workspace => {
        const { balanceOf } = await import('../app/balance/balance.ts')
        const { balanceText } = await import('../app/balance/balance-text.ts')
        const project = await projectOrOnly(workspace, name)
        const balance = await balanceOf(workspace, { project, evaluation, ...onlyGiven({ by }) })
        await show(command, balance, () => balanceText(balance, terminalWidth()))
        if (save !== undefined) await saveDraft(save, balance.draft?.recipe)
        else if (balance.draft) tell('Keep the recipe with --save FILE, then: cultivar run FILE --dry-run')
      }),
    )
}

async function saveDraft(file: string, recipe: string | undefined): Promise<void> {
  if (recipe === undefined) return tell('No recipe was drafted: nothing is written.')
  const { writeFile } = await import('node:fs/promises')
  const { CultivarError } = await import('../model/error.ts')
  try {
    await writeFile(file, recipe, { flag: 'wx' })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CultivarError(
      'bad-file',
      `${file} cannot be written: ${why}`,
      'Name a new file in a folder that is there.',
    )
  }
  tell(`Wrote ${file}. Try it without sending anything: cultivar run ${file} --dry-run`)
}

function share(text: string): number {
  const number = Number(text)
  if (number > 0 && number < 1) return number
  throw new InvalidArgumentError('expected a share between 0 and 1, such as 0.3')
}

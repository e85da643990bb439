/** `cultivar models prove`: whether what was grown helps, on real records that nothing saw. */
import type { Command } from 'commander'
import { onlyGiven } from '../model/only-given.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { positiveNumber, wholeNumber } from './option-values.ts'
import { show, terminalWidth } from './output.ts'
import { addSplitOptions, type SplitOptions, splitChoice } from './split-options.ts'
import { withStagesShown } from './stages-shown.ts'

interface ProveChoice extends SplitOptions {
  seeds?: number
  seed?: number
}

export function addModelsProve(models: Command): void {
  addSplitOptions(
    models
      .command('prove')
      .description(
        'does what was grown help? Trains on real records only, with class weights, with duplicates, and with what was grown; tests all on the same real records',
      )
      .argument('[PROJECT]', 'default: the only project'),
  )
    .option('--seeds <N>', 'models trained of each (default: 5)', positiveNumber)
    .option('--seed <N>', 'the first of them (default: 1)', wholeNumber)
    .addHelpText(
      'after',
      `
Examples:
  cultivar models prove support
  cultivar models prove support --split ratio --test-share 0.3 --seeds 3 --json`,
    )
    .action((named: string | undefined, options: ProveChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { prove } = await import('../app/models/prove.ts')
        const { proofText } = await import('../app/models/proof-text.ts')
        const project = await projectOrOnly(workspace, named)
        const { seeds, seed } = options
        const proof = await withStagesShown(watching =>
          prove(workspace, { project, split: splitChoice(options), ...watching, ...onlyGiven({ seeds, seed }) }),
        )
        await show(command, proof, () => proofText(proof, terminalWidth()))
      }),
    )
}

/** `cultivar suites augment`: new training records of the kinds that a model failed on. */
import type { Command } from 'commander'
import { onlyGiven } from '../model/only-given.ts'
import { type AugmentOptions, addAugmentOptions } from './augment-options.ts'
import { growWatched } from './grow-shown.ts'
import { inWorkspace } from './in-workspace.ts'
import { wholeNumber } from './option-values.ts'
import { show, tell, terminalWidth } from './output.ts'

interface AugmentChoice extends AugmentOptions {
  seed?: number
  dryRun?: boolean
}

export function addSuitesAugment(suites: Command): void {
  addAugmentOptions(
    suites
      .command('augment')
      .description(
        'make training records as the failed tests change texts, labels and entities kept; says first how many',
      )
      .argument('[TRIAL]', 'its id, or the beginning of it (default: the newest that was run)'),
  )
    .option('--seed <N>', 'what is drawn, and how it is changed (default: 1)', wholeNumber)
    .option('--dry-run', 'only say what would be made')
    .addHelpText(
      'after',
      `
Examples:
  cultivar suites augment --dry-run
  cultivar suites augment 3f2a --tests add_typo,lowercase --max-proportion 0.5
  cultivar suites augment 3f2a --proportion add_typo=0.3 --mode inplace`,
    )
    .action((id: string | undefined, options: AugmentChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { augmentTrial } = await import('../app/improve/augment-trial.ts')
        const { planLines } = await import('../app/improve/improvement-text.ts')
        const { tests, proportion: proportions, maxProportion, mode, seed, dryRun = false } = options
        const prepared = await augmentTrial(workspace, id, onlyGiven({ tests, proportions, maxProportion }))
        const { plan } = prepared
        for (const note of plan.notes) tell(note)
        if (dryRun) return show(command, plan, () => planLines(plan, null, terminalWidth()).join('\n'))
        tell(planLines(plan, null, terminalWidth()).join('\n'))
        const report = await growWatched(watching => prepared.make({ ...onlyGiven({ mode, seed }), ...watching }))
        await show(command, { plan, report }, () => planLines(plan, report, terminalWidth()).join('\n'))
        tell(`\nNext: cultivar models train ${prepared.project}`)
      }),
    )
}

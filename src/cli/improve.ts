/** `cultivar improve`: test, augment what failed, retrain, test again; in one command. */
import { type Command, Option } from 'commander'
import type { ImproveOptions } from '../app/improve/improvement.ts'
import type { Workspace } from '../app/workspace.ts'
import { onlyGiven } from '../model/only-given.ts'
import { type AugmentOptions, addAugmentOptions } from './augment-options.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { positiveNumber, wholeNumber } from './option-values.ts'
import { show, terminalWidth } from './output.ts'
import { addSplitOptions, type SplitOptions, splitChoice } from './split-options.ts'
import { withStagesShown } from './stages-shown.ts'

interface ImproveChoice extends AugmentOptions, SplitOptions {
  suite?: string
  name?: string
  classWeights?: 'balanced'
  teacher?: string
  wrong?: number | false
  rounds?: number
  dryRun?: boolean
  seed?: number
}

/** Examples like the mistakes, where there is a provider to write them. */
const usualWrong = 50

export function addImprove(program: Command): void {
  addAugmentOptions(
    addSplitOptions(
      program
        .command('improve')
        .description(
          'train, test, augment what failed, retrain and test again on records that none of it saw; before and after side by side',
        )
        .argument('[PROJECT]', 'default: the only project'),
    ),
  )
    .option('--suite <SUITE>', 'its name, or a file (default: what we advise for the project’s kind)')
    .option('--name <NAME>', 'of the models before and after (default: the project’s name)')
    .addOption(
      new Option('--class-weights <HOW>', 'balanced: rare labels count as much as frequent ones').choices(['balanced']),
    )
    .option(
      '--teacher <PROVIDER>',
      'who writes new examples like the mistakes (default: the provider of the project, if it has one)',
    )
    .option('--wrong <N>', `how many of these to keep (default: ${usualWrong})`, positiveNumber)
    .option(
      '--rounds <N>',
      'times that it is tested and augmented before the last training (default: 2)',
      positiveNumber,
    )
    .option('--no-wrong', 'none, although there is a provider')
    .option('--seed <N>', 'of everything that is drawn (default: 1)', wholeNumber)
    .option('--dry-run', 'train and test, say what would be made, and stop')
    .addHelpText(
      'after',
      `
Examples:
  cultivar improve support
  cultivar improve support --suite robust --max-proportion 2 --dry-run
  cultivar improve notes --suite langtest_config.yml --tests lowercase,add_typo --no-wrong`,
    )
    .action((named: string | undefined, options: ImproveChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { improve } = await import('../app/improve/improve.ts')
        const { improvementText } = await import('../app/improve/improvement-text.ts')
        const project = await projectOrOnly(workspace, named)
        const chosen = await improveOptions(workspace, project, options)
        const improvement = await withStagesShown(({ signal, observe }) =>
          improve(workspace, {
            ...{ ...chosen, signal, observe },
            observeRun: event => {
              if (event.kind !== 'progress') return
              const kept = Object.values(event.tallies).reduce((sum, tally) => sum + tally.kept, 0)
              const wanted = Object.values(event.targets).reduce((sum, count) => sum + count, 0)
              observe({ stage: 'augmenting', share: wanted === 0 ? 1 : Math.min(1, kept / wanted) })
            },
          }),
        )
        await show(command, improvement, () => improvementText(improvement, terminalWidth()))
      }),
    )
}

async function improveOptions(workspace: Workspace, project: string, options: ImproveChoice): Promise<ImproveOptions> {
  const { findSuite } = await import('../app/suites/suite-files.ts')
  const { defaultSuite } = await import('../suites/default-suite.ts')
  const { requireProject } = await import('../app/projects.ts')
  const { defaultProvider } = await import('../app/providers.ts')
  const { suite: named, teacher, wrong, tests, proportion: proportions, maxProportion, mode } = options
  const { kind } = (await requireProject(workspace, project)).project
  const suite =
    named === undefined
      ? defaultSuite(kind === 'entities' ? 'entities' : 'classification')
      : (await findSuite(workspace, named)).suite
  const provider = wrong === false ? undefined : (teacher ?? (await defaultProvider(workspace, project)))
  const { name, classWeights, dryRun, seed, rounds } = options
  return {
    ...{ project, suite, split: splitChoice(options) },
    ...onlyGiven({ name, classWeights, dryRun, seed, rounds, tests, proportions, maxProportion, mode }),
    ...(provider !== undefined && {
      wrong: { teacher: provider, target: typeof wrong === 'number' ? wrong : usualWrong },
    }),
  }
}

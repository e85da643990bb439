/** `cultivar models train`: a classifier or tagger from a project's records, tested on those held out. */
import { type Command, Option } from 'commander'
import { onlyGiven } from '../model/only-given.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { wholeNumber } from './option-values.ts'
import { show, terminalWidth } from './output.ts'
import { addSplitOptions, type SplitOptions, splitChoice } from './split-options.ts'
import { withStagesShown } from './stages-shown.ts'

interface TrainChoice extends SplitOptions {
  name?: string
  classWeights?: 'balanced'
  realOnly?: boolean
  learningCurve?: boolean
  seed?: number
}

export function addModelsTrain(models: Command): void {
  addSplitOptions(
    models
      .command('train')
      .description(
        'train a classifier (or, for a project of entities, a tagger) on one core, and test it on records held out',
      )
      .argument('[PROJECT]', 'default: the only project'),
  )
    .option('--name <NAME>', 'what it is called; the next version of that name (default: the project’s name)')
    .addOption(
      new Option('--class-weights <HOW>', 'balanced: rare labels count as much as frequent ones').choices(['balanced']),
    )
    .option('--real-only', 'learn from what people brought alone, not from grown records')
    .option('--learning-curve', 'train on 10, 25 and 50 % too: what would more data bring?')
    .option('--seed <N>', 'of the lots and of training (default: 1)', wholeNumber)
    .addHelpText(
      'after',
      `
Examples:
  cultivar models train support
  cultivar models train support --name intents --split ratio --test-share 0.25 --learning-curve
  cultivar models train notes --split tags --class-weights balanced`,
    )
    .action((named: string | undefined, options: TrainChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { trainModel } = await import('../app/models/train-model.ts')
        const { trainReportText } = await import('../app/models/model-test-text.ts')
        const project = await projectOrOnly(workspace, named)
        const { name, classWeights, realOnly, learningCurve, seed } = options
        const report = await withStagesShown(watching =>
          trainModel(workspace, {
            ...{ project, split: splitChoice(options), ...watching },
            ...onlyGiven({ name, classWeights, realOnly, learningCurve, seed }),
          }),
        )
        await show(command, report, () => trainReportText(report, terminalWidth()))
      }),
    )
}

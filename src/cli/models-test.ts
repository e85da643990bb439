/** `cultivar models test`: scores of any model on a project's held-out records. */
import type { Command } from 'commander'
import { onlyGiven } from '../model/only-given.ts'
import { inWorkspace } from './in-workspace.ts'
import { wholeNumber } from './option-values.ts'
import { show, terminalWidth } from './output.ts'
import { addSplitOptions, type SplitOptions, splitChoice } from './split-options.ts'
import { withStagesShown } from './stages-shown.ts'
import { addTargetOptions, type TargetOptions, targetChoice } from './target-options.ts'

interface TestChoice extends TargetOptions, SplitOptions {
  project?: string
  seed?: number
}

export function addModelsTest(models: Command): void {
  addSplitOptions(
    addTargetOptions(
      models
        .command('test')
        .description('test any model on the real records held out: F1 by label with intervals, confusions, calibration')
        .argument('[MODEL]', 'a model trained here; or name another with an option'),
    ),
  )
    .option('--project <NAME>', 'whose records (default: those the model was trained on, or the only project)')
    .option('--seed <N>', 'of the lots and intervals (default: 1)', wholeNumber)
    .addHelpText(
      'after',
      `
Examples:
  cultivar models test intents
  cultivar models test --url http://127.0.0.1:8000/predict --project support
  cultivar models test --command "python3 predict.py" --project support --json`,
    )
    .action((named: string | undefined, options: TestChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { openTargetFor } = await import('../app/open-target.ts')
        const { testTarget } = await import('../app/models/test-model.ts')
        const { modelTestText } = await import('../app/models/model-test-text.ts')
        const { project, seed = 1 } = options
        const choice = targetChoice(named === undefined ? options : { ...options, model: named })
        const opened = await openTargetFor(workspace, choice, {
          ...onlyGiven({ project }),
          split: splitChoice(options),
          seed,
        })
        try {
          const { examples, notes } = await opened.heldOut()
          const test = await withStagesShown(({ signal, observe }) =>
            testTarget(opened.target, examples, {
              ...{ seed, signal },
              observe: ({ done, all }) => observe({ stage: 'predicting', share: all === 0 ? 1 : done / all }),
            }),
          )
          await show(command, { ...test, notes }, () => [...notes, modelTestText(test, terminalWidth())].join('\n'))
        } finally {
          await opened.close()
        }
      }),
    )
}

/** `cultivar models predict`: what a model says of texts, from a file, a pipe or a project's held-out records. */
import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { onlyGiven } from '../model/only-given.ts'
import { inWorkspace } from './in-workspace.ts'
import { print, tell } from './output.ts'
import { withStagesShown } from './stages-shown.ts'
import { addTargetOptions, type TargetOptions, targetChoice } from './target-options.ts'

interface PredictChoice extends TargetOptions {
  project?: string
  text?: string
  format?: string
  out?: string
}

export function addModelsPredict(models: Command): void {
  addTargetOptions(
    models
      .command('predict')
      .description('what a model says of texts, as JSON Lines (or a CSV file with --out)')
      .argument(
        '[FILE]',
        'texts in any format that can be imported; - reads one a line (default: the held-out records)',
      ),
  )
    .option(
      '--project <NAME>',
      'the project whose held-out records are predicted, or whose labels a provider chooses from',
    )
    .option('--text <COLUMN>', 'column of the file that holds the text')
    .option('--format <KIND>', 'format of the file (default: by its name)')
    .option('--out <FILE>', 'write .jsonl or .csv: what few-shot in mode wrong, and --predictions, read')
    .addHelpText(
      'after',
      `
Examples:
  echo "where is my card?" | cultivar models predict - --model intents
  cultivar models predict tickets.csv --text body --model intents@2 --out predicted.csv
  cultivar models predict --model intents --project support --out wrong.csv`,
    )
    .action((file: string | undefined, options: PredictChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { openTargetFor } = await import('../app/open-target.ts')
        const { predictRows, rowsOf, textsOf } = await import('../app/models/predict-texts.ts')
        const { predictedText } = await import('../app/models/predicted-text.ts')
        const { text, format, out, project } = options
        const given = onlyGiven({ text, format })
        const opened = await openTargetFor(workspace, targetChoice(options), onlyGiven({ project }))
        try {
          const texts =
            file === undefined
              ? rowsOf((await opened.heldOut()).examples)
              : await textsOf(file === '-' ? { lines: await buffer(process.stdin) } : { file }, given)
          const rows = await withStagesShown(({ signal, observe }) =>
            predictRows(opened.target, texts, {
              signal,
              observe: ({ done, all }) => observe({ stage: 'predicting', share: all === 0 ? 1 : done / all }),
            }),
          )
          if (out === undefined) await print(predictedText(rows, 'jsonl'))
          else {
            const { writeTextFile } = await import('../app/write-text-file.ts')
            tell(
              `Wrote ${rows.length} predictions to ${await writeTextFile(out, predictedText(rows, out.endsWith('.csv') ? 'csv' : 'jsonl'))}`,
            )
          }
        } finally {
          await opened.close()
        }
      }),
    )
}

/** `cultivar records mix`: files and projects mixed into one file, each in the count or share a recipe says. */
import type { Command } from 'commander'
import type { MixedDataset } from '../app/mix/mix-records.ts'
import { inWorkspace } from './in-workspace.ts'
import { print, tell, wantsJson } from './output.ts'

export function addRecordsMix(records: Command): void {
  records
    .command('mix')
    .description('mix files and projects into one training file, as a recipe says')
    .argument('<RECIPE>', 'YAML, as InstructLab’s mixing recipes')
    .requiredOption('--out <FILE>', 'the file; written all at once')
    .addHelpText(
      'after',
      `
Example:
  cultivar records mix mix.yaml --out train.jsonl

mix.yaml:
  datasets:
    - path: skills.jsonl        # from the folder of the recipe
      sampling_size: 300        # a whole number counts rows
    - project: support          # records that nobody rejected, of the split train
      sampling_size: 0.5        # a number with a point is a share; 1.0 is all
  metadata:
    sys_prompt: Be exact.
  seed: 42

Rows are written as id, messages, metadata and unmask; “format: openai-chat” (alpaca, sharegpt …) writes another format.
A count above the number of rows is drawn with replacement, as InstructLab does.`,
    )
    .action((recipe: string, { out }: { out: string }, command: Command) =>
      inWorkspace(command, async workspace => {
        const { readMixRecipe } = await import('../app/mix/mix-recipe.ts')
        const { mixRecords } = await import('../app/mix/mix-records.ts')
        const report = await mixRecords(workspace, await readMixRecipe(recipe), out)
        if (wantsJson(command)) {
          await print(JSON.stringify(report, null, 2))
          return
        }
        tell(mixText(report.datasets))
        tell(`Wrote ${report.records} rows to ${report.file}`)
      }),
    )
}

/** A line a dataset: what there was, what was wanted and given, and what was not usable. */
export function mixText(datasets: MixedDataset[]): string {
  return datasets
    .map(({ name, rows, wanted, given, dropped, repeats }) =>
      [
        `${name}: ${given} of ${wanted} wanted, from ${rows} rows`,
        ...(repeats ? ['drawn with replacement, so some are there more than once'] : []),
        ...(dropped > 0 ? [`${dropped} with an empty message dropped`] : []),
      ].join('; '),
    )
    .join('\n')
}

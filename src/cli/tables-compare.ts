/** `cultivar tables compare`: how like the original a synthetic table is, and what it gives away of anybody. */
import type { Command } from 'commander'
import { onlyGiven } from '../model/only-given.ts'
import { collect, commaList, wholeNumber } from './option-values.ts'
import { show, tell, terminalWidth } from './output.ts'
import { withStagesShown } from './stages-shown.ts'
import { addTableReadingOptions, type TableReadingOptions, tableReading } from './table-reading-options.ts'

interface Choice extends TableReadingOptions {
  holdout?: string
  target?: string
  tables?: string[]
  key?: string[]
  time?: string
  entity?: string
  out?: string
  seed: number
}

export function addTablesCompare(tables: Command): void {
  const compare = tables
    .command('compare')
    .description('compare a synthetic table with the real one: quality, privacy, soundness, and a verdict in words')
    .argument('<REAL>', 'file, folder or database, as for “tables fit”')
    .argument('<SYNTHETIC>', 'the same of what was drawn')
  addTableReadingOptions(compare)
    .option(
      '--holdout <SOURCE>',
      'real rows that were not learned from: without them nobody can say what was memorised',
    )
    .option('--target <COLUMN>', 'what models are trained to tell (default: proposed)')
    .option('--tables <a,b>', 'of databases: only these', commaList)
    .option('--key <KEY>', 'of files: as for “tables fit”; may be repeated', collect)
    .option('--time <COLUMN>', 'rows follow each other by it: order is compared too')
    .option('--entity <COLUMN>', 'with --time: each has a series of its own')
    .option('--out <FILE>', 'the whole comparison as one HTML page that needs nothing else')
    .option('--seed <N>', 'of what chance decides in comparing', wholeNumber, 1)
    .addHelpText(
      'after',
      `
Examples:
  cultivar tables compare patients.csv synthetic.csv --out comparison.html
  cultivar tables compare train.csv synthetic.csv --holdout test.csv --target income --json
  cultivar tables compare sqlite:shop.db sqlite:shop-copy.db --out shop.html`,
    )
    .action(async (real: string, synthetic: string, options: Choice, command: Command) => {
      const { compareSources } = await import('../app/tables/compare-sources.ts')
      const { comparisonText } = await import('../app/tables/comparison-text.ts')
      const { fitSpelled } = await import('../app/tables/fit-spelled.ts')
      const { holdout, target, tables, key, time, entity, out, seed } = options
      const { keys } = fitSpelled(onlyGiven({ keys: key }))
      const { comparison, file, notes } = await withStagesShown(watching =>
        compareSources(real, synthetic, {
          ...watching,
          seed,
          read: tableReading(options),
          ...onlyGiven({ holdout, target, tables, keys, time, entity, out }),
        }),
      )
      for (const note of notes) tell(note)
      await show(command, comparison, () => comparisonText(comparison, terminalWidth()))
      if (file !== undefined) tell(`Wrote ${file}`)
    })
}

/** `cultivar tables fit`: learns a table, a series or several tables, and writes the model to a file. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { spelledCounts } from '../app/spelled.ts'
import type { FitChoice } from '../app/tables/fit-tables.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { TableModel } from '../tables/table-model.ts'
import { collect, commaList, positiveNumber, wholeNumber } from './option-values.ts'
import { show, tell, wantsJson } from './output.ts'
import { withStagesShown } from './stages-shown.ts'
import { addTableReadingOptions, type TableReadingOptions, tableReading } from './table-reading-options.ts'

interface Choice extends TableReadingOptions {
  out?: string
  tables?: string[]
  key?: string[]
  synthesizer?: 'network' | 'trees'
  series?: string[]
  constraint?: string[]
  column?: string[]
  epsilon?: number
  mergeBelow?: number
  neverReemit?: boolean
  sampleRows?: number
  seed: number
}

export function addTablesFit(tables: Command): void {
  const fit = tables
    .command('fit')
    .description('learn how a table behaves, and write a model that holds counts and no rows')
    .argument(
      '<SOURCE...>',
      'a file (.csv, .tsv, .txt, .parquet, .json, .jsonl), sqlite:FILE, sqlite:FILE#table, postgres://…, postgres://…#table; several files, or a folder of them, are several tables',
    )
    .option('--out <FILE>', 'the model (default: in this folder, named after the source: data.table.json)')
  addTableReadingOptions(fit)
    .option('--tables <a,b>', 'of a database: only these', commaList)
    .option(
      '--key <KEY>',
      'of files, table.column without the ending: orders.customer=customers.id, or customers.id for a table’s own key; may be repeated',
      collect,
    )
    .addOption(
      new Option('--synthesizer <KIND>', 'how the joint distribution is learned (default: trees)').choices([
        'network',
        'trees',
      ]),
    )
    .option(
      '--series <part=COLUMN...>',
      'rows follow each other: time=COLUMN, and entity=COLUMN where there are several',
    )
    .option(
      '--constraint <TEXT>',
      'always true, and kept so: "start <= end", "0 <= age <= 120", "unique(code)", "together(city, zip)", "sum(a, b) = total"; may be repeated',
      collect,
    )
    .option(
      '--column <NAME=KIND>',
      'what a column is, where it is mistaken: number, number:0..120, category, category:a|b, id, sequence, text, constant, name, given-name, family-name, email, phone, address or words; may be repeated',
      collect,
    )
    .option('--epsilon <NUMBER>', 'differential privacy: how much may be learned of anybody, such as 1', positive)
    .option('--merge-below <N>', 'categories that fewer rows have become one', positiveNumber)
    .option(
      '--never-reemit',
      'no number of the original comes out again, but those that at least 1 % of the rows share',
    )
    .option(
      '--sample-rows <N>',
      'of a long table: rows drawn at random to learn from (default: 500,000)',
      positiveNumber,
    )
    .option(
      '--seed <N>',
      'of what chance decides in learning; with --epsilon, noise comes from it if you give it: keep it secret then',
      wholeNumber,
      1,
    )
    .addHelpText(
      'after',
      `
Examples:
  cultivar tables fit patients.csv --out patients.table.json
  cultivar tables fit patients.csv --merge-below 10 --never-reemit
  cultivar tables fit patients.csv --epsilon 1 --column age=number:0..120
  cultivar tables fit engines.txt --no-header --series time="column 2" entity="column 1"
  cultivar tables fit sqlite:shop.db --tables customers,orders
  cultivar tables fit customers.csv orders.csv --key customers.id --key orders.customer=customers.id`,
    )
    .action(async (sources: string[], options: Choice, command: Command) => {
      const { fitTables } = await import('../app/tables/fit-tables.ts')
      const { fitSpelled } = await import('../app/tables/fit-spelled.ts')
      const { writeTableModel } = await import('../app/tables/table-model-file.ts')
      const {
        tables,
        synthesizer,
        sampleRows,
        epsilon,
        mergeBelow,
        neverReemit,
        seed,
        series,
        constraint,
        column,
        key,
      } = options
      const model = await withStagesShown(watching =>
        fitTables(sources, {
          ...watching,
          tell,
          seed,
          noiseOfSeed: command.getOptionValueSource('seed') === 'cli',
          read: tableReading(options),
          ...onlyGiven({ tables, synthesizer, sampleRows }),
          privacy: onlyGiven({ epsilon, mergeBelow, neverReemit }),
          ...fitSpelled(onlyGiven({ series, constraints: constraint, columns: column, keys: key })),
        } satisfies FitChoice),
      )
      const file = await writeTableModel(model, options.out)
      if (!wantsJson(command)) for (const note of model.notes) tell(note)
      const { shape, learnedFrom, notes } = model
      await show(command, { file, shape, learnedFrom, notes }, () => learnedText(file, model))
    })
}

const usualTarget = {
  table: '--rows 1000 --out synthetic.csv',
  series: '--out synthetic.csv',
  related: '--out synthetic',
}

function learnedText(file: string, { learnedFrom, shape }: Pick<TableModel, 'learnedFrom' | 'shape'>): string {
  const rows = Object.values(learnedFrom).reduce((sum, count) => sum + count, 0)
  const names = Object.keys(learnedFrom)
  const what = names.length === 1 ? names[0]! : `${names.length} tables`
  return `Learned ${what} from ${spelledCounts(rows, 'row')}: ${file}\nNext: cultivar tables sample ${file} ${usualTarget[shape]}`
}

function positive(value: string): number {
  const number = Number(value)
  if (value.trim() !== '' && number > 0 && Number.isFinite(number)) return number
  throw new InvalidArgumentError('Expected a number above 0, such as 1.')
}

/** `cultivar tables sample`: draws from a model, or from the declaration in a recipe, to a file, a folder or a database. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { spelledCounts } from '../app/spelled.ts'
import type { SampleChoice } from '../app/tables/sample-tables.ts'
import { CultivarError } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import { collect, positiveNumber, wholeNumber } from './option-values.ts'
import { show, tell, wantsJson } from './output.ts'
import { withStagesShown } from './stages-shown.ts'

interface Choice {
  rows?: number
  size?: string[]
  scale?: number
  entities?: number
  where?: string
  share?: string[]
  out?: string
  format?: 'csv' | 'parquet' | 'jsonl'
  overwrite?: boolean
  card?: boolean
  seed: number
  threads?: number
}

export function addTablesSample(tables: Command): void {
  tables
    .command('sample')
    .description('draw rows from a model, or from a declared table, as many as you like')
    .argument('<MODEL>', 'a model that “tables fit” wrote, or a recipe with generator: table')
    .option('--rows <N>', 'how many (default: as many as were learned from, or declared)', positiveNumber)
    .option('--where <CONDITION>', 'only rows of which this is true: "age > 30 and income = \'>50K\'"')
    .option(
      '--share <COLUMN=VALUE:SHARE>',
      'raise or lower a value: "failure=1:0.2"; repeated for further values of that column',
      collect,
    )
    .option('--size <TABLE=N>', 'of several tables: rows of one of them; may be repeated', collect)
    .option('--scale <N>', 'of several tables: so many times what was learned from', factor)
    .option('--entities <N>', 'of series: how many machines, patients, units', positiveNumber)
    .option(
      '--out <TARGET>',
      'a file (.csv, .parquet, .jsonl), a folder for several tables, sqlite:FILE or postgres://… (default: CSV to the standard output)',
    )
    .addOption(new Option('--format <KIND>', 'where its name does not say it').choices(['csv', 'parquet', 'jsonl']))
    .option('--overwrite', 'replace tables that the database has already')
    .option('--card', 'with --out: a dataset card beside it')
    .option('--seed <N>', 'the same seed gives the same bytes', wholeNumber, 1)
    .option('--threads <N>', 'threads that draw (default: one per processor, four at most)', positiveNumber)
    .addHelpText(
      'after',
      `
Examples:
  cultivar tables sample patients.table.json --rows 10000 --out synthetic.csv
  cultivar tables sample patients.table.json --where "age >= 65 and sex = 'F'" --out elderly.parquet
  cultivar tables sample machines.table.json --share "failure=1:0.2" --out balanced.csv
  cultivar tables sample shop.table.json --size customers=500 --out sqlite:shop-copy.db
  cultivar tables sample plant.yaml --out plant`,
    )
    .action(async (maker: string, options: Choice, command: Command) => {
      const { sampleSpelled } = await import('../app/tables/sample-spelled.ts')
      const { rows, where, scale, entities, out, format, overwrite, card, seed, threads, share, size } = options
      const choice = {
        seed,
        ...onlyGiven({ rows, where, scale, entities, format, overwrite, card, threads }),
        ...sampleSpelled(onlyGiven({ shares: share, sizes: size })),
      }
      if (out === undefined) {
        await printSample(maker, choice)
        return
      }
      const { sampleTables } = await import('../app/tables/sample-tables.ts')
      const written = await withStagesShown(watching => sampleTables(maker, { ...watching, ...choice, out }))
      if (!wantsJson(command)) for (const note of written.notes) tell(note)
      await show(command, written, () => writtenText(written))
    })
}

async function printSample(maker: string, choice: Omit<SampleChoice, 'out'>): Promise<void> {
  if (choice.card) throw new CultivarError('bad-input', 'A card lies beside a file.', 'Name the file with --out.')
  const { sampleText } = await import('../app/tables/sample-tables.ts')
  const { text, notes } = await sampleText(maker, choice)
  for await (const part of text) await write(part)
  for (const note of notes) tell(note)
}

function factor(value: string): number {
  const number = Number(value)
  if (value.trim() !== '' && number > 0 && Number.isFinite(number)) return number
  throw new InvalidArgumentError('Expected a number above 0, such as 10 or 0.5.')
}

function write(bytes: Uint8Array): Promise<void> {
  return new Promise(resolve => process.stdout.write(bytes, () => resolve()))
}

function writtenText({ files, rows }: { files: string[]; rows: Record<string, number> }): string {
  const parts = Object.entries(rows).map(([table, count]) => `${table}: ${spelledCounts(count, 'row')}`)
  return `Wrote ${files.join(', ')}\n${parts.join('\n')}`
}

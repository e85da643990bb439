/** `cultivar tables inject`: labelled faults in the sensors of a real file. */
import { type Command, Option } from 'commander'
import type { Injected } from '../app/tables/inject-faults.ts'
import { CultivarError } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import { collect, wholeNumber } from './option-values.ts'
import { show, tell, wantsJson } from './output.ts'
import { withStagesShown } from './stages-shown.ts'
import { addTableReadingOptions, type TableReadingOptions, tableReading } from './table-reading-options.ts'

interface Choice extends TableReadingOptions {
  fault?: string[]
  time?: string
  entity?: string
  label?: string
  out?: string
  intervals?: string
  format?: 'csv' | 'parquet' | 'jsonl'
  overwrite?: boolean
  seed: number
}

export function addTablesInject(tables: Command): void {
  const inject = tables
    .command('inject')
    .description('put labelled faults into sensor readings: a column that says which, and a table of their intervals')
    .argument('<SOURCE>', 'a file (.csv, .tsv, .txt, .parquet, .json, .jsonl), sqlite:FILE#table, postgres://…#table')
    .option(
      '--fault <KIND:COLUMN[:NAME=VALUE,…]>',
      'drift, bias, stuck, spike, dropout, noise-burst, delayed or saturation; “drift:temperature:count=3,length=50,size=4”; may be repeated',
      collect,
    )
    .option('--time <COLUMN>', 'when a reading was taken (default: rows are in order)')
    .option('--entity <COLUMN>', 'which machine it is of (default: there is one)')
    .option('--label <NAME>', 'what the new column is called (default: fault)')
    .option(
      '--out <TARGET>',
      'a file (.csv, .parquet, .jsonl), a folder, sqlite:FILE or postgres://… (default: CSV to the standard output)',
    )
    .option('--intervals <TARGET>', 'the table of intervals: entity, sensor, fault, from, to, readings, magnitude')
    .addOption(new Option('--format <KIND>', 'where its name does not say it').choices(['csv', 'parquet', 'jsonl']))
    .option('--overwrite', 'replace tables that the database has already')
    .option('--seed <N>', 'the same seed puts the same faults in the same places', wholeNumber, 1)
  addTableReadingOptions(inject)
    .addHelpText(
      'after',
      `
Settings of a fault, after its column:
  count=3            how many in all (default: 1); each=2 in each entity; rate=0.5 per 1,000 readings
  length=50          readings it lasts, or length=20..80
  size=4             in spreads of the sensor, or size=2..5; units=own: in the sensor’s own unit
  direction=up       up, down or either: drift, bias, spike
  distance=10        readings, at least, to the next fault of the same column
  lag=5              delayed · share=0.7, side=high: saturation · value=0: what a dropout writes

Examples:
  cultivar tables inject plant.csv --fault drift:temperature --time time --out faulty.csv --intervals faults.csv
  cultivar tables inject plant.csv --fault stuck:pressure:count=5,length=20..80 --fault spike:flow:rate=0.5,size=8 \\
      --time timestamp --entity machine --out faulty.parquet --intervals faults.parquet
  cultivar tables inject engines.txt --no-header --fault "bias:column 9:each=1" --time "column 2" --entity "column 1" --out faulty.csv`,
    )
    .action(async (source: string, options: Choice, command: Command) => {
      const { parseFault } = await import('../tables/series/faults/parse-fault.ts')
      const { injectIntoFile } = await import('../app/tables/inject-faults.ts')
      const { fault = [], time, entity, label, out, intervals, format, overwrite, seed } = options
      if (out === undefined && wantsJson(command))
        throw new CultivarError('bad-input', '--json needs a place for the table.', 'Name a file with --out.')
      const { text, ...injected } = await withStagesShown(watching =>
        injectIntoFile(source, {
          ...watching,
          ...{ faults: fault.map(parseFault), seed, read: tableReading(options) },
          ...onlyGiven({ time, entity, label, out, intervals, format, overwrite }),
        }),
      )
      if (!wantsJson(command)) for (const note of injected.notes) tell(note)
      if (text) for await (const part of text) await write(part)
      else await show(command, injected, () => injectedText(injected))
    })
}

function write(bytes: Uint8Array): Promise<void> {
  return new Promise(resolve => process.stdout.write(bytes, () => resolve()))
}

function injectedText({ files, rows, faults, labelled }: Omit<Injected, 'text'>): string {
  const counts = Object.entries(faults).map(([name, count]) => `${name}: ${count}`)
  const share = `${labelled.toLocaleString('en')} of ${rows.toLocaleString('en')} rows lie in a fault`
  return [`Wrote ${files.join(', ')}`, ...counts, share].join('\n')
}

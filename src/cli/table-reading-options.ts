/** Options of commands that read tables: what a file does not say of itself, or says wrongly. */
import { type Command, Option } from 'commander'
import { onlyGiven } from '../model/only-given.ts'
import { collect, commaList, wholeNumber } from './option-values.ts'

export interface TableReadingOptions {
  header?: boolean
  names?: string[]
  delimiter?: string
  decimal?: '.' | ','
  unitRow?: boolean
  skipLines?: number
  dayFirst?: boolean
  null?: string[]
}

export function addTableReadingOptions<T extends Command>(command: T): T {
  return command
    .option('--header', 'the first row names the columns (default: guessed)')
    .option('--no-header', 'no row names the columns')
    .option('--names <a,b>', 'names of the columns', commaList)
    .option('--delimiter <CHARACTER>', 'between values; a blank means any number of blanks (default: guessed)')
    .addOption(new Option('--decimal <CHARACTER>', 'the decimal mark (default: guessed)').choices(['.', ',']))
    .option('--unit-row', 'the row under the names holds units')
    .option('--skip-lines <N>', 'lines before the table', wholeNumber)
    .option('--day-first', '01/02/2024 is the first of February')
    .option(
      '--null <TEXT>',
      'a text that means “no value”; may be repeated (default: empty, NA, null; ? and - among numbers)',
      collect,
    )
}

export function tableReading(options: TableReadingOptions) {
  const { header, names, delimiter, decimal, unitRow, skipLines, dayFirst, null: nulls } = options
  return onlyGiven({ header, names, delimiter, decimal, unitRow, skipLines, dayFirst, nulls })
}

/** What can be said of how a table is learned, and what of it cannot be. */
import { CultivarError } from '../../model/error.ts'
import { nearestName } from '../../text/nearest-name.ts'
import type { Table } from '../table.ts'
import type { ColumnChoice } from './column-choice.ts'
import { checkConstraints } from './constraints.ts'
import type { Constraint } from './fitted-table.ts'
import { synthesizers } from './index.ts'

interface Privacy {
  /** Differential privacy with this ε in all; neighbouring tables differ in one row. Only with `network`. */
  epsilon?: number
  /** What the noise is drawn from, in place of the seed: whoever knows it can take the noise away. */
  secret?: string
  /** Categories of fewer rows become one, and numbers of fewer rows are kept as ranges only; default: as they are. */
  mergeBelow?: number
  /** No number of the table is drawn as such, where there are others beside it and fewer than 1 % of the rows share it. */
  neverReemit?: boolean
}

export interface FitTableOptions {
  /** Default: `trees`, which is the truer one; `network` under differential privacy. */
  synthesizer?: keyof typeof synthesizers
  seed: number
  /** What always holds, besides what is learned. */
  constraints?: readonly Constraint[]
  /** By name, what is known of columns. */
  columns?: Record<string, ColumnChoice>
  privacy?: Privacy
  /** Columns that only condition the others: they are given when rows are drawn. */
  given?: readonly string[]
  signal?: AbortSignal
  observe?: (share: number) => void
}

/** The synthesizer that is asked for, or the default. */
export function chosenSynthesizer({ synthesizer, privacy }: FitTableOptions): keyof typeof synthesizers {
  return synthesizer ?? (privacy?.epsilon === undefined ? 'trees' : 'network')
}

/** @throws CultivarError `bad-input`. */
export function checkFitTableOptions(table: Table, options: FitTableOptions): void {
  const { columns = {}, given = [], privacy = {}, constraints = [] } = options
  const synthesizer = chosenSynthesizer(options)
  if (table.columns.length === 0 || table.rows === 0) {
    throw new CultivarError(
      'bad-input',
      `The table “${table.name}” has no ${table.columns.length === 0 ? 'columns' : 'rows'}, so there is nothing to learn from it.`,
      'Give a table with at least a few hundred rows.',
    )
  }
  const names = table.columns.map(column => column.name)
  for (const name of [...Object.keys(columns), ...given]) {
    if (names.includes(name)) continue
    const near = nearestName(name, names)
    throw new CultivarError(
      'bad-input',
      `“${table.name}” has no column “${name}”.`,
      near ? `Did you mean “${near}”?` : `There are: ${names.join(', ')}.`,
    )
  }
  checkConstraints(table, constraints)
  const { epsilon, mergeBelow } = privacy
  if (epsilon !== undefined && !(epsilon > 0)) {
    throw new CultivarError(
      'bad-input',
      `ε must be a number above 0, not ${epsilon}.`,
      'Usual values lie between 0.1 and 10; less is more private.',
    )
  }
  if (epsilon !== undefined && !synthesizers[synthesizer].private) {
    throw new CultivarError(
      'bad-input',
      `The synthesizer “${synthesizer}” cannot be fitted under differential privacy.`,
      'Take the synthesizer “network”, or leave ε out.',
    )
  }
  if (mergeBelow !== undefined && !(mergeBelow >= 1)) {
    throw new CultivarError(
      'bad-input',
      `Rare categories are merged below a number of rows, at least 1, not ${mergeBelow}.`,
      'Usual values lie between 5 and 50.',
    )
  }
  const joined = constraints.find(({ kind }) => kind === 'combinations')
  if (epsilon !== undefined && joined) {
    throw new CultivarError(
      'bad-input',
      'Which combinations occur cannot be kept under differential privacy: each may be one person’s.',
      'Leave the constraint “combinations” out, or leave ε out.',
    )
  }
}

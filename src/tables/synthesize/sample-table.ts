/** Draws tables from what was learned of one: block by block, each block by itself. */
import { CultivarError } from '../../model/error.ts'
import { type RandomStream, randomStream } from '../../stats/random-stream.ts'
import type { Expression } from '../expression/expression.ts'
import { type BlockSource, blockRows, type Column, type Table } from '../table.ts'
import { takeTableRows } from '../take-rows.ts'
import { type Balance, balanceGroups, rowsByShare } from './balance.ts'
import { openDecoder } from './decode-columns.ts'
import { type FoundRows, openConditionalDrawer } from './draw-where.ts'
import { encodeColumn } from './encode-columns.ts'
import type { FittedTable } from './fitted-table.ts'
import { openSynthesizer } from './index.ts'
import { joinTables } from './join-tables.ts'

export interface SampleTableOptions {
  rows: number
  seed: number
  /** What every row fulfils. */
  where?: Expression
  /** Values of a column get these shares of the rows; those not named share the rest as they did. */
  balance?: Balance
  /** Name of the new table; default: that of the learned one. */
  table?: string
}

/**
 * Same model, options and seed, same bytes, whichever block is made first.
 * @throws CultivarError `bad-input` for a condition or shares that cannot be met; if that shows only in drawing, `block` throws.
 */
export function openTableSampler(fitted: FittedTable, options: SampleTableOptions): BlockSource {
  const { rows, seed, where, balance, table = fitted.name } = options
  if (fitted.given.length > 0) {
    throw new CultivarError(
      'bad-input',
      `“${fitted.name}” can only be drawn with its given columns: ${fitted.given.join(', ')}.`,
      'Fit it without given columns, or draw it together with the table that they come from.',
    )
  }
  const decoder = openDecoder(fitted, rows, table, `${seed}/${table}`)
  const stream = randomStream(seed).fork(table)
  const found = where || balance ? openFinder(fitted, where, balance, stream) : undefined
  const sampler = openSynthesizer(fitted.synthesizer)
  return {
    name: table,
    columns: fitted.columns.filter(column => !column.hidden).map(column => column.header),
    blocks: Math.ceil(rows / blockRows),
    rows,
    block(index) {
      const start = index * blockRows
      const count = Math.min(blockRows, rows - start)
      const random = stream.fork(index)
      if (!found) {
        const { codes } = sampler.draw({ rows: count, random: random.fork('codes') })
        return decoder.decode({ rows: count, start, random, codes: named(fitted, codes), done: new Map() })
      }
      const { table: made, codes } = found(count, random)
      return decoder.decode({ rows: count, start, random, codes: named(fitted, codes), done: columnsByName(made) })
    },
  }
}

/** Finds rows under a condition, each group with its share, in random order. */
function openFinder(
  fitted: FittedTable,
  where: Expression | undefined,
  balance: Balance | undefined,
  stream: RandomStream,
): (rows: number, random: RandomStream) => FoundRows {
  const groups = balance ? balanceGroups(fitted, balance) : [{ share: 1, tests: [] }]
  const drawers = groups.map(({ tests }, place) =>
    openConditionalDrawer(fitted, where, tests, stream.fork(`group ${place}`)),
  )
  const shares = groups.map(({ share }) => share)
  return (rows, random) => {
    const counts = rowsByShare(shares, rows)
    const parts = drawers.map((drawer, place) => drawer.draw(counts[place]!, random.fork(`group ${place}`)))
    if (parts.length === 1) return parts[0]!
    const table = joinTables(parts.map(part => part.table))
    const order = Int32Array.from(random.fork('order').shuffle(Array.from({ length: rows }, (_, row) => row)))
    const codes = fitted.encoded.map((_, column) => {
      const all = new Uint16Array(rows)
      let at = 0
      for (const part of parts) {
        all.set(part.codes[column]!, at)
        at += part.table.rows
      }
      return Uint16Array.from(order, row => all[row]!)
    })
    return { table: takeTableRows(table, order), codes }
  }
}

function named(fitted: FittedTable, codes: Uint16Array[]): Map<string, Uint16Array> {
  return new Map(fitted.encoded.map((name, place) => [name, codes[place]!]))
}

function columnsByName(table: Table): Map<string, Column> {
  return new Map(table.columns.map(column => [column.name, column]))
}

/** So many rows, given the columns that condition the others; `given` has as many rows, and its columns stay as they are. */
export function drawRows(fitted: FittedTable, rows: number, random: RandomStream, given?: Table): Table {
  const conditions = fitted.given.map(name => {
    const column = given?.columns.find(one => one.name === name)
    if (!column)
      throw new CultivarError(
        'bad-input',
        `The given column “${name}” is missing.`,
        'Give all columns that the table was fitted with as given.',
      )
    return column
  })
  const codesGiven = conditions
    .filter(column => fitted.encoded.includes(column.name))
    .map(column => encodeColumn(fitted.columns.find(({ header }) => header.name === column.name)!, column).codes)
  const { codes } = openSynthesizer(fitted.synthesizer).draw({
    rows,
    random: random.fork('codes'),
    ...(codesGiven.length > 0 && { given: codesGiven }),
  })
  const done = new Map<string, Column>(conditions.map(column => [column.name, column]))
  return openDecoder(fitted, rows).decode({ rows, start: 0, random, codes: named(fitted, codes), done })
}

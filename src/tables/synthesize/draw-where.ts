/** Draws rows that fulfil a condition: columns are held to what passes, rows are accepted by their likelihood, then checked. */
import { CultivarError } from '../../model/error.ts'
import { type RandomStream, randomStream } from '../../stats/random-stream.ts'
import { compileCondition } from '../expression/compile-expression.ts'
import { conjunctsOf } from '../expression/conjuncts-of.ts'
import { type Expression, expressionColumns } from '../expression/expression.ts'
import type { Column, Table } from '../table.ts'
import { takeTableRows } from '../take-rows.ts'
import type { ColumnTest } from './conditions.ts'
import { openDecoder } from './decode-columns.ts'
import type { FittedTable } from './fitted-table.ts'
import { openSynthesizer } from './index.ts'
import { joinTables } from './join-tables.ts'
import { isMadeByRow, restrictTable } from './restrict-table.ts'

/** Rows with their codes: columns that are made row by row are left for later. */
export interface FoundRows {
  table: Table
  codes: Uint16Array[]
}

export interface ConditionalDrawer {
  draw(rows: number, random: RandomStream): FoundRows
}

/** Rows tried to see how likely the condition is. */
const pilotRows = 8192
/** Rows tried at most for each one wanted, and at least in all: what is much rarer than that is not found. */
const triesPerRow = 500
const fewestTries = 2_000_000
const mostAtOnce = 65_536

/**
 * @param where the whole condition; `tests` hold besides.
 * @throws CultivarError `bad-input` where no row fulfils them, or too few to be found; the message names the part.
 */
export function openConditionalDrawer(
  fitted: FittedTable,
  where: Expression | undefined,
  tests: readonly ColumnTest[],
  random: RandomStream,
): ConditionalDrawer {
  const headers = fitted.columns.filter(column => !column.hidden).map(column => column.header)
  const check = where && compileCondition(where, headers)
  const conjuncts = where ? conjunctsOf(where, headers) : { predicates: [], rest: [] }
  refuseMadeColumns(fitted, conjuncts.predicates, conjuncts.rest)
  const held = restrictTable(fitted, [...conjuncts.predicates, ...tests])
  const sampler = openSynthesizer(held.fitted.synthesizer)
  const named = new Set(where ? expressionColumns(where) : [])
  const early = new Set(
    fitted.columns
      .filter(column => !isMadeByRow(column) || named.has(column.header.name))
      .map(column => column.header.name),
  )
  const late = new Set(fitted.columns.filter(isMadeByRow).map(column => column.header.name))
  const decoder = openDecoder(held.fitted, mostAtOnce)

  const weighed = (rows: number, stream: RandomStream) => {
    const { codes, weights = new Float64Array(rows).fill(1) } = sampler.draw({
      rows,
      random: stream,
      ...(held.allowed.size > 0 && { allowed: held.allowed }),
    })
    for (const [column, mass] of held.mass)
      for (let row = 0; row < rows; row++) weights[row]! *= mass[codes[column]![row]!]!
    return { codes, weights }
  }
  /** Of rows accepted by weight, those that pass. */
  const checked = (codes: Uint16Array[], rows: number, stream: RandomStream): FoundRows => {
    const named = new Map(fitted.encoded.map((name, place) => [name, codes[place]!]))
    const table = decoder.decode({ rows, start: 0, random: stream, codes: named, done: new Map() }, early)
    const passed = check?.(table)
    const kept = { ...table, columns: table.columns.filter(column => !late.has(column.name)) }
    if (!passed || passed.every(one => one === 1)) return { table: kept, codes }
    const rowsKept = Int32Array.from(passed.keys().filter(row => passed[row] === 1))
    return {
      table: takeTableRows(kept, rowsKept),
      codes: codes.map(column => Uint16Array.from(rowsKept, row => column[row]!)),
    }
  }

  const pilot = weighed(pilotRows, random.fork('pilot'))
  const heaviest = cappedWeight(pilot.weights)
  const likely =
    pilot.weights.reduce((sum, weight) => sum + Math.min(weight, heaviest), 0) / pilotRows / (heaviest || 1)
  return {
    draw(rows, stream) {
      const found: FoundRows[] = []
      let count = 0
      let tried = 0
      let rate = likely
      const most = Math.max(fewestTries, rows * triesPerRow)
      for (let round = 0; count < rows; round++) {
        const wanted = Math.ceil(((rows - count) / Math.max(rate, 1e-4)) * 1.1) + 64
        const batch = Math.min(mostAtOnce, wanted)
        const drawn = weighed(batch, stream.fork('codes').fork(round))
        const accept = stream.fork('accept').fork(round)
        const accepted: number[] = []
        drawn.weights.forEach((weight, row) => {
          if (weight > 0 && (weight >= heaviest || accept.float() * heaviest < weight)) accepted.push(row)
        })
        const codes = drawn.codes.map(column => Uint16Array.from(accepted, row => column[row]!))
        const passed = checked(codes, accepted.length, stream.fork('values').fork(round))
        found.push(passed)
        count += passed.table.rows
        tried += batch
        rate = count / tried
        if (count < rows && tried >= most) throw tooRare(fitted, where, count, rows, tried)
        // Nothing at all among so many: it will not come.
        if (count === 0 && tried >= fewestTries) throw tooRare(fitted, where, count, rows, tried)
      }
      return firstRows(found, rows)
    },
  }
}

/** How much of all the weight may be lost to the cap: without one, a single heavy row would have nearly all others refused. */
const lostToCap = 0.01

/** The weight that is accepted for certain: the least of which so little is lost beyond it. */
function cappedWeight(weights: Float64Array): number {
  const ordered = weights.toSorted().reverse()
  const allowance = lostToCap * ordered.reduce((sum, weight) => sum + weight, 0)
  let above = 0
  for (const [place, weight] of ordered.entries()) {
    const next = ordered[place + 1] ?? 0
    // Lowering the cap to the next weight costs each row above it the difference.
    above += (weight - next) * (place + 1)
    if (above > allowance) return weight
  }
  return 0
}

function firstRows(found: FoundRows[], rows: number): FoundRows {
  const table = joinTables(found.map(one => one.table))
  const codes = found[0]!.codes.map((_, column) => {
    const all = new Uint16Array(table.rows)
    let at = 0
    for (const one of found) {
      all.set(one.codes[column]!, at)
      at += one.table.rows
    }
    return all.subarray(0, rows)
  })
  return {
    table: takeTableRows(
      table,
      Int32Array.from({ length: rows }, (_, row) => row),
    ),
    codes,
  }
}

function refuseMadeColumns(fitted: FittedTable, predicates: readonly ColumnTest[], rest: readonly Expression[]): void {
  const made = new Set(fitted.columns.filter(isMadeByRow).map(column => column.header.name))
  const tested = predicates.filter(({ operator }) => operator !== 'is-null' && operator !== 'is-not-null')
  const name = [...tested.map(test => test.column), ...rest.flatMap(expressionColumns)].find(one => made.has(one))
  if (name === undefined) return
  throw new CultivarError(
    'bad-input',
    `A condition cannot choose values of “${name}”: they are made anew for every row.`,
    `Ask for “${name} is null” or “${name} is not null”, or name another column.`,
  )
}

function tooRare(
  fitted: FittedTable,
  where: Expression | undefined,
  count: number,
  rows: number,
  tried: number,
): CultivarError {
  const parts = where ? neverTrue(fitted, where) : []
  const which =
    parts.length > 0
      ? `Among 20,000 rows without a condition, this was never true: it names ${parts.map(names => names.map(name => `“${name}”`).join(' and ')).join('; ')}.`
      : 'Each part of it is true of some rows, but hardly ever together with the others.'
  return new CultivarError(
    'bad-input',
    `The condition is too rare: ${count === 0 ? 'no row' : `${count} of ${rows} rows`} found among ${tried.toLocaleString('en')}.`,
    `${which} Loosen it, or ask for fewer rows.`,
  )
}

/** The columns of those parts of a condition that no row fulfils. */
function neverTrue(fitted: FittedTable, where: Expression): string[][] {
  const rows = 20_000
  const headers = fitted.columns.filter(column => !column.hidden).map(column => column.header)
  const random = randomStream('parts of a condition')
  const { codes } = openSynthesizer(fitted.synthesizer).draw({ rows, random })
  const named = new Map(fitted.encoded.map((name, place) => [name, codes[place]!]))
  const table = openDecoder(fitted, rows).decode({
    rows,
    start: 0,
    random,
    codes: named,
    done: new Map<string, Column>(),
  })
  return partsOf(where)
    .filter(part => compileCondition(part, headers)(table).every(one => one === 0))
    .map(expressionColumns)
}

function partsOf(node: Expression): Expression[] {
  return node.kind === 'binary' && node.operator === 'and' ? [...partsOf(node.left), ...partsOf(node.right)] : [node]
}

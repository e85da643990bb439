/** Rules that every real row obeys, found in the real table, and how many synthetic rows obey them. */
import { rangeOf } from './cells.ts'
import type { SharedColumn, SharedTable } from './shared-tables.ts'

export interface FoundRule {
  /** `order`: the first is never above the second; `determines`: one value of the first always comes with the same of the second; `pairs`: and the other way round. */
  kind: 'order' | 'determines' | 'pairs'
  columns: [string, string]
  /** Share of the synthetic rows that obey it, of those it speaks about. */
  share: number
}

const mostColumns = 80
/** Fewer rows may obey by chance. */
const leastRows = 100
/** Values that so many rows have on average; a rule between rarer ones may be chance. */
const leastRowsOfValue = 5
/** A column that is nearly constant is determined by everything. */
const mostOfOneValue = 0.9

export function foundRules(real: SharedTable, synthetic: SharedTable, signal?: AbortSignal): FoundRule[] {
  if (real.rows < leastRows || synthetic.rows === 0) return []
  const places = [...real.columns.keys()].slice(0, mostColumns)
  const coded = places.map(at => codedColumn(real.columns[at]!, synthetic.columns[at]!, real.rows))
  const rules: FoundRule[] = []
  for (const one of places) {
    signal?.throwIfAborted()
    for (const other of places.slice(one + 1)) rules.push(...rulesOf([one, other], real, synthetic, coded))
  }
  return rules
}

function rulesOf(
  places: [number, number],
  real: SharedTable,
  synthetic: SharedTable,
  coded: (CodedColumn | undefined)[],
): FoundRule[] {
  const [one, other] = [places, places.toReversed()].map(([first, second]) => {
    const [ofReal, ofSynthetic] = [real, synthetic].map(({ columns }) => [columns[first!]!, columns[second!]!])
    return {
      columns: ofReal!.map(({ name }) => name) as [string, string],
      order: orderShare(ofReal as [SharedColumn, SharedColumn], ofSynthetic as [SharedColumn, SharedColumn]),
      determined: coded[first!] && coded[second!] && determinedShare(coded[first!]!, coded[second!]!),
    }
  }) as [Direction, Direction]
  const rules: FoundRule[] = []
  for (const { columns, order } of [one, other])
    if (order !== undefined) rules.push({ kind: 'order', columns, share: order })
  if (one.determined !== undefined && other.determined !== undefined) {
    return [...rules, { kind: 'pairs', columns: one.columns, share: Math.min(one.determined, other.determined) }]
  }
  for (const { columns, determined } of [one, other]) {
    if (determined !== undefined) rules.push({ kind: 'determines', columns, share: determined })
  }
  return rules
}

interface Direction {
  columns: [string, string]
  order?: number
  determined?: number
}

/** Absent where real rows are not always in order, or could not be otherwise. */
function orderShare(real: [SharedColumn, SharedColumn], synthetic: [SharedColumn, SharedColumn]): number | undefined {
  const [low, high] = real
  if (low.storage !== 'numbers' || high.storage !== 'numbers' || isTime(low) !== isTime(high)) return undefined
  const { least } = rangeOf(high.values)
  let known = 0
  let overlapping = 0
  for (let row = 0; row < low.values.length; row++) {
    if (low.values[row]! > high.values[row]!) return undefined
    if (Number.isNaN(low.values[row]! + high.values[row]!)) continue
    known++
    if (low.values[row]! > least) overlapping++
  }
  if (known < leastRows || overlapping < known / 20) return undefined
  const [lower, higher] = synthetic.map(column => (column as typeof low).values)
  let obeyed = 0
  let spoken = 0
  lower!.forEach((value, row) => {
    if (Number.isNaN(value + higher![row]!)) return
    spoken++
    if (value <= higher![row]!) obeyed++
  })
  return spoken === 0 ? undefined : obeyed / spoken
}

function isTime({ type }: SharedColumn): boolean {
  return type === 'date' || type === 'datetime' || type === 'time'
}

interface CodedColumn {
  real: Int32Array
  synthetic: Int32Array
  values: number
  mostFrequent: number
}

/** Values by number, −1 for null and for values that only the synthetic column has; absent where most values differ or all are equal. */
function codedColumn(real: SharedColumn, synthetic: SharedColumn, rows: number): CodedColumn | undefined {
  const places = new Map<number, number>()
  const counts: number[] = []
  const codes = new Int32Array(rows).fill(-1)
  const values = real.storage === 'codes' ? real.codes : real.values
  const isNull = (value: number) => (real.storage === 'codes' ? value < 0 : Number.isNaN(value))
  for (let row = 0; row < rows; row++) {
    const value = values[row]!
    if (isNull(value)) continue
    const place = places.get(value) ?? places.size
    places.set(value, place)
    counts[place] = (counts[place] ?? 0) + 1
    codes[row] = place
    if (places.size > rows / leastRowsOfValue) return undefined
  }
  if (places.size < 2) return undefined
  const others = synthetic.storage === 'codes' ? synthetic.codes : synthetic.values
  return {
    real: codes,
    synthetic: Int32Array.from(others, value => (isNull(value) ? -1 : (places.get(value) ?? -1))),
    values: places.size,
    mostFrequent: Math.max(...counts) / rows,
  }
}

function determinedShare(one: CodedColumn, other: CodedColumn): number | undefined {
  if (other.mostFrequent > mostOfOneValue) return undefined
  const determined = new Int32Array(one.values).fill(-1)
  for (let row = 0; row < one.real.length; row++) {
    const value = one.real[row]!
    const partner = other.real[row]!
    if (value < 0 || partner < 0) continue
    if (determined[value] === -1) determined[value] = partner
    else if (determined[value] !== partner) return undefined
  }
  let obeyed = 0
  let spoken = 0
  one.synthetic.forEach((value, row) => {
    if (value < 0 || determined[value]! < 0 || other.synthetic[row]! < 0) return
    spoken++
    if (determined[value] === other.synthetic[row]) obeyed++
  })
  return spoken === 0 ? undefined : obeyed / spoken
}

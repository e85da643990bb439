/** Puts labelled faults into a table of sensor readings: the table with a column of labels, and the table of intervals. */
import { CultivarError } from '../../../model/error.ts'
import { randomStream } from '../../../stats/random-stream.ts'
import { nearestName } from '../../../text/nearest-name.ts'
import type { CategoryColumn, Column, NumberColumn, Table } from '../../table.ts'
import { takeValues } from '../../take-rows.ts'
import { distortReadings } from './distort-readings.ts'
import type { FaultChoice } from './fault-choice.ts'
import { faultIntervals, intervalDictionaries, type PlacedFault } from './fault-intervals.ts'
import { labelFaults } from './label-faults.ts'
import { type PlannedFault, planFaults } from './plan-faults.ts'
import { type ReadingOrder, readingOrder } from './reading-order.ts'

export interface InjectOptions {
  /** The column that says when; default: rows are in order of time, and intervals are told by row numbers, from 1. */
  time?: string
  /** The column that says which machine; default: there is one. */
  entity?: string
  faults: readonly FaultChoice[]
  seed: number | string
  /** What the column of labels is called; default: `fault`. */
  label?: string
}

export interface InjectedFaults {
  /** Rows and columns as they were, and the column of labels last: empty where there is no fault. */
  table: Table
  /** One row a fault: entity, sensor, fault, from, to (its first and its last reading), readings, magnitude. */
  intervals: Table
  notes: string[]
}

/** Most digits after the point that are looked for in a column which does not say how many it has. */
const mostDecimals = 9

/**
 * Outside of the intervals every value stays the very same number. Faults of one sensor never overlap; faults of several may, and
 * such readings have all of them as their label, joined by ` + `.
 *
 * @throws CultivarError `bad-input` where a column is not there, is not of numbers or never varies, or no fault is chosen.
 */
export function injectFaults(
  table: Table,
  { time, entity, faults, seed, label = 'fault' }: InjectOptions,
): InjectedFaults {
  if (faults.length === 0)
    throw new CultivarError('bad-input', 'No fault is chosen.', 'Choose one, such as drift:COLUMN.')
  if (table.rows === 0)
    throw new CultivarError('bad-input', `“${table.name}” has no rows.`, 'Choose a table with readings.')
  if (table.columns.some(({ name }) => name === label))
    throw new CultivarError(
      'bad-input',
      `“${table.name}” has a column “${label}” already.`,
      'Give the column of labels another name (--label).',
    )
  const order = readingOrder(table, {
    ...(time !== undefined && { time: columnNamed(table, time) }),
    ...(entity !== undefined && { entity: columnNamed(table, entity) }),
  })
  const sensors = new Map(faults.map(choice => [choice.column, sensorNamed(table, choice.column, [time, entity])]))
  const spreads = new Map([...sensors.values()].map(sensor => [sensor.name, spreadOf(sensor, order)]))
  for (const choice of faults) requireSpread(choice, spreads.get(choice.column)!)

  const plan = planFaults(order.readings, faults, { random: randomStream(seed).fork('faults') })
  const magnitudes = new Map<PlannedFault, number | undefined>()
  const columns = new Map<string, NumberColumn>()
  for (const [name, sensor] of sensors) {
    const own = plan.faults.filter(({ choice }) => choice.column === name)
    columns.set(name, { ...sensor, values: distorted(sensor, own, order, spreads.get(name)!, magnitudes) })
  }
  const placed = plan.faults.map(fault => ({ ...fault, magnitude: magnitudes.get(fault) }))
  const labels = labelColumn(label, table.rows, plan.faults, order)
  return {
    table: { ...table, columns: [...table.columns.map(column => columns.get(column.name) ?? column), labels] },
    intervals: intervalTable(`${table.name}_faults`, placed, faults, order),
    notes: [...order.notes, ...plan.notes],
  }
}

function columnNamed(table: Table, name: string): Column {
  const found = table.columns.find(column => column.name === name)
  if (found) return found
  const names = table.columns.map(column => column.name)
  const near = nearestName(name, names)
  throw new CultivarError(
    'bad-input',
    `“${table.name}” has no column “${name}”.`,
    near === undefined
      ? `Its columns: ${names.join(', ')}.`
      : `Did you mean “${near}”? Its columns: ${names.join(', ')}.`,
    { name, near },
  )
}

function sensorNamed(table: Table, name: string, taken: (string | undefined)[]): NumberColumn {
  const column = columnNamed(table, name)
  const isSensor = (each: Column): each is NumberColumn =>
    (each.type === 'integer' || each.type === 'decimal') && !taken.includes(each.name)
  if (isSensor(column)) return column
  const sensors = table.columns.filter(isSensor).map(each => each.name)
  throw new CultivarError(
    'bad-input',
    `“${name}” cannot have a fault: it is ${taken.includes(name) ? 'the time or the entity' : `of type ${column.type}`}.`,
    sensors.length === 0 ? 'The table has no column of numbers.' : `Columns of numbers: ${sensors.join(', ')}.`,
    { name },
  )
}

function requireSpread(choice: FaultChoice, spread: number): void {
  if (!('size' in choice) || choice.units === 'own' || spread > 0) return
  throw new CultivarError(
    'bad-input',
    `“${choice.column}” never varies within an entity, so that the size of its fault ${choice.kind} says nothing.`,
    'Give the size in the column’s own unit: units=own,size=…',
    { column: choice.column },
  )
}

/** The standard deviation within an entity, pooled over all. */
function spreadOf({ values }: NumberColumn, order: ReadingOrder): number {
  let [squares, freedom] = [0, 0]
  for (let entity = 0; entity < order.readings.length; entity++) {
    let [count, mean, own] = [0, 0, 0]
    for (const row of order.rowsOf(entity)) {
      const value = values[row]!
      if (Number.isNaN(value)) continue
      const off = value - mean
      mean += off / ++count
      own += off * (value - mean)
    }
    squares += own
    freedom += Math.max(0, count - 1)
  }
  return freedom === 0 ? 0 : Math.sqrt(squares / freedom)
}

/** The sensor’s values with its faults; their magnitudes go to `magnitudes`. */
function distorted(
  sensor: NumberColumn,
  faults: PlannedFault[],
  order: ReadingOrder,
  spread: number,
  magnitudes: Map<PlannedFault, number | undefined>,
): Float64Array {
  const values = sensor.values.slice()
  const decimals = sensor.type === 'integer' ? 0 : (sensor.decimals ?? decimalsOf(sensor.values))
  for (const [entity, own] of Map.groupBy(faults, fault => fault.entity)) {
    const rows = order.rowsOf(entity)
    const clean = new Float64Array(rows.length)
    for (let at = 0; at < rows.length; at++) clean[at] = sensor.values[rows[at]!]!
    const readings = distortReadings(clean, own, { spread, decimals })
    own.forEach(({ from, to }, place) => {
      magnitudes.set(own[place]!, readings.magnitudes[place])
      for (let at = from; at < to; at++) values[rows[at]!] = readings.values[at]!
    })
  }
  return values
}

/** Fewest digits after the point that give every value back. */
function decimalsOf(values: Float64Array): number {
  let decimals = 0
  let scale = 1
  for (const value of values) {
    while (decimals < mostDecimals && !Number.isNaN(value) && Math.round(value * scale) / scale !== value)
      scale = 10 ** ++decimals
  }
  return decimals
}

function labelColumn(name: string, rows: number, faults: PlannedFault[], order: ReadingOrder): CategoryColumn {
  const codes = new Int32Array(rows).fill(-1)
  const dictionary: string[] = []
  const codeOf = new Map<string, number>()
  for (const { entity, from, to, label } of labelFaults(faults)) {
    const code = codeOf.get(label) ?? dictionary.push(label) - 1
    codeOf.set(label, code)
    const own = order.rowsOf(entity)
    for (let at = from; at < to; at++) codes[own[at]!] = code
  }
  return { storage: 'codes', name, type: 'category', codes, dictionary }
}

function intervalTable(
  name: string,
  faults: PlacedFault[],
  choices: readonly FaultChoice[],
  order: ReadingOrder,
): Table {
  const first = Int32Array.from(faults, ({ entity, from }) => order.rowsOf(entity)[from]!)
  const last = Int32Array.from(faults, ({ entity, to }) => order.rowsOf(entity)[to - 1]!)
  const when = (rows: Int32Array): NumberColumn =>
    order.time
      ? (takeValues(order.time, rows) as NumberColumn)
      : { storage: 'numbers', name: 'row', type: 'integer', values: Float64Array.from(rows, row => row + 1) }
  return faultIntervals(name, faults, intervalDictionaries(choices), {
    ...(order.entity && { entity: takeValues(order.entity, first) }),
    ...{ from: when(first), to: when(last) },
  })
}

/** Whether series run as the real ones do: how long, how steadily, with what trend, and which sensors move together. */
import { CultivarError } from '../../model/error.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import type { Table } from '../table.ts'
import { kolmogorovSmirnovDistance } from './column-shapes.ts'
import { meanOf, orNull } from './mean-of.ts'
import type { Measuring } from './measuring.ts'
import { correlationOf } from './pair-trends.ts'
import { type SharedTable, textsOf } from './shared-tables.ts'
import { spreadRows } from './spread-rows.ts'

export interface SeriesColumns {
  time: string
  /** Names the machine or person a row belongs to; absent: all rows are one series. */
  entity?: string
}

/** Means over entities; null where none has enough rows that differ. */
export interface RealAndSynthetic {
  real: number | null
  synthetic: number | null
}

export interface SeriesLikeness extends SeriesColumns {
  entities: { real: number; synthetic: number }
  /** KSComplement of how many rows each entity has. */
  lengths: { score: number | null } & RealAndSynthetic
  /** KSComplement of the time between rows that follow one another. */
  timeSteps: number | null
  sensors: {
    column: string
    /** Correlation of a value with the next one. */
    lagOne: RealAndSynthetic
    /** Correlation with the row’s place in its series. */
    trend: RealAndSynthetic
    /** KSComplement of the change from one row to the next. */
    changes: number | null
  }[]
  /** Correlations of two sensors within an entity: the mean and the greatest of their differences. */
  crossCorrelations: {
    meanDifference: number | null
    greatest: { columns: [string, string]; real: number; synthetic: number }[]
  }
}

const leastRows = 5
const mostSensors = 40
const mostChanges = 200_000
const mostShown = 8

/** @throws CultivarError `not-found` where a table has no such column. */
export function seriesLikeness(
  tables: { real: Table; synthetic: Table },
  shared: { real: SharedTable; synthetic: SharedTable },
  columns: SeriesColumns,
  { random, signal }: Measuring,
): SeriesLikeness {
  const [real, synthetic] = (['real', 'synthetic'] as const).map(side =>
    openSeries(tables[side], shared[side], columns),
  ) as [Series, Series]
  signal?.throwIfAborted()
  const changes = (series: Float64Array[]) => changesOf(series, random.fork('changes'))
  const sensors = real.sensors.map(({ name, values }, at) => {
    const others = synthetic.sensors[at]!.values
    return {
      column: name,
      lagOne: bothMeans([values, others], each => correlationOf(each.subarray(0, -1), each.subarray(1))),
      trend: bothMeans([values, others], each => correlationOf(each, Float64Array.from(each.keys()))),
      changes: likeness(changes(values), changes(others)),
    }
  })
  signal?.throwIfAborted()
  const lengths = [real, synthetic].map(({ times }) => Float64Array.from(times, ({ length }) => length))
  return {
    ...columns,
    entities: { real: real.times.length, synthetic: synthetic.times.length },
    lengths: {
      score: columns.entity === undefined ? null : likeness(lengths[0]!, lengths[1]!),
      real: meanOf([...lengths[0]!]),
      synthetic: meanOf([...lengths[1]!]),
    },
    timeSteps: likeness(changes(real.times), changes(synthetic.times)),
    sensors,
    crossCorrelations: crossCorrelations(real, synthetic),
  }
}

interface Series {
  /** Of each entity, in order of time. */
  times: Float64Array[]
  sensors: { name: string; values: Float64Array[] }[]
}

function openSeries(table: Table, shared: SharedTable, { time, entity }: SeriesColumns): Series {
  // Rows without a time come last.
  const times = numbersOf(table, time).map(value => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value))
  const names = entity === undefined ? undefined : entityNames(table, entity)
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row)
  const places = new Map<string | null, number[]>()
  for (const row of rows.sort((a, b) => times[a]! - times[b]! || a - b)) {
    const name = names?.[row] ?? null
    const group = places.get(name)
    if (group) group.push(row)
    else places.set(name, [row])
  }
  const groups = [...places.values()]
  const valuesOf = (values: Float64Array) => groups.map(group => Float64Array.from(group, row => values[row]!))
  const sensors = shared.columns
    .flatMap(column => (column.storage === 'numbers' && column.name !== time && column.name !== entity ? [column] : []))
    .slice(0, mostSensors)
    .map(({ name, values }) => ({ name, values: valuesOf(values) }))
  return { times: valuesOf(times), sensors }
}

function crossCorrelations(real: Series, synthetic: Series): SeriesLikeness['crossCorrelations'] {
  const pairs = real.sensors.flatMap((one, at) =>
    real.sensors.slice(at + 1).flatMap((other, after) => {
      const [a, b] = [real, synthetic].map(({ sensors }) =>
        meanCorrelation(sensors[at]!.values, sensors[at + 1 + after]!.values),
      )
      return a === null || b === null || a === undefined || b === undefined
        ? []
        : [{ columns: [one.name, other.name] as [string, string], real: a, synthetic: b }]
    }),
  )
  const difference = (pair: { real: number; synthetic: number }) => Math.abs(pair.real - pair.synthetic)
  return {
    meanDifference: meanOf(pairs.map(difference)),
    greatest: pairs.sort((a, b) => difference(b) - difference(a)).slice(0, mostShown),
  }
}

function meanCorrelation(one: Float64Array[], other: Float64Array[]): number | null {
  return meanOf(one.map((values, at) => (values.length < leastRows ? null : orNull(correlationOf(values, other[at]!)))))
}

function bothMeans(
  sides: [Float64Array[], Float64Array[]],
  measure: (values: Float64Array) => number,
): RealAndSynthetic {
  const [real, synthetic] = sides.map(side =>
    meanOf(side.map(values => (values.length < leastRows ? null : orNull(measure(values))))),
  )
  return { real: real!, synthetic: synthetic! }
}

function changesOf(series: Float64Array[], random: RandomStream): Float64Array {
  const changes = Float64Array.from(
    series.flatMap(values => Array.from(values.subarray(1), (value, at) => value - values[at]!)),
  )
  return Float64Array.from(spreadRows(changes.length, mostChanges, random), at => changes[at]!)
}

function likeness(one: Float64Array, other: Float64Array): number | null {
  return orNull(1 - kolmogorovSmirnovDistance(one, other))
}

function numbersOf(table: Table, name: string): Float64Array {
  const column = columnOf(table, name)
  if (column.storage === 'numbers') return column.values
  return Float64Array.from(textsOf(column), text =>
    text === null ? Number.NaN : Number.isNaN(Number(text)) ? Date.parse(text) : Number(text),
  )
}

function entityNames(table: Table, name: string): (string | null)[] {
  return textsOf(columnOf(table, name))
}

function columnOf(table: Table, name: string) {
  const column = table.columns.find(each => each.name === name)
  if (column) return column
  throw new CultivarError(
    'not-found',
    `The table “${table.name}” has no column “${name}”.`,
    `Its columns are ${table.columns.map(each => each.name).join(', ')}.`,
  )
}

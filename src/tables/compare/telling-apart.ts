/** Whether a model can tell synthetic rows from real ones, and by which columns. */
import { areaUnderCurve } from '../../learning/tabular/area-under-curve.ts'
import { fitBoosted } from '../../learning/tabular/boosted-trees.ts'
import { type Features, type TabularModel, takeRows } from '../../learning/tabular/features.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import { takeTableRows } from '../take-rows.ts'
import type { Measuring } from './measuring.ts'
import type { SharedTable } from './shared-tables.ts'
import { spreadRows } from './spread-rows.ts'
import { stackedTables } from './stacked-tables.ts'
import { sharedFeatures } from './table-features.ts'

export interface TellingApart {
  /** Area under the curve of boosted trees on rows they were not trained on: ½ cannot tell, 1 always can. */
  areaUnderCurve: number
  /** Rows of each kind; half of them trained the model. */
  rows: number
  /** How much of it is lost when a column’s values are shuffled, greatest first; those that lose something. */
  columns: { column: string; lost: number }[]
}

const mostRows = 16_000
/** Of wide tables fewer rows are looked at. */
const mostCells = 1e6
const leastRows = 40
const rounds = 60
/** Less is chance. */
const leastLost = 0.004
/** Where the model tells no more than this, no column gives anything away. */
const leastTold = 0.55
/** Test rows whose columns are shuffled. */
const mostShuffled = 6000
const mostLookups = 2e8

/** Absent where there are too few rows. */
export function tellingApart(
  real: SharedTable,
  synthetic: SharedTable,
  measuring: Measuring,
): TellingApart | undefined {
  const affordable = Math.max(leastRows, Math.floor(mostCells / Math.max(1, real.columns.length)))
  const rows = Math.min(real.rows, synthetic.rows, mostRows, affordable)
  if (rows < leastRows || real.columns.length === 0) return undefined
  const random = measuring.random.fork('telling apart')
  const some = [real, synthetic].map((table, at) =>
    takeTableRows(table, shuffledRows(table.rows, random.fork(at)).slice(0, rows)),
  )
  const all = stackedTables(some[0]!, some[1]!)
  // Of each kind the first half trains and the second tests.
  const isTest = (row: number) => row % rows >= rows / 2
  const places = Int32Array.from({ length: all.rows }, (_, row) => row)
  const [train, test] = [places.filter(row => !isTest(row)), places.filter(isTest)]
  const [ofTrain, ofTest] = sharedFeatures([takeTableRows(all, train), takeTableRows(all, test)]) as [
    Features,
    Features,
  ]
  const [toLearn, toFind] = [train, test].map(chosen => chosen.map(row => Number(row >= rows)))
  const model = fitBoosted(ofTrain, { codes: toLearn!, classes: 2 }, { rounds })
  const whole = areaUnderCurve(model.scores(ofTest), toFind!)
  const columns = whole < leastTold ? [] : columnsThatTell(model, ofTest, toFind!, measuring)
  return {
    areaUnderCurve: whole,
    rows,
    columns,
  }
}

function columnsThatTell(model: TabularModel, test: Features, kinds: Int32Array, { random, signal }: Measuring) {
  // Each column costs a look at all of them.
  const affordable = Math.max(leastRows, Math.floor(mostLookups / test.columns.length ** 2))
  const rows = spreadRows(test.rows, Math.min(mostShuffled, affordable), random.fork('shuffled'))
  const [some, found] = [takeRows(test, rows), rows.map(row => kinds[row]!)]
  const areaOf = (features: Features) => areaUnderCurve(model.scores(features), found)
  const whole = areaOf(some)
  return some.columns
    .map(({ name }, at) => {
      signal?.throwIfAborted()
      return { column: name, lost: whole - areaOf(withShuffled(some, at, random.fork(name))) }
    })
    .filter(({ lost }) => lost >= leastLost)
    .sort((a, b) => b.lost - a.lost)
}

function withShuffled({ rows, columns }: Features, at: number, random: RandomStream): Features {
  const order = shuffledRows(rows, random)
  const column = columns[at]!
  const shuffled =
    'codes' in column
      ? { ...column, codes: order.map(row => column.codes[row]!) }
      : { ...column, values: Float64Array.from(order, row => column.values[row]!) }
  return { rows, columns: columns.with(at, shuffled) }
}

function shuffledRows(rows: number, random: RandomStream): Int32Array {
  return Int32Array.from(random.shuffle(Array.from({ length: rows }, (_, row) => row)))
}

/** What can be learned from the tables of a run: models trained on its first steps and tried on its last ones. */
import { areaUnderCurve } from '../../learning/tabular/area-under-curve.ts'
import { fitBoosted } from '../../learning/tabular/boosted-trees.ts'
import { type Features, type TabularModel, takeRows } from '../../learning/tabular/features.ts'
import { fitLogistic } from '../../learning/tabular/logistic-regression.ts'
import { precisionRecall } from '../../learning/tabular/precision-recall.ts'
import { CultivarError } from '../../model/error.ts'
import type { LearningTask } from '../../simulations/simulation.ts'
import { stepColumn } from '../../simulations/table-recorder.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { listTables } from '../../table-files/list-tables.ts'
import { readTable } from '../../table-files/read-table.ts'
import { type LearningTable, tableFeatures } from '../../tables/compare/table-features.ts'
import type { Table } from '../../tables/table.ts'
import { takeTableRows } from '../../tables/take-rows.ts'

/** One class against all others, on the rows of the test. */
export interface ClassScores {
  class: string
  rows: number
  /** Null where the test has none of the class, or nothing else. */
  areaUnderCurve: number | null
  averagePrecision: number | null
  /** Chosen within the training part; rows that score as much or more are called of the class. */
  threshold: number
  precision: number
  recall: number
}

export interface LearnedReport {
  table: string
  target: string
  /** The last step of the training part. */
  trainedUntil: number
  /** The step after which rows are tested: later than the training part, where the target looks ahead. */
  testedAfter: number
  trainRows: number
  testRows: number
  /** Rows without a target, which are left out: what came of them is not known. */
  unknownRows: number
  /** Each with the scores of `true`, of two classes the second, or of each of several. */
  models: { model: 'logistic regression' | 'boosted trees'; classes: ClassScores[] }[]
  /** By how much the area under the curve of boosted trees falls when a column's values are put in random order; most first. */
  mattered: { column: string; fall: number }[]
}

const trainShare = 0.7
/** Of the training part: what comes after it chooses the thresholds. */
const fitShare = 0.8
/** More rows of a table are sampled: enough for figures of three digits. */
const mostRows = 200_000
const mostMattering = 8
/** Rows of the test that columns are shuffled on. */
const mostShuffled = 20_000

/**
 * Reads the table of the task from a folder (or a database) that a run has written.
 *
 * @throws CultivarError `not-found` where it has no such table, and as `learnFrom`.
 */
export async function learnFromFolder(folder: string, task: LearningTask): Promise<LearnedReport> {
  const listed = await listTables(folder)
  const found = listed.find(({ name }) => name === task.table)
  if (!found) {
    throw new CultivarError(
      'not-found',
      `There is no table “${task.table}” to learn from in ${folder}.`,
      `Its tables are ${listed.map(({ name }) => name).join(', ')}.`,
    )
  }
  const { table } = await readTable(found.address, { sampleRows: mostRows })
  return learnFrom(table, task)
}

/**
 * Trains on the first 70 % of the steps and tests on the rest. Rows whose target looks ahead beyond their part are left out of it, so that
 * nothing is learned from what comes later. The same table gives the same report.
 *
 * @throws CultivarError `bad-input` where a part has fewer than two classes; `not-found` without the target or the steps.
 */
export function learnFrom(table: Table, task: LearningTask): LearnedReport {
  const steps = table.columns.find(({ name }) => name === stepColumn)
  if (steps?.storage !== 'numbers') {
    throw new CultivarError(
      'not-found',
      `Table “${table.name}” has no column “${stepColumn}”.`,
      'Learn from the tables as a run writes them: the steps part what is learned from what is tested.',
    )
  }
  const [first, last] = endsOf(steps.values)
  const { aheadSteps = 0 } = task
  const testedAfter = Math.floor(first + trainShare * (last - first))
  const trainedUntil = testedAfter - aheadSteps
  const chosenAfter = first + fitShare * (trainedUntil - first)
  const columns = table.columns.filter(({ name }) => name !== stepColumn && !task.leaveOut.includes(name))
  const between = (from: number, to: number): Table => {
    const rows = Int32Array.from(steps.values.keys()).filter(row => {
      const step = steps.values[row]!
      return step > from && step <= to
    })
    return takeTableRows({ name: table.name, columns }, rows)
  }
  const { NEGATIVE_INFINITY: start, POSITIVE_INFINITY: end } = Number
  const { train, others, classes } = tableFeatures(
    between(start, trainedUntil),
    [
      between(start, chosenAfter - aheadSteps),
      between(chosenAfter, trainedUntil),
      between(trainedUntil, testedAfter),
      between(testedAfter, end),
    ],
    task.target,
  )
  const [fitted, choosing, leftOut, test] = others as [LearningTable, LearningTable, LearningTable, LearningTable]
  checkClasses([train, test], classes, task)
  const judged = classesJudged(classes!)
  const models = learners.map(({ name, learn }) => {
    const thresholds = thresholdsOf(learn(fitted), choosing, judged)
    const model = learn(train)
    return { name, model, classes: scoresOf(model, test, judged, thresholds) }
  })
  return {
    table: table.name,
    target: task.target,
    ...{ trainedUntil, testedAfter },
    trainRows: train.features.rows,
    testRows: test.features.rows,
    unknownRows: table.rows - train.features.rows - leftOut.features.rows - test.features.rows,
    models: models.map(({ name, classes }) => ({ model: name, classes })),
    mattered: whatMattered(models.at(-1)!.model, test, judged),
  }
}

const learners = [
  {
    name: 'logistic regression' as const,
    learn: (table: LearningTable) => fitLogistic(table.features, codesOf(table)),
  },
  {
    name: 'boosted trees' as const,
    learn: (table: LearningTable) =>
      fitBoosted(table.features, codesOf(table), { rounds: 80, rate: 0.06, leaves: 8, leastRows: 200 }),
  },
]

/** A class that is told from the others: its name, its code, and which output of a model scores it. */
interface JudgedClass {
  name: string
  code: number
  output: number
}

function classesJudged(classes: readonly string[]): JudgedClass[] {
  if (classes.length > 2) return classes.map((name, code) => ({ name, code, output: code }))
  // A boolean is read as 0 and 1.
  const name = classes[1] === '1' ? 'true' : classes[1]!
  return [{ name, code: 1, output: 0 }]
}

function thresholdsOf(model: TabularModel, table: LearningTable, judged: readonly JudgedClass[]): number[] {
  const scores = model.scores(table.features)
  return judged.map(({ code, output }) => {
    const { bestThreshold } = precisionRecall(outputOf(scores, model, output), isClass(table, code))
    return Number.isFinite(bestThreshold) ? bestThreshold : 0.5
  })
}

function scoresOf(
  model: TabularModel,
  table: LearningTable,
  judged: readonly JudgedClass[],
  thresholds: readonly number[],
): ClassScores[] {
  const all = model.scores(table.features)
  return judged.map(({ name, code, output }, at) => {
    const scores = outputOf(all, model, output)
    const positives = isClass(table, code)
    const threshold = thresholds[at]!
    let [called, right, rows] = [0, 0, 0]
    for (let row = 0; row < scores.length; row++) {
      const isCalled = Number(scores[row]! >= threshold)
      called += isCalled
      right += isCalled * positives[row]!
      rows += positives[row]!
    }
    return {
      class: name,
      rows,
      areaUnderCurve: known(areaUnderCurve(scores, positives)),
      averagePrecision: known(precisionRecall(scores, positives).averagePrecision),
      threshold,
      precision: called === 0 ? 0 : right / called,
      recall: rows === 0 ? 0 : right / rows,
    }
  })
}

/** Permutation importance (Breiman 2001) by the mean area under the curve over the classes. */
function whatMattered(model: TabularModel, test: LearningTable, judged: readonly JudgedClass[]) {
  const stride = Math.ceil(test.features.rows / mostShuffled)
  const rows = Uint32Array.from({ length: Math.ceil(test.features.rows / stride) }, (_, at) => at * stride)
  const features = takeRows(test.features, rows)
  const table = {
    features,
    target: { ...codesOf(test), codes: codesOf(test).codes.filter((_, row) => row % stride === 0) },
  }
  const area = (changed: Features) => {
    const scores = model.scores(changed)
    const areas = judged
      .map(({ code, output }) => areaUnderCurve(outputOf(scores, model, output), isClass(table, code)))
      .filter(one => !Number.isNaN(one))
    return areas.reduce((sum, one) => sum + one, 0) / areas.length
  }
  const whole = area(features)
  const order = randomStream('what-mattered').shuffle(Array.from({ length: features.rows }, (_, row) => row))
  return features.columns
    .map(({ name }, at) => {
      const shuffled = takeRows({ rows: features.rows, columns: [features.columns[at]!] }, order).columns[0]!
      return { column: name, fall: whole - area({ ...features, columns: features.columns.with(at, shuffled) }) }
    })
    .sort((one, other) => other.fall - one.fall)
    .slice(0, mostMattering)
}

function checkClasses(parts: LearningTable[], classes: string[] | undefined, { table, target }: LearningTask): void {
  const isLearnable =
    classes !== undefined && classes.length >= 2 && parts.every(part => new Set(codesOf(part).codes).size >= 2)
  if (isLearnable) return
  throw new CultivarError(
    'bad-input',
    `Column “${target}” of table “${table}” does not differ in both parts of the run, so nothing can be learned of it.`,
    `Run more steps: the first ${100 * trainShare} % train the models, the rest tests them.`,
  )
}

function codesOf({ target }: LearningTable) {
  return 'codes' in target ? target : { codes: new Int32Array(), classes: 0 }
}

function isClass(table: LearningTable, code: number): Uint8Array {
  return Uint8Array.from(codesOf(table).codes, one => Number(one === code))
}

function outputOf(scores: Float64Array, { outputs }: TabularModel, output: number): Float64Array {
  return outputs === 1 ? scores : scores.filter((_, at) => at % outputs === output)
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function endsOf(values: Float64Array): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return [least, most]
}

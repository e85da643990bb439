/** Whether a model trained on synthetic rows does as well on real ones as a model trained on real rows does. */
import { areaUnderCurve } from '../../learning/tabular/area-under-curve.ts'
import { fitBoosted } from '../../learning/tabular/boosted-trees.ts'
import { type ClassTarget, predictedClasses, type TabularModel, type Target } from '../../learning/tabular/features.ts'
import { fitLogistic } from '../../learning/tabular/logistic-regression.ts'
import { CultivarError } from '../../model/error.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { takeTableRows } from '../take-rows.ts'
import type { Measuring } from './measuring.ts'
import type { PairTrend } from './pair-trends.ts'
import type { SharedColumn, SharedTable } from './shared-tables.ts'
import { spreadRows } from './spread-rows.ts'
import { type LearningTable, tableFeatures } from './table-features.ts'

interface ModelScores {
  /** Share of rows whose class was found; of numbers, R²: the share of their variance that is explained. */
  main: number
  /** Of two classes, or the mean of each against the others. */
  areaUnderCurve: number | null
}

export interface LearningEfficacy {
  target: string
  /** Whether the target was chosen here, not given. */
  proposed: boolean
  measure: 'accuracy' | 'R²'
  /** Of the hold-out or, without one, of a third of the real rows, which then did not train on real rows. */
  testedOn: 'holdout' | 'real'
  trainRows: number
  testRows: number
  /** What always giving the most frequent class, or the mean, scores. */
  withoutModel: number
  models: { model: 'logistic regression' | 'boosted trees'; real: ModelScores; synthetic: ModelScores }[]
}

const mostTrained = 32_000
const mostTested = 20_000
/** Of wide tables fewer rows train. */
const mostCells = 1e6
const leastRows = 60
const leastOfClass = 20
const mostProposedClasses = 10
const mostClasses = 50

/**
 * Trains on real and on synthetic rows, as many of each, and tests on other real ones. Absent where there are too few rows, or no column
 * worth predicting. @throws CultivarError `not-found` where `target` is not a column that can be compared.
 */
export function learningEfficacy(
  real: SharedTable,
  synthetic: SharedTable,
  holdout: SharedTable | undefined,
  { target, pairs, random, signal }: Measuring & { target?: string; pairs: readonly PairTrend[] },
): LearningEfficacy | undefined {
  if (target !== undefined) checkTarget(real, target)
  const predicted = target ?? proposedTarget(real, pairs)
  const tested = holdout && holdout.rows >= leastOfClass ? holdout : undefined
  if (predicted === undefined || Math.min(real.rows, synthetic.rows) < leastRows) return undefined
  const [forTraining, forTest]: [SharedTable, SharedTable] = tested ? [real, tested] : divided(real, random)
  const some = (table: SharedTable, most: number) =>
    takeTableRows(table, spreadRows(table.rows, most, random.fork('learning')))
  const affordable = Math.max(leastRows, Math.floor(mostCells / real.columns.length))
  const rows = Math.min(forTraining.rows, synthetic.rows, mostTrained, affordable)
  const tables = tableFeatures(
    some(forTraining, rows),
    [some(synthetic, rows), some(forTest, Math.min(mostTested, 2 * affordable))],
    predicted,
  )
  const [ofSynthetic, test] = tables.others as [LearningTable, LearningTable]
  const ofReal = tables.train
  if (test.features.rows === 0 || ofReal.features.rows === 0 || ofSynthetic.features.rows === 0) return undefined
  if (tables.classes && (tables.classes.length > mostClasses || tables.classes.length < 2)) return undefined
  const learners = tables.classes ? [logistic, boosting] : [boosting]
  return {
    target: predicted,
    proposed: target === undefined,
    measure: tables.classes ? 'accuracy' : 'R²',
    testedOn: tested ? 'holdout' : 'real',
    trainRows: rows,
    testRows: test.features.rows,
    withoutModel: tables.classes ? mostFrequentShare(test.target) : 0,
    models: learners.map(({ name, learn }) => {
      const [onReal, onSynthetic] = [ofReal, ofSynthetic].map(train => {
        signal?.throwIfAborted()
        return scoresOf(learn(train), test)
      })
      return { model: name, real: onReal!, synthetic: onSynthetic! }
    }),
  }
}

/**
 * The column a data scientist would likely predict: one of few classes that hangs together most with the others, where the last column
 * and columns of two classes come first. Else the number that does.
 */
function proposedTarget(real: SharedTable, pairs: readonly PairTrend[]): string | undefined {
  const strength = (name: string) =>
    pairs
      .filter(({ columns, real: together }) => columns.includes(name) && Math.abs(together ?? 0) < 0.98)
      .reduce((sum, { real: together }) => sum + Math.abs(together ?? 0), 0)
  const classes = real.columns.flatMap((column, at) => {
    const counts = classCounts(column)
    if (counts.length < 2 || counts.length > mostProposedClasses || Math.min(...counts) < leastOfClass) return []
    const likely = (at === real.columns.length - 1 ? 1.5 : 1) * (counts.length === 2 ? 1.25 : 1)
    return [{ name: column.name, worth: likely * strength(column.name) }]
  })
  const numbers = real.columns
    .filter(({ storage }) => storage === 'numbers')
    .map(({ name }) => ({ name, worth: strength(name) }))
  const candidates = classes.some(({ worth }) => worth > 0) ? classes : numbers
  const best = candidates.sort((a, b) => b.worth - a.worth)[0]
  return best && best.worth > 0 ? best.name : undefined
}

const logistic = {
  name: 'logistic regression' as const,
  learn: ({ features, target }: LearningTable) => fitLogistic(features, target as ClassTarget),
}

const boosting = {
  name: 'boosted trees' as const,
  /** A round has a tree a class: many classes have fewer rounds. */
  learn: ({ features, target }: LearningTable) =>
    fitBoosted(features, target, {
      rounds: 'classes' in target && target.classes > 2 ? Math.max(10, Math.floor(200 / target.classes)) : 100,
    }),
}

function scoresOf(model: TabularModel, { features, target }: LearningTable): ModelScores {
  const scores = model.scores(features)
  if ('values' in target) return { main: varianceExplained(scores, target.values), areaUnderCurve: null }
  const { codes } = target
  const right = predictedClasses(model, scores).reduce((sum, code, row) => sum + Number(code === codes[row]), 0)
  const areas = Array.from({ length: model.outputs }, (_, output) =>
    areaUnderCurve(
      codes.length === scores.length
        ? scores
        : Float64Array.from(codes, (_, row) => scores[row * model.outputs + output]!),
      codes.map(code => Number(code === (model.outputs === 1 ? 1 : output))),
    ),
  ).filter(area => !Number.isNaN(area))
  return {
    main: right / codes.length,
    areaUnderCurve: areas.length === 0 ? null : areas.reduce((sum, area) => sum + area, 0) / areas.length,
  }
}

function varianceExplained(predicted: Float64Array, truth: Float64Array): number {
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length
  const around = truth.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const missed = truth.reduce((sum, value, row) => sum + (value - predicted[row]!) ** 2, 0)
  return around === 0 ? 0 : 1 - missed / around
}

function mostFrequentShare(target: Target): number {
  if ('values' in target) return 0
  const counts = new Float64Array(target.classes)
  for (const code of target.codes) counts[code]!++
  return Math.max(...counts) / target.codes.length
}

/** How many rows have each class; nothing where a column is no class. */
function classCounts(column: SharedColumn): number[] {
  if (column.storage === 'numbers' && column.type !== 'integer') return []
  const counts = new Map<number, number>()
  for (const value of column.storage === 'codes' ? column.codes : column.values) {
    if (column.storage === 'codes' ? value < 0 : Number.isNaN(value)) continue
    counts.set(value, (counts.get(value) ?? 0) + 1)
    if (counts.size > mostProposedClasses) return []
  }
  return [...counts.values()]
}

/** Two thirds and one third. */
function divided(table: SharedTable, random: RandomStream): [SharedTable, SharedTable] {
  const order = random.fork('thirds').shuffle(Array.from({ length: table.rows }, (_, row) => row))
  const cut = Math.ceil((2 * table.rows) / 3)
  return [order.slice(0, cut), order.slice(cut)].map(rows => takeTableRows(table, Int32Array.from(rows))) as [
    SharedTable,
    SharedTable,
  ]
}

function checkTarget({ columns }: SharedTable, target: string): void {
  const names = columns.map(({ name }) => name)
  if (names.includes(target)) return
  const near = nearestName(target, names)
  throw new CultivarError(
    'not-found',
    `There is no column “${target}” to predict.`,
    near === undefined
      ? `Columns are ${names.join(', ')}.`
      : `Did you mean “${near}”? Columns are ${names.join(', ')}.`,
  )
}

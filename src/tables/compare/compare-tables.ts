/** Real tables held against synthetic ones: how alike, how useful, how private, how valid, and what that comes to. */
import { CultivarError } from '../../model/error.ts'
import { randomStream } from '../../stats/random-stream.ts'
import type { Table } from '../table.ts'
import type { TableKeys } from '../table-keys.ts'
import { type ColumnPlot, columnPlots } from './column-plots.ts'
import { type Diagnostics, diagnosticsOf } from './diagnostics.ts'
import { type FoundRule, foundRules } from './found-rules.ts'
import { type LearningEfficacy, learningEfficacy } from './learning-efficacy.ts'
import { meanOf } from './mean-of.ts'
import { type PrivacyMeasures, privacyOf } from './privacy/privacy.ts'
import { type QualityScores, qualityOfShared } from './quality.ts'
import { compareRelations, keyColumns, type RelationComparison } from './related-tables.ts'
import { type SeriesColumns, type SeriesLikeness, seriesLikeness } from './series-likeness.ts'
import { type LeftOut, sharedTables } from './shared-tables.ts'
import { type TellingApart, tellingApart } from './telling-apart.ts'
import { type ThreeWay, threeWay } from './three-way.ts'
import { type Verdict, verdictOf } from './verdict.ts'

export interface CompareOptions {
  /** Real rows the synthetic ones were not learned from, by the names of the real tables. */
  holdout?: Table[]
  /** The column whose prediction shows how useful rows are; `table.column` where there are several tables. Absent: one is proposed. */
  target?: string
  keys?: TableKeys[]
  /** Where rows are series. */
  series?: SeriesColumns
  /** Of what chance decides: which rows train and test, which are looked at where all would take too long. */
  seed: number
  signal?: AbortSignal
  /** How much is done, 0 to 1. */
  observe?: (share: number) => void
}

/** One table of a comparison. */
export interface ComparedTable {
  table: string
  rows: { real: number; synthetic: number; holdout: number }
  leftOut: LeftOut[]
  quality: QualityScores
  threeWay?: ThreeWay
  apart?: TellingApart
  efficacy?: LearningEfficacy
  diagnostics: Diagnostics
  rules: FoundRule[]
  privacy: PrivacyMeasures
  series?: SeriesLikeness
  plots: ColumnPlot[]
}

/** Plain JSON. It holds shares, counts and names of values that at least ten real rows have; no row. */
export interface TableComparison {
  cultivar: 'table comparison'
  version: 1
  verdict: Verdict
  /** SDMetrics’ quality over all tables: the mean of what there is of shapes, trends, cardinality and trends across keys. */
  quality: { score: number | null; scoreOfAllPairs: number | null }
  tables: ComparedTable[]
  relations: RelationComparison[]
  /** Tables that only one side has. */
  unmatched: { real: string[]; synthetic: string[] }
}

const steps = 6

/**
 * Tables are matched by name; one real and one synthetic table are matched whatever they are called.
 * @throws CultivarError `bad-input` where no table is on both sides or a table has no rows; `not-found` for a target or series column.
 */
export function compareTables(real: Table[], synthetic: Table[], options: CompareOptions): TableComparison {
  const single = real.length === 1 && synthetic.length === 1
  const named = (tables: Table[], name: string) => (single ? tables[0] : tables.find(table => table.name === name))
  const matched = real.flatMap(table => {
    const other = named(synthetic, table.name)
    return other ? [{ real: table, synthetic: other, holdout: named(options.holdout ?? [], table.name) }] : []
  })
  if (matched.length === 0) {
    throw new CultivarError(
      'bad-input',
      'No synthetic table has the name of a real one.',
      `Real: ${real.map(({ name }) => name).join(', ')}. Synthetic: ${synthetic.map(({ name }) => name).join(', ')}.`,
    )
  }
  const target = targetIn(real, options.target)
  const tables = matched.map((each, at) =>
    compareTable(each, {
      ...options,
      target: target?.table === each.real.name ? target.column : undefined,
      proposing: target === undefined,
      observe: share => options.observe?.((at + share) / matched.length),
    }),
  )
  const relations = compareRelations(real, synthetic, options.keys ?? [], {
    random: randomStream(options.seed).fork('compare'),
    ...(options.signal && { signal: options.signal }),
  })
  const matchedNames = new Set(matched.flatMap(each => [each.real.name, each.synthetic.name]))
  const unmatched = {
    real: real.map(({ name }) => name).filter(name => !matchedNames.has(name)),
    synthetic: synthetic.map(({ name }) => name).filter(name => !matchedNames.has(name)),
  }
  const comparison = { quality: qualityOfAll(tables, relations), tables, relations, unmatched }
  return { cultivar: 'table comparison', version: 1, verdict: verdictOf(comparison), ...comparison }
}

function compareTable(
  tables: { real: Table; synthetic: Table; holdout?: Table },
  options: CompareOptions & { proposing: boolean; observe: (share: number) => void },
): ComparedTable {
  const { real, synthetic, holdout } = tables
  const { signal, target } = options
  const measuring = { random: randomStream(options.seed).fork('compare').fork(real.name), ...(signal && { signal }) }
  if (real.rows === 0 || synthetic.rows === 0) {
    throw new CultivarError(
      'bad-input',
      `The ${real.rows === 0 ? 'real' : 'synthetic'} table “${real.name}” has no rows.`,
      'Compare tables that have some.',
    )
  }
  const keys = keyColumns(real.name, options.keys ?? [])
  const entity = options.series?.entity
  const all = sharedTables(
    real,
    [synthetic, ...(holdout ? [holdout] : [])],
    entity === undefined ? keys : [...keys, entity],
  )
  const shared = { real: all.real, synthetic: all.others[0]!, ...(holdout && { holdout: all.others[1]! }) }
  let step = 0
  const begin = () => {
    signal?.throwIfAborted()
    options.observe(step++ / steps)
  }
  begin()
  const quality = qualityOfShared(shared.real, shared.synthetic, measuring)
  const { pairs } = quality.trends
  begin()
  const ofThree = threeWay(shared.real, shared.synthetic, measuring)
  begin()
  const apart = tellingApart(shared.real, shared.synthetic, measuring)
  begin()
  const efficacy =
    target !== undefined || options.proposing
      ? learningEfficacy(shared.real, shared.synthetic, shared.holdout, { ...measuring, target, pairs })
      : undefined
  begin()
  const rules = foundRules(shared.real, shared.synthetic, signal)
  begin()
  return {
    table: real.name,
    rows: { real: real.rows, synthetic: synthetic.rows, holdout: holdout?.rows ?? 0 },
    leftOut: all.leftOut,
    quality,
    ...(ofThree && { threeWay: ofThree }),
    ...(apart && { apart }),
    ...(efficacy && { efficacy }),
    diagnostics: diagnosticsOf(real, synthetic, shared, primaryKeyOf(real.name, options.keys)),
    rules,
    privacy: privacyOf(tables, shared, pairs, measuring),
    ...(options.series && { series: seriesLikeness(tables, shared, options.series, measuring) }),
    plots: columnPlots(shared.real, shared.synthetic),
  }
}

/** A key of several columns is not unique column by column. */
function primaryKeyOf(table: string, keys: readonly TableKeys[] = []): string[] {
  const primaryKey = keys.find(each => each.table === table)?.primaryKey ?? []
  return primaryKey.length === 1 ? primaryKey : []
}

/** Which table a target is of; in several tables, the first that has such a column. */
function targetIn(real: Table[], target: string | undefined): { table: string; column: string } | undefined {
  if (target === undefined) return undefined
  const has = ({ columns }: Table, name: string) => columns.some(column => column.name === name)
  for (const table of real) {
    if (has(table, target)) return { table: table.name, column: target }
    const column = target.startsWith(`${table.name}.`) ? target.slice(table.name.length + 1) : undefined
    if (column !== undefined && has(table, column)) return { table: table.name, column }
  }
  return { table: real[0]!.name, column: target }
}

function qualityOfAll(tables: ComparedTable[], relations: RelationComparison[]): TableComparison['quality'] {
  const shapes = meanOf(tables.flatMap(({ quality }) => quality.shapes.columns.map(({ score }) => score)))
  const children = meanOf(relations.map(({ children: { score } }) => score))
  const scoreOver = (counted: (pair: { counts: boolean }) => boolean) => {
    const within = tables.flatMap(({ quality }) => quality.trends.pairs)
    const across = relations.flatMap(relation => relation.across.pairs)
    const [trends, acrossKeys] = [within, across].map(pairs => meanOf(pairs.filter(counted).map(({ score }) => score)))
    return meanOf([shapes, trends!, children, acrossKeys!])
  }
  return { score: scoreOver(({ counts }) => counts), scoreOfAllPairs: scoreOver(() => true) }
}

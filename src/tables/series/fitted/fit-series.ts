/** Learns how the series of a table behave, so that new ones can be drawn that behave alike and copy none. */
import { randomStream } from '../../../stats/random-stream.ts'
import type { Table } from '../../table.ts'
import { nameEntities } from './entity-names.ts'
import { findRegimes } from './find-regimes.ts'
import { calendar } from './find-seasons.ts'
import { type FittedColumns, fitColumns, restsOf } from './fit-columns.ts'
import { fitStates, type States } from './fit-states.ts'
import { fitTraits, type TraitValues } from './fit-traits.ts'
import type { FittedSeries, ScaledColumn, Season, StateColumn } from './fitted-series.ts'
import { ascendingValues } from './marginal.ts'
import { phaseValues } from './phase.ts'
import { rankedTraits } from './ranked-trait.ts'
import { relativeTo } from './score-column.ts'
import { seriesNotes } from './series-notes.ts'
import { type SeriesRows, seriesRows } from './series-rows.ts'
import { type NumbersAlong, type SortedColumns, sortColumns } from './sort-columns.ts'
import {
  endFeature,
  type Feature,
  lastedFeature,
  phaseFeature,
  seasonFeature,
  tendencies,
  tendencyFeature,
  valueFeature,
} from './state-features.ts'
import { fitTimeModel } from './time-model.ts'

export interface FitSeriesOptions {
  /** The column of time: numbers, dates or times. */
  time: string
  /** The column that tells entities apart; absent: all rows are of one. */
  entity?: string
  seed: number
  signal?: AbortSignal
  /** Told the share done, 0 to 1. */
  observe?: (share: number) => void
}

/**
 * Models each entity as a draw: traits (length, start, static columns, levels), regimes and other states as Markov chains with
 * parents, and numbers by their distributions through normal scores that follow a trend, seasons, the entity’s own curve and a
 * vector autoregression (NORTA / VARTA: Biller & Nelson 2003).
 *
 * @throws CultivarError `not-found` for a column that is not there, `bad-input` for a table without times.
 */
export function fitSeries(table: Table, options: FitSeriesOptions): FittedSeries {
  const { signal, observe = () => undefined } = options
  const random = randomStream(options.seed).fork('fit series')
  const { model: timeModel, rows } = fitTimeModel(seriesRows(table, options.time, options.entity))
  const sorted = sortColumns(table, rows)
  signal?.throwIfAborted()
  const plain = sorted.numbers.filter(({ from }) => !from)
  const regimes = findRegimes(
    plain,
    sorted.states.map(({ name, codes, values }) => ({ name, codes, size: values.length })),
    rows.starts,
    () => restsOf(plain, rows, timeModel),
  )
  observe(0.1)
  signal?.throwIfAborted()
  const groups = { starts: rows.starts, regimes: regimes?.codes ?? null, regimeCount: regimes?.count ?? 1 }
  const fitted = fitColumns(sorted.numbers, rows, timeModel, groups, random, observe)
  signal?.throwIfAborted()
  const { states, tendencyTraits } = fitAllStates(sorted, regimes, fitted, rows, calendar(rows, timeModel))
  observe(0.95)
  const values = traitValues(sorted, fitted, tendencyTraits, rows)
  const { traits, factor } = fitTraits(values)
  const place = (kind: string, name: string) =>
    values.findIndex(trait => trait.kind === kind && trait.names[0] === name)
  const series: FittedSeries = {
    format: 'cultivar-series@1',
    name: table.name,
    rows: rows.order.length,
    entities: rows.starts.length - 1,
    headers: sorted.headers,
    time: options.time,
    entity: rows.entityColumn ? nameEntities(rows.entityColumn) : null,
    timeModel,
    traits,
    traitFactor: factor,
    phase: fitted.phase,
    seasons: fitted.seasons,
    regimes: groups.regimeCount,
    constants: sorted.constants,
    states,
    columns: fitted.columns.map((column): ScaledColumn => {
      const level = place('level', column.name)
      const spread = place('spread', column.name)
      return level < 0 ? column : { ...column, own: { level, spread: spread < 0 ? null : spread } }
    }),
    blocks: fitted.blocks.map(({ columns, effects, restSpread, autoregression }, block) => ({
      columns,
      restSpread: Array.from(restSpread),
      coefficients: autoregression.coefficients.map(matrix => Array.from(matrix)),
      innovations: Array.from(autoregression.innovations),
      stationary: Array.from(autoregression.stationary),
      effects: effects.map(({ curve }, k) => ({
        curve: Array.from(curve),
        trait: place('effect', effectName(block, k)),
      })),
    })),
    effectKnots: fitted.effectKnots,
    notes: [],
  }
  series.notes = seriesNotes(series, regimes?.names ?? [], sorted.notes, rows.leftOut)
  observe(1)
  return series
}

/** The regime first, then columns of states, then which rows are null. Each may depend on those before it. */
function fitAllStates(
  sorted: SortedColumns,
  regimes: { codes: Uint16Array; count: number } | undefined,
  { phase, seasons, own }: FittedColumns,
  rows: SeriesRows,
  calendar: Season[],
): { states: StateColumn[]; tendencyTraits: TraitValues[] } {
  const features: Feature[] = []
  if (phase.kind !== 'none') features.push(phaseFeature(phasesOf(phase.kind, rows)))
  for (const season of [...seasons, ...calendar]) features.push(seasonFeature(season, rows.times))
  if (rows.starts.length > 2) features.push(endFeature(rows.starts))
  const fitted: StateColumn[] = []
  const tendencyTraits: TraitValues[] = []
  const add = (states: States) => {
    const name = String(fitted.length)
    const shares = tendencies(states.codes, rows.starts)
    const tendency = tendencyFeature(name, shares, rows.starts)
    const all = features.filter(({ of }) => of === undefined || !emptied(states).includes(of))
    const lasted = lastedFeature(states.codes, rows.starts)
    const column = fitStates(states, tendency ? [...all, tendency] : all, lasted, rows.starts)
    fitted.push(column)
    if (tendency && column.tables[0]!.parents.includes(tendency.parent)) {
      tendencyTraits.push({ kind: 'tendency', names: [name], scale: 0, values: shares })
    }
    if (states.values.length <= 16) {
      features.push({
        parent: { kind: 'state', state: fitted.length - 1, size: states.values.length },
        codes: states.codes,
      })
    }
  }
  if (regimes)
    add({ writes: 'regime', values: Array.from({ length: regimes.count }, (_, k) => k), codes: regimes.codes })
  if (sorted.states.length > 0 || sorted.numbers.some(({ values }) => values.some(Number.isNaN))) {
    sorted.numbers.forEach(({ name, values, from }, column) => {
      if (from) return
      const relative = own[column] ? relativeTo(values, own[column], rows.starts) : values
      features.push({ ...valueFeature(column, relative, ascendingValues(relative)), of: name })
    })
  }
  for (const { name, codes, values } of sorted.states) add({ writes: { column: name }, values, codes })
  for (const { names, codes } of nullPatterns(sorted.numbers, rows.starts))
    add({ writes: { nulls: names }, values: [0, 1], codes })
  return { states: fitted, tendencyTraits }
}

/** Columns that the states empty, which cannot tell when. */
function emptied({ writes }: States): string[] {
  return typeof writes === 'object' && 'nulls' in writes ? writes.nulls : []
}

function phasesOf(kind: FittedSeries['phase']['kind'], { times, starts }: SeriesRows): Float64Array {
  const phases = new Float64Array(times.length)
  for (let e = 0; e + 1 < starts.length; e++) {
    phases.set(phaseValues(kind, times.subarray(starts[e]!, starts[e + 1]!)), starts[e]!)
  }
  return phases
}

/** Columns that are null in the same rows share one chain. */
function nullPatterns(numbers: NumbersAlong[], starts: Int32Array): { names: string[]; codes: Uint16Array }[] {
  const firsts = new Set(starts)
  const patterns: { names: string[]; codes: Uint16Array }[] = []
  for (const { name, values, from } of numbers) {
    // What a row adds is unknown in the first row of an entity, which is no null.
    const codes = Uint16Array.from(values, (value, row) =>
      Number.isNaN(value) && !(from === 'before' && firsts.has(row)) ? 1 : 0,
    )
    if (!codes.includes(1)) continue
    const same = patterns.find(pattern => pattern.codes.every((code, row) => code === codes[row]))
    if (same) same.names.push(name)
    else patterns.push({ names: [name], codes })
  }
  return patterns
}

function traitValues(
  sorted: SortedColumns,
  fitted: FittedColumns,
  tendencyTraits: TraitValues[],
  { times, starts }: SeriesRows,
): TraitValues[] {
  const entities = starts.length - 1
  const values: TraitValues[] = [
    {
      kind: 'length',
      names: [],
      scale: 1,
      values: Float64Array.from({ length: entities }, (_, e) => starts[e + 1]! - starts[e]!),
    },
    {
      kind: 'start',
      names: [],
      scale: 0,
      values: Float64Array.from({ length: entities }, (_, e) => times[starts[e]!]!),
    },
    ...sorted.once
      .filter(({ category }) => !category)
      .map((once): TraitValues => ({ kind: 'number', names: [once.name], ...once })),
  ]
  fitted.own.forEach((own, column) => {
    const names = [fitted.columns[column]!.name]
    const { firsts } = sorted.numbers[column]!
    if (own)
      values.push(
        { kind: 'level', names, scale: 0, values: own.levels },
        { kind: 'spread', names, scale: 0, values: own.spreads },
      )
    if (firsts) values.push({ kind: 'level', names, scale: 0, values: firsts })
  })
  fitted.blocks.forEach(({ effects }, block) => {
    effects.forEach(({ scores }, k) => {
      values.push({ kind: 'effect', names: [effectName(block, k)], scale: 0, values: scores })
    })
  })
  values.push(...tendencyTraits)
  const categories = rankedTraits(
    sorted.once.filter(({ category }) => category),
    values,
  )
  return [...values, ...categories]
}

function effectName(block: number, effect: number): string {
  return `${block + 1}.${effect + 1}`
}

/** What was learned of series, as plain JSON: how long entities are, how time goes on, and how columns move along it. */
import type { ColumnHeader } from '../../table.ts'
import type { Marginal } from './marginal.ts'

/** What the mean of a column may follow: time itself, time since the entity’s start, the share of its life, or time to its end. */
export type PhaseKind = 'none' | 'time' | 'age' | 'life' | 'remaining'

/** A value between knots is linear; beyond the outer knots it goes on to `low` and `high` at most. */
export interface Phase {
  kind: PhaseKind
  knots: number[]
  low: number
  high: number
}

/** A season: `period` in units of time from `origin` on, cut into `bins` phases of equal length. */
export interface Season {
  name: string
  period: number
  origin: number
  bins: number
}

/** How time goes on from row to row. */
export interface TimeModel {
  /** `month`: times count in months since 1970, all on one day and time of day, which `origin` holds as milliseconds. */
  unit: 'value' | 'month'
  origin: number
  /** Starts fall on multiples of this; 0: anywhere. */
  grid: number
  /** The step of most rows, by which gaps are measured; 0 where there is none. */
  base: number
  steps: Marginal
  /** Lag-1 correlation of the steps’ normal scores. */
  persistence: number
  /** Steps by the place in a season that a row is in, where these differ. */
  bySeason?: { season: Season; steps: (Marginal | null)[] }
}

/** A column whose values are numbers on a scale: its distribution by regime, and its course in normal scores. */
export interface ScaledColumn {
  name: string
  /** Values count from the row’s time, or are what the row adds to the row before; default: as they are. */
  from?: 'time' | 'before'
  /** One a regime; null where the regime never has a value. */
  marginals: (Marginal | null)[]
  /** Values of an entity are level + spread · what `marginals` give; or its first value is the level, where rows add up. Places among the traits. */
  own?: { level: number; spread: number | null }
  /** Values are multiples of 1 / `scale`; 0: of nothing. */
  scale: number
  /** Mean of the latent score by knot of the phase, and by bin of each season. */
  trend: number[]
  seasons: number[][]
  /** Standard deviation of the latent score about them, likewise; seasons multiply. */
  spread: number[]
  seasonSpread: number[][]
  /** Standard normal shares by latent score, at even places from −`latentReach` to `latentReach`. */
  shares: number[]
}

/** A column of few states, drawn from a table of conditional shares, state after state. */
export interface StateColumn {
  /** What it writes: a column, the operating regime, or which rows of some columns are null (state 1). */
  writes: { column: string } | { nulls: string[] } | 'regime'
  /** By state: a number, a place in the dictionary, or null. */
  values: (number | null)[]
  /** The finest first; a context that one does not know is left to the next. */
  tables: StateTable[]
  /** Cumulative shares of the states where no table knows the context. */
  shares: number[]
}

/** Shares of states by context: the state before (or the number of states, at the start) and then each parent, in mixed radix. */
export interface StateTable {
  parents: StateParent[]
  contexts: number[]
  /** Cumulative, one row a context. */
  cumulative: number[][]
}

/** What a state may depend on besides the state before. */
export type StateParent = { size: number } & (
  | { kind: 'phase'; edges: number[] }
  | { kind: 'end' }
  | { kind: 'season'; season: Season }
  | { kind: 'state'; state: number }
  /** For how many rows the state before had lasted. */
  | { kind: 'lasted'; edges: number[] }
  /** A trait: in what share of its rows an entity is not in state 0, the most frequent one. */
  | { kind: 'tendency'; name: string; edges: number[] }
  /** Of a scaled column, relative to the entity’s own level if it has one; the last code is null. */
  | { kind: 'value'; column: number; edges: number[] }
)

/** What an entity has once, such as its length, start, static columns, and multiples of effects. */
export interface Trait {
  /** `rank` stands for a row of `ranked`. */
  kind: 'length' | 'start' | 'number' | 'rank' | 'level' | 'spread' | 'tendency' | 'effect'
  /** Columns that it writes or belongs to. */
  names: string[]
  marginal: Marginal
  /** Values are multiples of 1 / `scale`; 0: of nothing. */
  scale: number
  /** Share of entities where it is null. */
  nulls: number
  ranked?: (number | null)[][]
}

/** Columns whose latent scores move together. */
export interface LatentBlock {
  /** Places among the scaled columns. */
  columns: number[]
  /** By lag from 1 on: the matrix of the vector autoregression, row by row. */
  coefficients: number[][]
  /** Cholesky factor of the covariance of innovations. */
  innovations: number[]
  /** Cholesky factor of the covariance of as many successive rows as there are lags, at least one; earliest first. */
  stationary: number[]
  /** Curves by which entities differ: one value a column and knot of `effectKnots` (column-major), and the trait that scales it. */
  effects: { curve: number[]; trait: number }[]
  /** Likewise: the standard deviation of what is not the entity’s own curve. */
  restSpread: number[]
}

/** Series as they were fitted: plain JSON, all that sampling needs. */
export interface FittedSeries {
  format: 'cultivar-series@1'
  name: string
  rows: number
  entities: number
  headers: ColumnHeader[]
  time: string
  entity: { name: string; prefix: string; digits: number } | null
  timeModel: TimeModel
  traits: Trait[]
  /** Cholesky factor of the correlation of the traits’ normal scores. */
  traitFactor: number[]
  phase: Phase
  seasons: Season[]
  regimes: number
  constants: { name: string; value: number | null }[]
  states: StateColumn[]
  columns: ScaledColumn[]
  blocks: LatentBlock[]
  /** Shares of an entity’s life at which the curves of effects have their values. */
  effectKnots: number[]
  /** What was found, chosen and left out, for people. */
  notes: string[]
}

/** Latent scores beyond ± this are taken as this. */
export const latentReach = 10

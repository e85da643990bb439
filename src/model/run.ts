/** A run: one recipe being grown, with its cells, rounds, tallies and end. */
import type { Json } from './json.ts'
import type { Recipe } from './recipe.ts'
import type { Content, EditStep, Split, Verdict } from './record.ts'

/** What the selected sequence is a function of, frozen when the run is created. */
export interface Snapshot {
  recipe: Recipe
  /** Records of the project with a lower position are visible to the run. */
  position: number
  /** Records are known to the run as they were after this many of the project's decisions; absent in runs from before there were any. */
  decisions?: number
  /** How many records it held then, per cell and (under the empty name) in all: the base of `{ to: N }`. */
  existing: Record<string, number>
  /** What the generator planned: seeds chosen, files read. */
  material: Json
  /** What each critic measures against, in the order of the run’s critics. */
  criticMaterial: Json[]
  cells: string[]
  /** Kept records per cell, where the generator's parameters say how many. */
  targets?: Record<string, number>
  /** Kept records per cell where nobody says how many. */
  defaultTarget?: number
  /** Versions of engine, generator, critics and prompts; SHA-256 of the files used. */
  versions: Record<string, string>
  /** JSON mode per provider, probed once. */
  jsonModes: Record<string, string>
  /** Share of candidates expected to be kept, from history or a default. */
  expectedYield: number
  /** Set by `--fresh`: makes every sample a new one. */
  salt?: string
  /** Most candidates a unit is asked for. */
  perUnit: number
  roundSize: number
}

export interface Spending {
  calls: number
  tokens: number
  nanoUsd: number
}

export const nothingSpent: Spending = { calls: 0, tokens: 0, nanoUsd: 0 }

/** Counts over some units of one cell; they add up: candidates = yielded + rejected + surplus. */
export interface Tally {
  /** Units selected, skipped ones included. */
  units: number
  /** Units selected while their cell was short: the base of yields and stalls. */
  attempted: number
  /** Candidates the attempted units were asked for. */
  asked: number
  candidates: number
  /** Candidates of these units that were kept, in whatever cell they belong to. */
  yielded: number
  /** Records kept in this cell, from whatever unit they came. */
  kept: number
  /** Rejected candidates by critic. */
  rejected: Record<string, number>
  surplus: number
  /** Failed units by code. */
  failed: Record<string, number>
  /** Units that were not run because their cell was full already. */
  skipped: number
}

export function emptyTally(): Tally {
  return {
    units: 0,
    attempted: 0,
    asked: 0,
    candidates: 0,
    yielded: 0,
    kept: 0,
    rejected: {},
    surplus: 0,
    failed: {},
    skipped: 0,
  }
}

export type Tallies = Record<string, Tally>

export interface Round {
  number: number
  firstUnit: number
  units: number
  /** How many of the run's records were kept when it was planned: what `unique` knows while proposing. */
  known: number
  /** What the generator may learn from earlier rounds, per cell. */
  feedback: Feedback
  tallies: Tallies
  selected: boolean
}

/** Read when a round is planned, from wholly selected rounds and a person's decisions; stored with the round. */
export type Feedback = Record<string, { kept: string[]; disliked: string[] }>

export interface Unit {
  ordinal: number
  round: number
  cell: string
  /** 0, 1, 2 … within the cell. */
  cellOrdinal: number
  /** Candidates asked for. */
  asks: number
}

/** One candidate as a unit proposed it, with the verdicts reached while proposing. */
export interface Candidate extends Content {
  cell: string
  /** Ledger key of the call it came from and its index there: the candidate's identity. Absent if no call made it. */
  call?: string
  index: number
  verdicts: Verdict[]
  /** Records it was made from. */
  seeds?: string[]
  /** What was done to the first of them; replayed there, they give this candidate. */
  steps?: EditStep[]
  /** Besides those that the recipe gives. */
  tags?: string[]
  /** Absent: `train`. */
  split?: Split
}

export type UnitOutcome =
  | { state: 'proposed'; candidates: Candidate[]; calls: string[] }
  | { state: 'failed'; code: string; message: string; calls: string[] }
  | { state: 'skipped' }

export type RunState = 'running' | 'done' | 'short' | 'budget' | 'provider-failed' | 'cancelled' | 'failed'

export interface RunEnd {
  state: Exclude<RunState, 'running'>
  /** Why, in words a newcomer understands; empty when done. */
  reason: string
  hint: string
}

export interface RunRow {
  id: string
  project: string
  identity: string
  snapshot: Snapshot
  /** Kept records wanted per cell, as counted for this run. */
  targets: Record<string, number>
  budget: Partial<Spending>
  state: RunState
  reason: string
  hint: string
  /** Next unit to select. */
  cursor: number
  spent: Spending
  reserved: Spending
  createdMs: number
  updatedMs: number
}

/** What the engine needs from outside: clock, models, store. Every implementation passes the laws in `testing/`. */
import type { Json } from '../model/json.ts'
import type { ProviderKind } from '../model/provider.ts'
import type { EditStep, StoredRecord } from '../model/record.ts'
import type { JsonMode, ModelRequest, Reply, SendResult } from '../model/request.ts'
import type { Feedback, Round, RunEnd, RunRow, Spending, Tallies, Unit, UnitOutcome } from '../model/run.ts'

/** Time as a port, so that whole runs execute in virtual time. */
export interface Clock {
  now(): number
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Resolves once everything already due has run: where writes of one turn gather into one commit. */
  turn(): Promise<void>
}

/** One configured model. `send` never throws for what a server or network does: faults are data. */
export interface LanguageModel {
  /** The provider's name, as recipes say it. */
  readonly name: string
  readonly kind: ProviderKind | 'scripted'
  /** Without query (but for `api-version`) and without secrets; of a local model, its file’s hash. */
  readonly endpoint: string
  readonly model: string
  readonly jsonMode: JsonMode
  /** Whether text sent to it stays on this machine. */
  readonly loopback: boolean
  readonly limits: { concurrency: number; rpm?: number; tpm?: number }
  /** Nano-dollars a token; absent if the user gave no price. */
  readonly price?: { input: number; output: number }
  /** `call`: the key of the call. Models that can be seeded are seeded by it: the same call gets the same reply, another sample another one. */
  send(request: ModelRequest, signal: AbortSignal, call?: string): Promise<SendResult>
  /** Frees what it holds, once no call is under way. Asked again, it opens again. */
  close?(): Promise<void>
}

export interface NewRun {
  id: string
  project: string
  identity: string
  snapshot: RunRow['snapshot']
}

export interface Holder {
  /** Unique to this taking, so that repeating it after a lost acknowledgement finds itself. */
  token: string
  /** Process id and host: for the message to whoever is refused. */
  pid: number
  host: string
  sinceMs: number
}

/** The right to select into a project; `fence` grows with every taking. */
export interface Lease {
  project: string
  run: string
  fence: number
}

/** A call about to be sent: its reservation at the worst case. */
export interface AttemptOpening {
  /** Chosen by the caller, so that repeating the transaction after a lost acknowledgement changes nothing. */
  id: string
  key: string
  run: string
  unit: number
  fence: number
  worst: Spending
}

/**
 * `opened`: durable, send it. `replied`: the ledger has the reply already. `no-room`: does not fit the budget beside what is reserved.
 * `busy`: another run has the same call open.
 */
export type OpeningAnswer = { kind: 'opened' | 'no-room' | 'busy' } | { kind: 'replied'; reply: Reply }

/** The end of an attempt. With a reply, the call is stored; the first durable reply wins. */
export interface Settlement {
  attempt: string
  key: string
  run: string
  charged: Spending
  call?: { provider: string; model: string; request: ModelRequest; reply: Reply }
  /** Kind and message of the fault, for people. */
  fault?: string
}

/** A record as the selector decided it. */
type SelectedRecord = Omit<StoredRecord, 'project' | 'position' | 'status' | 'createdMs' | 'source'>

export interface DecidedUnit {
  unit: Unit
  outcome: UnitOutcome
}

export interface Advance {
  lease: Lease
  from: number
  to: number
  /** The outcome of each unit from `from` up to `to`. */
  units: DecidedUnit[]
  /** In sequence order; `seeds`, `steps` and `call` go to the record's lineage. */
  records: (SelectedRecord & { call?: string; index: number; seeds?: string[]; steps?: EditStep[] })[]
  /** Round number → tallies after this step, and whether the round is wholly selected now. */
  rounds: { number: number; tallies: Tallies; selected: boolean }[]
}

/** Everything a run needs to go on where it stopped. */
export interface OpenedRun {
  run: RunRow
  lease: Lease
  rounds: Round[]
  /** Units of rounds not wholly selected, in order, with the outcome of those already decided. */
  units: (Unit & { outcome: UnitOutcome | null })[]
}

/**
 * What a run keeps durable. Each method is one transaction and idempotent: the acknowledgement of a commit may be lost.
 * All throw CultivarError `storage-full` or `storage-unavailable` where the caller should hold on and try again,
 * and `run-taken-over` where the lease is gone.
 */
export interface RunStore {
  /**
   * Creates the run if it is new, takes the project's lease (or throws `run-held`), and charges what an earlier holder
   * left open at its worst case. `targets` and `budget` replace the stored ones.
   */
  openRun(
    run: NewRun,
    wanted: Pick<RunRow, 'targets' | 'budget'>,
    taker: { holder: Holder; nowMs: number; leaseMs: number; isAlive: (holder: Holder) => boolean },
  ): Promise<OpenedRun>
  renewLease(lease: Lease, untilMs: number): Promise<void>
  /** Writes how the run ended and gives the lease back; attempts still open are charged at their worst case. */
  closeRun(lease: Lease, end: RunEnd, nowMs: number): Promise<void>
  planRound(lease: Lease, round: Round, units: Unit[]): Promise<void>
  /** Replies in the ledger, by key. */
  findReplies(keys: string[]): Promise<Map<string, Reply>>
  /** All or nothing durable; answers in the order asked. The first that does not fit keeps all later ones out, so that nobody overtakes it. */
  openAttempts(openings: AttemptOpening[], nowMs: number): Promise<OpeningAnswer[]>
  /** Stores replies and returns the durable ones by key (whoever lost the race reads the winner's). */
  settleAttempts(settlements: Settlement[], nowMs: number): Promise<Map<string, Reply>>
  /** A unit decided, with its candidates. The first outcome stays. */
  decideUnits(run: string, units: DecidedUnit[]): Promise<void>
  advance(step: Advance, nowMs: number): Promise<void>
  /**
   * Per cell, from units before `beforeUnit`, newest first: texts kept, and texts turned down, first those a person rejected in the
   * project, then those that one of the critics `judges` rejected in this run.
   */
  readFeedback(run: string, cells: string[], beforeUnit: number, most: number, judges: string[]): Promise<Feedback>
  /**
   * The project's records that a run starting at `position` sees, as they were after so many of its `decisions`, then those the
   * run kept itself, as it kept them; in order.
   */
  streamKnown(run: string, position: number, decisions: number): AsyncIterable<KnownRecord[]>
  spending(run: string): Promise<{ spent: Spending; reserved: Spending }>
}

/** What `unique` and its like need to know of a record. `own` marks those this run kept. */
export interface KnownRecord {
  id: string
  own: boolean
  cell: string
  fields: Record<string, Json>
  labels: string[]
  /** Identity of the candidate it was: call key and index. */
  origin: string | null
}

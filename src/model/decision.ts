/** A person's decision on a record: what is asked for, and what is kept of it. */
import type { Json } from './json.ts'
import type { Content, Outcome, Span, Status } from './record.ts'

/**
 * `reset` makes a record pending again; `restore` takes a candidate that was not kept into the dataset. An edit gives fields new
 * values: the spans in them are moved along, or are `spans` if these are given.
 */
export type Decision = { record: string } & (
  | { kind: 'accept' | 'reject' | 'reset' | 'restore' }
  | { kind: 'tag' | 'untag'; tag: string }
  | { kind: 'relabel'; labels: string[] }
  | { kind: 'edit'; fields: Record<string, Json>; spans?: Span[] }
)

/** What decisions change of a record. */
export interface Decidable {
  status: Status
  tags: string[]
  content: Content
  position: number | null
  outcome: Outcome
}

export interface StoredDecision {
  project: string
  /** 1, 2, 3 … within the project. */
  sequence: number
  record: string
  /** `undo` takes an earlier decision back. */
  kind: Decision['kind'] | 'undo'
  /** The members it changed, as they were and as they became. */
  before: Partial<Decidable>
  after: Partial<Decidable>
  who: string
  atMs: number
  /** Sequence of the decision that took it back; null while it stands. */
  undone: number | null
}

/** A span that an edit cut, and the words it marked. */
export interface DroppedSpan extends Span {
  record: string
  words: string
}

/** The record: what a dataset is made of, whether imported or grown, and what critics said of it. */
import type { Json } from './json.ts'

/** A labelled stretch of one field. Offsets count UTF-16 code units; exports convert at the edge. */
export interface Span {
  field: string
  start: number
  /** Exclusive. */
  end: number
  label: string
}

export type Split = 'train' | 'validation' | 'test'

/** The part of a record that a critic judges and an export writes. */
export interface Content {
  /** Named values; text is by custom in `text`. */
  fields: Record<string, Json>
  /** Class labels; single-label projects use the first. */
  labels: string[]
  spans: Span[]
}

/** What one critic said of one candidate. `score` is on the critic's own scale, named in `reason`. */
export interface Verdict {
  critic: string
  pass: boolean
  score?: number
  reason?: string
  /** Whether the critic put other content in the candidate's place. */
  mended?: boolean
  /** Ledger keys of the calls that were made to reach it. */
  calls?: string[]
}

/** How a candidate ended. `imported` marks a record that a person brought, `restored` one that a run did not keep and a person did. */
export type Outcome = 'kept' | 'rejected' | 'surplus' | 'imported' | 'restored'

/** One change of a record's source on its way to the record: edits in the offsets (UTF-16 code units) of the text that the step before left. */
export interface EditStep {
  /** What changed it: a perturbation. */
  kind: string
  field: string
  /** In order, without overlaps. */
  edits: { start: number; end: number; text: string; ignore?: true; letterwise?: true }[]
}

/** Tags that operations set and go by. */
export const ownTags = {
  /** Made by changing another record, or by filling a template. */
  augmented: 'augmented',
  /** May have another label than what it was made from: not learned from until a person accepts it. */
  toCheck: 'check-label',
  /** Set aside, since a changed copy stands for it. */
  replaced: 'replaced',
} as const

/** A person's decision on a record. */
export type Status = 'pending' | 'accepted' | 'rejected'

export interface StoredRecord extends Content {
  id: string
  project: string
  /** Place in the project's order; null while the record is not part of the dataset (rejected, surplus). */
  position: number | null
  outcome: Outcome
  status: Status
  split: Split
  tags: string[]
  cell: string
  verdicts: Verdict[]
  /** For grown records: which run, unit and item made it. */
  run: string | null
  unit: number | null
  item: number | null
  /** For imported records: file and row, e.g. `faq.csv:12`. */
  source: string | null
  createdMs: number
}

/** Fields that quote the source of a record: what two records have in common there makes them no more alike. */
export const quotedFields: readonly string[] = ['context', 'quote']

/** What a line of a list shows of a record: its text, or its fields with their names where it has none. */
export function shownText(content: Pick<Content, 'fields'>): string {
  const text = textOf(content)
  if (text !== '') return text
  return Object.entries(content.fields)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}

/** The text a critic or a similarity search looks at: `text`, or all string fields but those that quote, in the order they stand. */
export function textOf(content: Pick<Content, 'fields'>): string {
  const only = content.fields['text']
  if (typeof only === 'string') return only
  return Object.entries(content.fields)
    .filter(([name, value]) => typeof value === 'string' && !quotedFields.includes(name))
    .map(([, value]) => value)
    .join('\n')
}

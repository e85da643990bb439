/** What a person changed of a record, as decisions. */
import type { Decision } from '../../../src/model/decision.ts'
import type { Json } from '../../../src/model/json.ts'
import type { Span } from '../../../src/model/record.ts'

export interface RecordChanges {
  /** New values of some fields. */
  fields?: Record<string, Json>
  /** All spans of those fields. */
  spans?: Span[]
  labels?: string[]
}

export function decisionsOf(record: string, { fields, spans, labels }: RecordChanges): Decision[] {
  return [
    ...(fields ? [{ kind: 'edit' as const, record, fields, ...(spans && { spans }) }] : []),
    ...(labels ? [{ kind: 'relabel' as const, record, labels }] : []),
  ]
}

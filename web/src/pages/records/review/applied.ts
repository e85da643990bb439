/** What a record is once decisions are carried out: shown before the server has stored them. */
import type { Decision } from '../../../../../src/model/decision.ts'
import type { StudioRecord } from '../record-types.ts'

const statusAfter = { accept: 'accepted', reject: 'rejected', reset: 'pending' } as const

export function applied(record: StudioRecord, decision: Decision): StudioRecord {
  switch (decision.kind) {
    case 'accept':
    case 'reject':
    case 'reset':
      return { ...record, status: statusAfter[decision.kind] }
    case 'restore':
      return { ...record, outcome: 'restored' }
    case 'tag':
      return record.tags.includes(decision.tag) ? record : { ...record, tags: [...record.tags, decision.tag] }
    case 'untag':
      return { ...record, tags: record.tags.filter(tag => tag !== decision.tag) }
    case 'relabel':
      return { ...record, labels: decision.labels }
    case 'edit': {
      const { fields, spans } = decision
      const others = record.spans.filter(({ field }) => !Object.hasOwn(fields, field))
      return {
        ...record,
        fields: { ...record.fields, ...fields },
        ...(spans && { spans: [...others, ...spans].toSorted((a, b) => a.start - b.start || a.end - b.end) }),
      }
    }
  }
}

/** Whether the record is as the decision would make it. */
export function isAsDecided(record: StudioRecord, decision: Decision): boolean {
  if (decision.kind === 'restore') return record.position !== null
  return same(decidable(record), decidable(applied(record, decision)))
}

/** The members that a decision may change. */
export function decidable({ status, tags, labels, fields, spans, outcome }: StudioRecord) {
  return { status, tags, labels, fields, spans, outcome }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

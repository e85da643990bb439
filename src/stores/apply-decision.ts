/** What a decision makes of a record. */
import type { Decidable, Decision, DroppedSpan } from '../model/decision.ts'
import { CultivarError } from '../model/error.ts'
import type { Content, Span } from '../model/record.ts'
import { moveSpans } from '../text/move-spans.ts'

interface Applied {
  /** The members that change; none if the record is so already. */
  after: Partial<Decidable>
  dropped: DroppedSpan[]
}

const statusAfter = { accept: 'accepted', reject: 'rejected', reset: 'pending' } as const

/**
 * `nextPosition` is where a restored record goes. Throws `bad-input` where the record's state does not allow the decision: all
 * but `restore` are about records of the dataset, `restore` about those outside it.
 */
export function applyDecision(state: Decidable, decision: Decision, nextPosition: number): Applied {
  const { status, tags, content, position } = state
  if ((position === null) !== (decision.kind === 'restore')) {
    throw position === null ? notInDataset(decision.record, state.outcome) : inDataset(decision.record)
  }
  switch (decision.kind) {
    case 'accept':
    case 'reject':
    case 'reset': {
      const wished = statusAfter[decision.kind]
      return becoming(status === wished ? {} : { status: wished })
    }
    case 'restore':
      return becoming({ position: nextPosition, outcome: 'restored' })
    case 'tag':
      return becoming(tags.includes(decision.tag) ? {} : { tags: [...tags, decision.tag] })
    case 'untag':
      return becoming(tags.includes(decision.tag) ? { tags: tags.filter(tag => tag !== decision.tag) } : {})
    case 'relabel':
      return becoming(same(decision.labels, content.labels) ? {} : { content: { ...content, labels: decision.labels } })
    case 'edit':
      return edited(content, decision)
  }
}

function becoming(after: Partial<Decidable>): Applied {
  return { after, dropped: [] }
}

function edited(content: Content, { record, fields, spans: given }: Extract<Decision, { kind: 'edit' }>): Applied {
  const spans: Span[] = []
  const dropped: DroppedSpan[] = []
  for (const [field, was] of Object.entries(content.fields)) {
    const own = content.spans.filter(span => span.field === field)
    if (!Object.hasOwn(fields, field) || typeof was !== 'string') spans.push(...own)
    else if (given === undefined) {
      const becomes = fields[field]
      const { moved, cut } = moveSpans(own, was, typeof becomes === 'string' ? becomes : '')
      spans.push(...moved)
      dropped.push(...cut.map(span => ({ ...span, record, words: was.slice(span.start, span.end) })))
    }
  }
  if (given) spans.push(...given.filter(({ field }) => Object.hasOwn(fields, field)))
  const after: Content = { fields: { ...content.fields, ...fields }, labels: content.labels, spans: inOrder(spans) }
  return same(after, { ...content, spans: inOrder(content.spans) })
    ? { after: {}, dropped: [] }
    : { after: { content: after }, dropped }
}

function inOrder(spans: Span[]): Span[] {
  return spans.toSorted((a, b) => a.start - b.start || a.end - b.end)
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function inDataset(record: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `Record ${record} is part of the dataset already.`,
    'To take back that a person rejected it, use “cultivar records reset” or “cultivar records accept”.',
  )
}

function notInDataset(record: string, outcome: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `Record ${record} is a candidate that was not kept (${outcome}); it is not part of the dataset.`,
    `Take it in first: cultivar records restore ${record}`,
  )
}

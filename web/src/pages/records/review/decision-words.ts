/** Decisions in words. */
import type { Decision } from '../../../../../src/model/decision.ts'
import type { AnswerOf } from '../../../api/call.ts'

type StoredDecision = AnswerOf<'recordLineage'>['decisions'][number]

/** As in “You wanted to …”. */
export function decisionWords(decision: Decision): string {
  switch (decision.kind) {
    case 'accept':
    case 'reject':
      return `${decision.kind} it`
    case 'reset':
      return 'make it pending again'
    case 'restore':
      return 'take it into the dataset'
    case 'tag':
      return `tag it “${decision.tag}”`
    case 'untag':
      return `take the tag “${decision.tag}” away`
    case 'relabel':
      return decision.labels.length === 0 ? 'take its labels away' : `label it ${decision.labels.join(', ')}`
    case 'edit':
      return `change ${Object.keys(decision.fields).join(', ')}`
  }
}

/** As in “Anna …”. */
export function storedWords({ kind, before, after }: StoredDecision): string {
  const gained = after.tags?.filter(tag => !before.tags?.includes(tag)) ?? []
  const lost = before.tags?.filter(tag => !after.tags?.includes(tag)) ?? []
  switch (kind) {
    case 'accept':
      return 'accepted it'
    case 'reject':
      return 'rejected it'
    case 'reset':
      return 'made it pending again'
    case 'restore':
      return 'took it into the dataset'
    case 'tag':
      return `tagged it “${gained.join(', ')}”`
    case 'untag':
      return `took the tag “${lost.join(', ')}” away`
    case 'relabel':
      return `labelled it ${after.content?.labels.join(', ') || 'with nothing'} (before: ${before.content?.labels.join(', ') || 'nothing'})`
    case 'edit':
      return `changed ${changedFields(before.content?.fields, after.content?.fields).join(', ') || 'its marks'}`
    case 'undo':
      return 'took an earlier decision back'
  }
}

function changedFields(before: Record<string, unknown> = {}, after: Record<string, unknown> = {}): string[] {
  return Object.keys(after).filter(name => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

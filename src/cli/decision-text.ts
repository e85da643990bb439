/** Decisions as people read them: who did what when, from what to what. */
import { previewTable, printable } from '../app/preview-table.ts'
import type { Decidable, StoredDecision } from '../model/decision.ts'
import type { Content, Span } from '../model/record.ts'

/** Columns to the right are cut to the width. */
export function decisionTable(decisions: StoredDecision[], width: number): string {
  return previewTable(
    [
      { title: '#', align: 'right' },
      { title: 'when (UTC)' },
      { title: 'who' },
      { title: 'record' },
      { title: 'decision' },
    ],
    decisions.map(decision => [
      `${decision.sequence}`,
      moment(decision.atMs),
      decision.who,
      decision.record,
      `${takenBack(decision)}${decision.kind} ${spelledChanges(decision).join('; ')}`,
    ]),
    width,
  )
}

/** One decision on a record that is known already; whole, in as many lines as it needs. */
export function decisionLines(decision: StoredDecision): string[] {
  const [only, ...more] = spelledChanges(decision)
  const what = `${takenBack(decision)}${decision.kind} by ${printable(decision.who)}`
  const head = `${decision.sequence}: ${moment(decision.atMs)} UTC, ${what}`
  if (more.length === 0 && only !== undefined && only.length < 60) return [`${head}: ${only}`]
  return [head, ...[only, ...more].map(change => `  ${change}`)]
}

function moment(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}

/** `status pending → accepted`, one a member; of an edit, one a field. */
function spelledChanges({ before, after }: StoredDecision): string[] {
  const changes: string[] = []
  for (const member of Object.keys(after) as (keyof Decidable)[]) {
    if (member === 'content') changes.push(...contentChanges(before.content, after.content))
    else if (member === 'tags') changes.push(...tagChanges(before.tags, after.tags))
    else if (member !== 'position') changes.push(`${before[member]} → ${after[member]}`)
  }
  return changes
}

function contentChanges(before?: Content, after?: Content): string[] {
  if (!before || !after) return []
  const fields = Object.keys({ ...before.fields, ...after.fields }).filter(
    name => JSON.stringify(before.fields[name]) !== JSON.stringify(after.fields[name]),
  )
  const changes = fields.map(
    name => `${printable(name)} ${quoted(before.fields[name])} → ${quoted(after.fields[name])}`,
  )
  if (JSON.stringify(before.labels) !== JSON.stringify(after.labels))
    changes.push(`label ${list(before.labels)} → ${list(after.labels)}`)
  const [left, right] = [spansOf(before), spansOf(after)]
  if (left !== right) changes.push(`spans ${left || 'none'} → ${right || 'none'}`)
  return changes
}

/** By their words: an edit that only moved them changed nothing. */
function spansOf({ fields, spans }: Content): string {
  const words = ({ field, start, end }: Span) => printable(String(fields[field] ?? '').slice(start, end))
  return spans.map(span => `${printable(span.label)} “${words(span)}”`).join(', ')
}

function tagChanges(before: string[] = [], after: string[] = []): string[] {
  const added = after.filter(tag => !before.includes(tag)).map(tag => `+${printable(tag)}`)
  const removed = before.filter(tag => !after.includes(tag)).map(tag => `−${printable(tag)}`)
  return [[...added, ...removed].join(' ')]
}

function quoted(value: unknown): string {
  if (value === undefined) return 'nothing'
  return typeof value === 'string' ? `“${printable(value)}”` : printable(JSON.stringify(value))
}

function list(labels: string[]): string {
  return labels.map(printable).join(', ') || 'none'
}

function takenBack({ undone }: StoredDecision): string {
  return undone === null ? '' : `(taken back by ${undone}) `
}

/** What the reviewer shows: one record and what can be done with it, in lines no wider and no more than the terminal's. */
import { editableField } from '../app/edit-record.ts'
import { printable } from '../app/preview-table.ts'
import type { StoredRecord, Verdict } from '../model/record.ts'
import { cutToWidth, displayWidth } from '../text/display-width.ts'
import { wrapText } from '../text/wrap-text.ts'
import type { LineInput } from './line-input.ts'
import { beginsWith, mostDigits, type ReviewState } from './review-state.ts'

export interface ScreenSize {
  columns: number
  rows: number
}

const leastColumns = 20
/** One line of 80 columns. */
const keys = 'a accept  r reject  e edit  l label  t tag  u undo  s skip  b back  q quit  ?'

/** Each line may hold one escape sequence pair, that of the cursor; nothing else that a terminal would obey. */
export function reviewScreen(state: ReviewState, { columns, rows }: ScreenSize): string[] {
  const width = Math.max(leastColumns, columns - 1)
  const head = state.record ? headOf(state.record, state, width) : [`All ${state.total} were shown.`]
  const foot = [...footOf(state, width), ...wrapped(state.notice, width)]
  const body = state.mode.kind === 'help' ? help.flatMap(line => wrapped(line, width)) : bodyOf(state, width)
  const rule = '─'.repeat(width)
  const room = Math.max(3, rows - head.length - foot.length - 2)
  return [...head, rule, ...shownOf(body, state.scroll, room), rule, ...foot].slice(0, rows)
}

/** Fills the room, so that keys always stand in the same place. */
function shownOf(body: string[], scroll: number, room: number): string[] {
  const from = Math.max(0, Math.min(scroll, body.length - room))
  const shown = body.slice(from, from + room)
  const below = body.length - from - room
  if (from > 0) shown[0] = `↑ ${from + 1} more lines`
  if (below > 0) shown[room - 1] = `↓ ${below + 1} more lines`
  return [...shown, ...Array<string>(room - shown.length).fill('')]
}

function headOf(record: StoredRecord, { at, total }: ReviewState, width: number): string[] {
  const { id, project, labels, cell, tags, status, outcome } = record
  const facts = [
    `label: ${labels.map(printable).join(', ') || 'none'}`,
    ...(cell === labels[0] ? [] : [`cell: ${printable(cell)}`]),
    ...(tags.length > 0 ? [`tags: ${tags.map(printable).join(', ')}`] : []),
  ]
  return [
    cutToWidth(`${project} · ${at + 1} of ${total} · ${status} · ${outcome} · ${id}`, width),
    cutToWidth(facts.join(' · '), width),
  ]
}

function bodyOf({ record, marks }: ReviewState, width: number): string[] {
  if (!record)
    return wrapped(
      'q ends the review, b goes back, u takes the last decision back. If a run goes on, s looks for new records.',
      width,
    )
  const fields = Object.keys(record.fields).flatMap(name => {
    const { text, marked } = editableField(record, name, marks)
    const spans = record.spans.filter(span => span.field === name)
    // What overlaps cannot be marked in the text.
    const listed = marked ? [] : spans.map(({ start, end, label }) => `  ${label}: ${text.slice(start, end)}`)
    return [`${printable(name)}:`, ...wrapped(text, width, '  '), ...listed.flatMap(line => wrapped(line, width, '  '))]
  })
  const verdicts = record.verdicts.map(spelledVerdict).join(' · ')
  const from = record.run === null ? (record.source ?? 'unknown') : `run ${record.run}, unit ${record.unit}`
  return [...fields, '', ...wrapped(verdicts, width), ...wrapped(`from ${from}`, width)]
}

function spelledVerdict({ critic, pass, score, reason }: Verdict): string {
  const why = pass || reason === undefined ? '' : `: ${reason}`
  return `${critic} ${pass ? 'passed' : 'failed'}${score === undefined ? '' : ` (${Number(score.toFixed(2))})`}${why}`
}

function footOf({ mode, labels }: ReviewState, width: number): string[] {
  switch (mode.kind) {
    case 'record':
      return wrapped(keys, width)
    case 'help':
      return ['any key goes back']
    case 'field':
      return wrapped(`edit which field? ${numbered(mode.names)} · Esc leaves`, width)
    case 'edit': {
      const marks = mode.marked ? ', [[TYPE: words]] marks' : ''
      return [
        ...wrapped(`${mode.field} (Enter stores, Ctrl-J breaks the line${marks}, Esc leaves):`, width),
        ...typing(mode.line, width),
      ]
    }
    case 'label': {
      const typed = mode.line.text.trim()
      const fitting = typed === '' ? [] : labels.filter(label => beginsWith(label, typed))
      const more = labels.length - mostDigits
      const choice =
        typed === ''
          ? `${numbered(labels)}${more > 0 ? ` · and ${more} more, by name` : ''}`
          : fitting.slice(0, mostDigits).join(' · ')
      return [
        ...wrapped(`label (a digit, or a name and Enter; Esc leaves): ${choice}`, width),
        ...typing(mode.line, width),
      ]
    }
    case 'tag':
      return [...wrapped('tag (one that it has is taken off; Esc leaves):', width), ...typing(mode.line, width)]
  }
}

function numbered(names: string[]): string {
  return names
    .slice(0, mostDigits)
    .map((name, i) => `${i + 1}\u00a0${printable(name)}`)
    .join(' · ')
}

/** The line with its cursor in reverse video, `⏎` for line breaks; of a long one, the lines around the cursor. */
function typing({ text, cursor }: LineInput, width: number): string[] {
  const shown = `${shownAsIs(text).replaceAll('\n', '⏎')} `
  const lines = wrapText(shown, width - 2)
  const at = Math.max(
    0,
    lines.findLastIndex(({ start }) => start <= cursor),
  )
  return lines
    .map(({ start, end }, i) => {
      const last = i === lines.length - 1 ? shown.length : end
      if (i !== at) return `  ${shown.slice(start, last)}`
      const place = Math.min(cursor, Math.max(start, last))
      const character = graphemeAt(shown, place) || ' '
      return `> ${shown.slice(start, place)}\u001b[7m${character}\u001b[27m${shown.slice(place + character.length, last)}`
    })
    .slice(Math.max(0, at - 3), at + 4)
}

function graphemeAt(text: string, offset: number): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(offset))
  return first?.segment ?? ''
}

function wrapped(text: string, width: number, indent = ''): string[] {
  if (text === '') return []
  const shown = shownAsIs(text)
  return wrapText(shown, width - displayWidth(indent)).map(({ start, end }) =>
    `${indent}${shown.slice(start, end)}`.trimEnd(),
  )
}

/** What a terminal would obey, or what turns the order of letters around, becomes one character that does nothing. */
function shownAsIs(text: string): string {
  return text
    .replace(/[\t\r]/g, ' ')
    .replace(/[^\P{Cc}\n]|[\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu, '\ufffd')
}

const help = [
  'a  accept: it stays, and was looked at',
  'r  reject: it is left out of exports; generators with feedback are told to write others',
  'e  edit a field; spans move along, in marked texts they are what you mark',
  'l  relabel: a digit, or a name and Enter',
  't  tag it, or take a tag off',
  'u  take back your last decision of this review',
  's or space  skip: it stays as it is',
  'b  back to the one before',
  '↑ ↓ PageUp PageDown  scroll a long record',
  'q  quit',
  '',
  'Each decision is stored before the next record is shown. A run may go on meanwhile.',
]

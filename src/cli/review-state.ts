/** The reviewer's state, and what each key makes of it or asks for. */
import { type EditableField, editableField } from '../app/edit-record.ts'
import type { Decision } from '../model/decision.ts'
import type { StoredRecord } from '../model/record.ts'
import { type Key, type LineInput, lineOf, typeKey } from './line-input.ts'

export interface ReviewState {
  /** Undefined past the last one. */
  record: StoredRecord | undefined
  /** Place in the queue, from 0. */
  at: number
  total: number
  /** Labels to choose from: the project's list, or those in use. */
  labels: string[]
  /** Whether marks are read in texts that have no span yet. */
  marks: boolean
  mode: ReviewMode
  /** Lines of the record scrolled away. */
  scroll: number
  /** What became of the last key, or why it could not be done. */
  notice: string
}

type ReviewMode =
  | { kind: 'record' }
  | { kind: 'help' }
  | { kind: 'field'; names: string[] }
  | { kind: 'edit'; field: string; marked: boolean; line: LineInput }
  | { kind: 'label' | 'tag'; line: LineInput }

/** What a key asks for beyond the screen. */
export type ReviewWish =
  | { kind: 'decide'; decision: Decision }
  | { kind: 'edit'; field: string; typed: EditableField }
  | { kind: 'undo' }
  /** By 0: looks again, as past the end, where more may have come. */
  | { kind: 'move'; by: 1 | 0 | -1 }
  | { kind: 'quit'; interrupted: boolean }

export interface Pressed {
  state: ReviewState
  wish?: ReviewWish
}

/** Digits name the first so many fields and labels. */
export const mostDigits = 9

const calm: ReviewMode = { kind: 'record' }

export function press(state: ReviewState, key: Key): Pressed {
  if (key.ctrl && key.name === 'c') return { state, wish: { kind: 'quit', interrupted: true } }
  const { mode } = state
  if (key.pasted && !('line' in mode)) return { state }
  if (mode.kind === 'record') return pressOnRecord({ ...state, notice: '' }, key)
  if (mode.kind === 'help' || key.name === 'escape') return { state: { ...state, mode: calm, notice: '' } }
  if (mode.kind === 'field') return pressOnFields(state, mode.names, key)
  return pressOnLine(state, mode, key)
}

function pressOnRecord(state: ReviewState, key: Key): Pressed {
  const { record } = state
  switch (key.ctrl || key.alt ? '' : key.text || key.name) {
    case 'q':
      return { state, wish: { kind: 'quit', interrupted: false } }
    case '?':
      return { state: { ...state, mode: { kind: 'help' } } }
    case 'u':
      return { state, wish: { kind: 'undo' } }
    case 'b':
    case 'left':
      return { state, wish: { kind: 'move', by: -1 } }
    case 's':
    case ' ':
    case 'right':
      return { state, wish: { kind: 'move', by: record ? 1 : 0 } }
    case 'down':
    case 'pagedown':
      return { state: { ...state, scroll: state.scroll + (key.name === 'down' ? 1 : 10) } }
    case 'up':
    case 'pageup':
      return { state: { ...state, scroll: Math.max(0, state.scroll - (key.name === 'up' ? 1 : 10)) } }
    default:
      return record ? pressToDecide(state, record, key) : { state }
  }
}

function pressToDecide(state: ReviewState, record: StoredRecord, { text }: Key): Pressed {
  switch (text) {
    case 'a':
      return { state, wish: { kind: 'decide', decision: { kind: 'accept', record: record.id } } }
    case 'r':
      return { state, wish: { kind: 'decide', decision: { kind: 'reject', record: record.id } } }
    case 'e': {
      const names = Object.keys(record.fields)
      const [only, ...more] = names
      if (only === undefined) return { state: { ...state, notice: 'It has no fields.' } }
      return { state: more.length === 0 ? editing(state, record, only) : { ...state, mode: { kind: 'field', names } } }
    }
    case 'l':
      return { state: { ...state, mode: { kind: 'label', line: lineOf('') } } }
    case 't':
      return { state: { ...state, mode: { kind: 'tag', line: lineOf('') } } }
    default:
      return { state: text === '' ? state : { ...state, notice: `“${text}” does nothing; ? shows the keys.` } }
  }
}

function editing(state: ReviewState, record: StoredRecord, field: string): ReviewState {
  const { text, marked } = editableField(record, field, state.marks)
  return { ...state, mode: { kind: 'edit', field, marked, line: lineOf(text) } }
}

function pressOnFields(state: ReviewState, names: string[], { text }: Key): Pressed {
  const name = names[Number(text) - 1]
  return { state: state.record && name !== undefined ? editing(state, state.record, name) : state }
}

function pressOnLine(state: ReviewState, mode: Extract<ReviewMode, { line: LineInput }>, key: Key): Pressed {
  const { record } = state
  const { line } = mode
  const chosen = mode.kind === 'label' && line.text === '' ? labelOfDigit(state.labels, key) : undefined
  if (key.name !== 'return' || key.alt) {
    if (chosen === undefined) return { state: { ...state, notice: '', mode: { ...mode, line: typeKey(line, key) } } }
  }
  if (!record) return { state: { ...state, mode: calm } }
  if (mode.kind === 'edit') {
    const typed = { text: line.text, marked: mode.marked }
    return { state: { ...state, mode: calm }, wish: { kind: 'edit', field: mode.field, typed } }
  }
  const name = chosen ?? line.text.trim()
  if (name === '') return { state: { ...state, mode: calm } }
  const decision: Decision =
    mode.kind === 'label'
      ? { kind: 'relabel', record: record.id, labels: [chosen ?? meantLabel(state.labels, name)] }
      : record.tags.includes(name)
        ? { kind: 'untag', record: record.id, tag: name }
        : { kind: 'tag', record: record.id, tag: name }
  return { state: { ...state, mode: calm }, wish: { kind: 'decide', decision } }
}

function labelOfDigit(labels: string[], { text, pasted }: Key): string | undefined {
  return /^[1-9]$/.test(text) && !pasted ? labels.slice(0, mostDigits)[Number(text) - 1] : undefined
}

/** What was typed, or the one label that begins with it. */
function meantLabel(labels: string[], typed: string): string {
  const [only, ...more] = labels.includes(typed) ? [typed] : labels.filter(label => beginsWith(label, typed))
  return more.length === 0 ? (only ?? typed) : typed
}

export function beginsWith(label: string, typed: string): boolean {
  return label.toLowerCase().startsWith(typed.toLowerCase())
}

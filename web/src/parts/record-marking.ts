/** What marking a stretch with a label makes of the spans that are there. */
import type { Span } from '../../../src/model/record.ts'
import { type Stretch, wholeLetters } from './record-offsets.ts'

export type Marking =
  | { kind: 'done'; spans: Span[]; said: string }
  /** The stretch overlaps others: a person says whether it takes their place. */
  | { kind: 'overlap'; span: Span; others: Span[] }
  | { kind: 'nothing'; said: string }

/** The same stretch again takes another label, or with the same label loses it. */
export function mark(text: string, spans: Span[], field: string, stretch: Stretch, label: string): Marking {
  const whole = wholeLetters(text, stretch)
  if (!whole) return { kind: 'nothing', said: 'Select some text first.' }
  const span: Span = { field, ...whole, label }
  const words = text.slice(whole.start, whole.end)
  const same = spans.filter(other => other.start === whole.start && other.end === whole.end)
  const rest = spans.filter(other => !same.includes(other))
  if (same.some(other => other.label === label))
    return {
      kind: 'done',
      spans: without(
        spans,
        same.filter(other => other.label === label),
      ),
      said: `“${words}” is no ${label} any more.`,
    }
  if (same.length > 0) return { kind: 'done', spans: ordered([...rest, span]), said: `“${words}” is ${label} now.` }
  const others = rest.filter(other => other.start < whole.end && whole.start < other.end)
  if (others.length > 0) return { kind: 'overlap', span, others }
  return { kind: 'done', spans: ordered([...spans, span]), said: `“${words}” is marked as ${label}.` }
}

export function ordered(spans: Span[]): Span[] {
  return spans.toSorted((a, b) => a.start - b.start || a.end - b.end)
}

export function without(spans: Span[], gone: Span[]): Span[] {
  return spans.filter(span => !gone.includes(span))
}

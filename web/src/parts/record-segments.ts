/** A text cut where its spans begin and end, so that overlapping ones can be shown. */
import type { Span } from '../../../src/model/record.ts'

interface Segment {
  start: number
  text: string
  /** Spans over it, the longest first. */
  spans: Span[]
  /** Spans that end with it. */
  ending: Span[]
}

export function segmentsOf(text: string, spans: readonly Span[]): Segment[] {
  const shown = spans.filter(({ start, end }) => start < end && start < text.length)
  const cuts = new Set([0, text.length])
  for (const { start, end } of shown) cuts.add(start).add(Math.min(end, text.length))
  const edges = [...cuts].toSorted((a, b) => a - b)
  return edges.slice(0, -1).map((start, i) => {
    const end = edges[i + 1] ?? text.length
    const over = shown.filter(span => span.start <= start && span.end >= end)
    return {
      start,
      text: text.slice(start, end),
      spans: over.toSorted((a, b) => b.end - b.start - (a.end - a.start)),
      ending: over.filter(span => Math.min(span.end, text.length) === end),
    }
  })
}

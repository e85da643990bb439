/** Lines of text: the runs of a row as spans of one style each. */
import type { FontFacts } from './font-facts.ts'
import { rightOf, type TextRun } from './page-text.ts'
import type { Row } from './rows.ts'

export interface Span extends FontFacts {
  text: string
  script?: 'sup' | 'sub'
}

export interface Line {
  /** From 1. */
  page: number
  spans: Span[]
  /** The words alone. */
  text: string
  left: number
  right: number
  y: number
  size: number
  bold: boolean
  mono: boolean
}

/** With its runs, for as long as their places count. */
export interface DrawnLine extends Line {
  runs: TextRun[]
}

/** In em: the blank between two runs that parts words, if no space was drawn. */
const wordGap = 0.16
/** A reference out of the text, raised beside a word: [12], [a], [note 3]. */
const referenceMark = /\s*\[(?:\d{1,4}|[a-z]{1,2}|(?:note|nb|n)\s*\d+)\](?=\s*(?:\[|$))/gi
/** Dots that lead the eye to a page number. */
const leader = /\s?(?:[.·]\s?){5,}/g

export function lineOf(row: Row, page: number): Line {
  const spans = spansOf(row.runs)
  const weighed = row.runs.filter(run => /[\p{L}\p{N}]/u.test(run.text))
  return {
    page,
    spans,
    text: spans.map(span => span.text).join(''),
    left: row.left,
    right: row.right,
    y: row.y,
    size: row.size,
    bold: weighed.length > 0 && weighed.every(run => run.bold),
    mono: weighed.length > 0 ? weighed.every(run => run.mono) : row.runs.every(run => run.mono),
  }
}

/** Reference marks are left out: they interrupt sentences, and what they refer to is elsewhere. */
function spansOf(runs: readonly TextRun[]): Span[] {
  const rightToLeft = runs.filter(run => run.rightToLeft).length > runs.length / 2
  const spans: Span[] = []
  let before: TextRun | undefined
  let spaced = false
  for (const run of rightToLeft ? runs.toReversed() : runs) {
    spaced ||= before !== undefined && isApart(before, run, rightToLeft)
    before = run
    const last = spans.at(-1)
    const text = wordsOf(run)
    if (text.trim() === '') {
      spaced ||= /\s$/.test(run.text)
      continue
    }
    if (last?.script && /^\s*[,.;:)\]]/.test(text)) last.text = last.text.trimEnd()
    const blank = spaced && last && !last.text.endsWith(' ') && !text.startsWith(' ') ? ' ' : ''
    const span = {
      text,
      bold: run.bold,
      italic: run.italic,
      mono: run.mono,
      ...(run.script ? { script: run.script } : {}),
    }
    if (last && sameStyle(last, span)) last.text += blank + text
    else {
      if (last) last.text += blank
      spans.push(span)
    }
    spaced = false
  }
  withoutBreakSign(spans)
  if (spans[0]) spans[0].text = spans[0].text.trimStart()
  const last = spans.at(-1)
  if (last) last.text = last.text.trimEnd()
  return spans.filter(span => span.text !== '')
}

/** An arrow drawn where a word was broken is a soft hyphen. */
function withoutBreakSign(spans: Span[]): void {
  if (!/[↩↵⏎]\s*$/.test(spans.at(-1)?.text ?? '')) return
  for (let last = spans.at(-1); last && /[←↩↵⏎]\s*$/.test(last.text); last = spans.at(-1)) {
    last.text = last.text.replace(/[←↩↵⏎\s]+$/, '')
    if (last.text === '') spans.pop()
  }
  const last = spans.at(-1)
  if (last) last.text += '\u00ad'
}

function wordsOf({ text, script, mono }: TextRun): string {
  const kept = script === 'sup' ? text.replace(referenceMark, '') : text
  return (mono ? kept : kept.replace(leader, ' … ')).replace(/\s+/g, ' ')
}

function isApart(before: TextRun, run: TextRun, rightToLeft: boolean): boolean {
  const gap = rightToLeft ? before.x - rightOf(run) : run.x - rightOf(before)
  return run.spaced ? gap > -run.size * 0.1 : gap > run.size * wordGap
}

export function sameStyle(a: Span, b: Span): boolean {
  return a.bold === b.bold && a.italic === b.italic && a.mono === b.mono && a.script === b.script
}

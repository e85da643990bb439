/** Joins the lines of a paragraph into one text, and words that were parted at a line's end. */
import type { Line, Span } from './lines.ts'
import { sameStyle } from './lines.ts'

/** The words of a document, to tell “well-known” from “docu-ment” by. They are only looked at if a line ends in a hyphen. */
export class Vocabulary {
  #words: Set<string> | undefined
  readonly #lines: () => Iterable<Line>

  constructor(lines: () => Iterable<Line>) {
    this.#lines = lines
  }

  has(word: string): boolean {
    this.#words ??= learn(this.#lines())
    return this.#words.has(word.toLowerCase())
  }
}

/** Of words parted at a line’s end neither piece is learned. */
function learn(lines: Iterable<Line>): Set<string> {
  const words = new Set<string>()
  let isParted = false
  for (const { text } of lines) {
    const isHyphenated = /[-‐\u00ad]$/.test(text)
    const start = isParted ? text.replace(/^[\p{L}\p{N}]+/u, '') : text
    const whole = isHyphenated ? start.replace(/[\p{L}\p{N}]+.$/u, '') : start
    for (const [word] of whole.matchAll(/[\p{L}\p{N}]+(?:[-‐][\p{L}\p{N}]+)*/gu)) {
      for (const part of [word, ...word.split(/[-‐]/)]) words.add(part.toLowerCase())
    }
    isParted = isHyphenated
  }
  return words
}

export function joinLines(lines: readonly Line[], vocabulary: Vocabulary): Span[] {
  const joined: Span[] = []
  for (const { spans } of lines) append(joined, spans, vocabulary)
  return joined
}

function append(joined: Span[], spans: readonly Span[], vocabulary: Vocabulary): void {
  const last = joined.at(-1)
  const first = spans[0]
  if (last && first) last.text = joint(last.text, first.text, vocabulary)
  for (const span of spans) {
    const end = joined.at(-1)
    if (end && sameStyle(end, span)) end.text += span.text
    else joined.push({ ...span })
  }
}

/** The end of a line as it is to be before the beginning of the next one. */
export function joint(before: string, after: string, vocabulary: Vocabulary): string {
  if (/\u00ad$/.test(before)) return before.slice(0, -1)
  const isHyphenated = /[-‐]$/.test(before)
  const left = isHyphenated ? /([\p{L}\p{N}]+).$/u.exec(before)?.[1] : undefined
  const right = isHyphenated ? /^[\p{L}\p{N}]+/u.exec(after)?.[0] : undefined
  if (left && right) return isParted(left, right, vocabulary) ? before.slice(0, -1) : before
  // After these no blank is written on one line either.
  return left || /\S—$|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、；：]$/u.test(before)
    ? before
    : `${before} `
}

/** Whether the hyphen between them is only there because the line ended. */
function isParted(left: string, right: string, vocabulary: Vocabulary): boolean {
  if (!/^\p{Ll}/u.test(right) || left.length === 1 || /\p{N}$/u.test(left)) return false
  if (vocabulary.has(left + right)) return true
  if (vocabulary.has(`${left}-${right}`)) return false
  return !(vocabulary.has(left) && vocabulary.has(right))
}

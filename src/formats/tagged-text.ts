/** Texts as tokens with tags and back: what CoNLL files and Hugging Face’s rows of tokens share. */
import type { Json } from '../model/json.ts'
import { spannedTokens, spansStandBetweenBlanks, type Token } from '../text/spanned-tokens.ts'
import { fitsTag, spansOfTags, tagsOfSpans, withoutOverlaps } from '../text/tag-scheme.ts'
import { toCodePoints } from './code-points.ts'
import type { ReadOptions, WriteOptions } from './format.ts'
import type { LabelledText, TextSpan } from './labelled-text.ts'

export interface TaggedText {
  tokens: string[]
  tags: string[]
}

/** What of a record tokens and tags leave out, in words for `ExportNotes.lose`. */
export type Loss = 'overlaps' | 'edges' | 'blanks'

/** The text as tokens with tags; losses are told to `lose`. Labels must fit a tag (`fitsTag`). */
export function taggedText(
  { text, spans }: LabelledText,
  options: WriteOptions,
  lose: (loss: Loss) => void,
): TaggedText {
  const trimmed = spans.flatMap(span => trimmedSpan(span, text))
  const isTrimmed = trimmed.length === spans.length && trimmed.every((span, at) => span === spans[at])
  if (!isTrimmed) lose('edges')
  const kept = withoutOverlaps(trimmed)
  if (kept.length < trimmed.length) lose('overlaps')
  const { tokens: how = spansStandBetweenBlanks(text, kept) ? 'blanks' : 'words', scheme = 'bio' } = options
  const places = spannedTokens(text, kept, how)
  const tokens = places.map(({ start, end }) => text.slice(start, end))
  if (tokens.join(' ') !== text) lose('blanks')
  return { tokens, tags: tagsOfSpans(tokens.length, tokenSpans(kept, places), scheme) }
}

/** The same span without the blanks at its edges; none if it is blank. */
function trimmedSpan(span: TextSpan, text: string): TextSpan[] {
  const words = text.slice(span.start, span.end)
  const start = span.start + words.length - words.trimStart().length
  const end = span.end - words.length + words.trimEnd().length
  if (start >= end) return []
  return start === span.start && end === span.end ? [span] : [{ ...span, start, end }]
}

/** Both lists are in order, and every span begins and ends with a token. */
function tokenSpans(spans: TextSpan[], tokens: Token[]): TextSpan[] {
  let at = 0
  return spans.map(({ start, end, label }) => {
    while (tokens[at]!.start < start) at++
    const first = at
    while (at < tokens.length && tokens[at]!.end <= end) at++
    return { start: first, end: at, label }
  })
}

/** A label as a tag can hold it, without blanks. */
export function tagLabel(label: string): string {
  const whole = label.replace(/\s+/g, '_')
  return fitsTag(whole) ? whole : whole.replaceAll(',', ';')
}

/** The tokens joined by single blanks, and the spans of their tags in it. */
export function untaggedText({ tokens, tags }: TaggedText, { offsets }: ReadOptions): { text: string; spans: Json[] } {
  const text = tokens.join(' ')
  const length =
    offsets === 'utf16' ? (token: string) => token.length : (token: string) => toCodePoints(token, token.length)
  const starts: number[] = []
  const ends: number[] = []
  for (let at = 0, next = 0; at < tokens.length; at++) {
    starts.push(next)
    ends.push(next + length(tokens[at]!))
    next = ends[at]! + 1
  }
  const spans = spansOfTags(tags).map(({ start, end, label }) => ({
    start: starts[start]!,
    end: ends[end - 1]!,
    label,
  }))
  return { text, spans }
}

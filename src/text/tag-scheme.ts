/** Entity tags of tokens, as `B-PER I-PER O`, and the spans they stand for, in the three schemes that corpora use. */

/**
 * `iob1` (CoNLL-2003): I-, and B- only where an entity follows one of its own type at once. `bio`: B- begins, I- goes on.
 * `bioes`: as `bio`, with E- for the last token and S- for the only one (BILOU’s L- and U-, BMES’s M- are read as the same).
 */
export type TagScheme = 'iob1' | 'bio' | 'bioes'

export const tagSchemes: readonly TagScheme[] = ['iob1', 'bio', 'bioes']

/** A labelled stretch of tokens, counted from 0; `end` is exclusive. */
export interface TokenSpan {
  start: number
  end: number
  label: string
}

interface Part {
  prefix: 'B' | 'I' | 'E' | 'S'
  label: string
}

const tagPattern = /^([BIESLUM])-(.+)$/s
const prefixes: Record<string, Part['prefix']> = { B: 'B', I: 'I', M: 'I', E: 'E', L: 'E', S: 'S', U: 'S' }

/** Parts of a tag: none of `O`, several where a token is in several entities (`B-person,B-group`); undefined if it is no tag. */
function partsOf(tag: string): Part[] | undefined {
  if (tag === 'O') return []
  const several = tag.split(',').map(partOf)
  if (several.every(part => part !== undefined)) return several
  const one = partOf(tag)
  return one && [one]
}

function partOf(tag: string): Part | undefined {
  const [, prefix, label] = tagPattern.exec(tag) ?? []
  return prefix === undefined || label === undefined ? undefined : { prefix: prefixes[prefix]!, label }
}

export function isTag(tag: string): boolean {
  return partsOf(tag) !== undefined
}

/** Whether a tag with this label is read as this label and no other. */
export function fitsTag(label: string): boolean {
  const parts = partsOf(`B-${label}`)
  return parts?.length === 1 && parts[0]?.label === label
}

/**
 * The spans of a sequence of tags, in order. All three schemes are read by one rule, so that none has to be known: a type begins at
 * B- and S-, and at I- and E- where it is not open; it ends before a token without it, and after E- and S-. A token of several tags is in
 * several spans. What is no tag counts as O.
 */
export function spansOfTags(tags: readonly string[]): TokenSpan[] {
  const spans: TokenSpan[] = []
  let open = new Map<string, TokenSpan>()
  for (const [at, tag] of tags.entries()) {
    const still = new Map<string, TokenSpan>()
    for (const { prefix, label } of partsOf(tag) ?? []) {
      if (still.has(label)) continue
      const before = prefix === 'B' || prefix === 'S' ? undefined : open.get(label)
      const span = before ?? { start: at, end: at, label }
      if (!before) spans.push(span)
      span.end = at + 1
      if (prefix === 'B' || prefix === 'I') still.set(label, span)
    }
    open = still
  }
  return spans
}

/** The tags of `count` tokens. Spans must be in order and must not overlap; the labels must fit (`fitsTag`). */
export function tagsOfSpans(count: number, spans: readonly TokenSpan[], scheme: TagScheme): string[] {
  const tags = new Array<string>(count).fill('O')
  let before: TokenSpan | undefined
  for (const span of spans) {
    const { start, end, label } = span
    const follows = before?.end === start && before.label === label
    for (let at = start; at < end; at++) {
      const isFirst = at === start
      const isLast = at === end - 1
      let prefix: Part['prefix'] = isFirst && (scheme !== 'iob1' || follows) ? 'B' : 'I'
      if (scheme === 'bioes' && isLast) prefix = isFirst ? 'S' : 'E'
      tags[at] = `${prefix}-${label}`
    }
    before = span
  }
  return tags
}

/** The first token whose tag is not what the scheme asks for; −1 if all are. Tokens of several tags are in no scheme. */
export function firstOutOfScheme(tags: readonly string[], scheme: TagScheme): number {
  const expected = tagsOfSpans(tags.length, withoutOverlaps(spansOfTags(tags)), scheme)
  return tags.findIndex((tag, at) => {
    const [part, more] = partsOf(tag) ?? []
    return more !== undefined || (part ? `${part.prefix}-${part.label}` : 'O') !== expected[at]
  })
}

/** The longest of the spans that overlap, the first of equally long ones; in order. */
export function withoutOverlaps<S extends { start: number; end: number }>(spans: readonly S[]): S[] {
  const length = ({ start, end }: S) => end - start
  const kept: S[] = []
  for (const span of spans.toSorted((a, b) => length(b) - length(a) || a.start - b.start)) {
    const at = firstFrom(kept, span.start)
    const before = kept[at - 1]
    const after = kept[at]
    if ((!before || before.end <= span.start) && (!after || span.end <= after.start)) kept.splice(at, 0, span)
  }
  return kept
}

/** Where the first of the ordered spans stands that begins at `start` or later. */
function firstFrom(ordered: readonly { start: number }[], start: number): number {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ordered[middle]!.start < start) low = middle + 1
    else high = middle
  }
  return low
}

/** What the tags of a whole file tell of its scheme. */
export interface SchemeEvidence {
  observe(tags: readonly string[]): void
  /** Undefined while no entity was seen. `strays`: spans that the scheme would have begun otherwise. */
  verdict(): { scheme: TagScheme; strays: number } | undefined
}

export function schemeEvidence(): SchemeEvidence {
  let marksEnds = false
  let spans = 0
  let begunInside = 0
  let needlessB = 0
  return {
    observe(tags) {
      let before: Part[] = []
      for (const tag of tags) {
        const parts = partsOf(tag) ?? []
        for (const { prefix, label } of parts) {
          const previous = before.find(part => part.label === label)
          const isOpen = previous?.prefix === 'B' || previous?.prefix === 'I'
          if (prefix === 'E' || prefix === 'S') marksEnds = true
          const begins = prefix === 'B' || prefix === 'S' || !isOpen
          if (begins) spans++
          if (begins && (prefix === 'I' || prefix === 'E')) begunInside++
          if (prefix === 'B' && !previous) needlessB++
        }
        before = parts
      }
    },
    verdict() {
      if (spans === 0) return undefined
      if (marksEnds) return { scheme: 'bioes', strays: begunInside }
      if (begunInside > needlessB) return { scheme: 'iob1', strays: needlessB }
      return { scheme: 'bio', strays: begunInside }
    },
  }
}

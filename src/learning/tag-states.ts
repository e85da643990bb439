/** Entities as states of tokens (BIOES): outside, or the begin, inside, end or single token of an entity of a label. */
import type { Entity } from '../model/example.ts'
import type { ChainTopology } from './linear-chain.ts'
import type { TagToken } from './tag-tokens.ts'

export const outside = 0
const begin = 1
const inside = 2
const end = 3
const single = 4
const parts = 4

/** The state of a token of the entity `first`–`last` of the label at this place of the label list. */
export function entityState(label: number, token: number, first: number, last: number): number {
  const part = first === last ? single : token === first ? begin : token === last ? end : inside
  return label * parts + part
}

/** The place of a state's label in the list; −1 outside. */
export function stateLabel(state: number): number {
  return state === outside ? -1 : Math.floor((state - 1) / parts)
}

function partOf(state: number): number {
  return state === outside ? outside : ((state - 1) % parts) + 1
}

/** Begin and inside lead on within their entity; the others lead to whatever may stand first. */
export function tagTopology(labels: number): ChainTopology {
  const states = 1 + labels * parts
  const closes = (state: number) => [outside, end, single].includes(partOf(state))
  const opens = (state: number) => [outside, begin, single].includes(partOf(state))
  const all = Array.from({ length: states }, (_, state) => state)
  const arcs = all.flatMap(from =>
    all
      .filter(to => (closes(from) ? opens(to) : !opens(to) && stateLabel(from) === stateLabel(to)))
      .map(to => ({ from, to })),
  )
  return {
    states,
    from: Uint16Array.from(arcs, arc => arc.from),
    to: Uint16Array.from(arcs, arc => arc.to),
    begins: Uint8Array.from(all, state => Number(opens(state))),
    ends: Uint8Array.from(all, state => Number(closes(state))),
  }
}

/** Tokens `first` to `last`, both included, are an entity of the label at this place of the label list. */
export interface TokenSpan {
  first: number
  last: number
  label: number
}

/** The entities a path of states says. */
export function spansOf(path: ArrayLike<number>): TokenSpan[] {
  const spans: TokenSpan[] = []
  let first = 0
  for (let t = 0; t < path.length; t++) {
    const part = partOf(path[t]!)
    if (part === begin || part === single) first = t
    if (part === end || part === single) spans.push({ first, last: t, label: stateLabel(path[t]!) })
  }
  return spans
}

/** What became of annotated entities on their way to tokens. */
export interface EntityCounts {
  learned: number
  /** Of those, the ones that began or ended inside a token: learned as the whole of it. */
  widened: number
  /** Left out, because a longer entity (or as long and earlier) has a token of theirs. */
  overlapping: number
  /** Left out, because there is no token in them. */
  empty: number
}

/** Entities as spans of tokens, widened to whole tokens; of overlapping ones the longest is kept. */
export function alignEntities(
  tokens: readonly TagToken[],
  entities: readonly Entity[],
  labelPlaces: ReadonlyMap<string, number>,
  counts: EntityCounts,
): TokenSpan[] {
  const taken = new Uint8Array(tokens.length)
  const longestFirst = [...entities].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)
  const spans: TokenSpan[] = []
  for (const entity of longestFirst) {
    const first = firstEndingAfter(tokens, entity.start)
    let last = first - 1
    while (last + 1 < tokens.length && tokens[last + 1]!.start < entity.end) last++
    if (last < first || entity.end <= entity.start) {
      counts.empty++
      continue
    }
    if (taken.subarray(first, last + 1).includes(1)) {
      counts.overlapping++
      continue
    }
    taken.fill(1, first, last + 1)
    counts.learned++
    // Blanks at an entity's edge are no loss; a token cut in two is.
    if (tokens[first]!.start < entity.start || tokens[last]!.end > entity.end) counts.widened++
    spans.push({ first, last, label: labelPlaces.get(entity.label)! })
  }
  return spans.sort((a, b) => a.first - b.first)
}

/** By bisection, the first token that ends after an offset; the number of tokens if none does. */
function firstEndingAfter(tokens: readonly TagToken[], offset: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (tokens[middle]!.end > offset) high = middle
    else low = middle + 1
  }
  return low
}

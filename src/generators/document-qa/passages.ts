/** Passages: the stretches of a document that questions are asked about, the order they take turns in, and which belong together. */
import { wordsOf } from '../../text/words.ts'

/** Offsets count UTF-16 code units of the document's Markdown. */
export interface Passage {
  start: number
  /** Exclusive. */
  end: number
  /** The headings it stands under, the highest first. */
  headings: string[]
}

/** Passages that have a word in common are related only if few others have it. */
const mostBearers = 12
const mostPartners = 3
/** What standing under the same heading counts for, in words that only two passages share. */
const sameSection = 1

/** 0 to `count` − 1 in an order whose every beginning is spread evenly: by reversed bits (van der Corput). */
export function spreadOrder(count: number): number[] {
  const bits = Math.ceil(Math.log2(Math.max(2, count)))
  const reversed = (number: number) => {
    let result = 0
    for (let bit = 0; bit < bits; bit++) result |= ((number >> bit) & 1) << (bits - 1 - bit)
    return result
  }
  return Array.from({ length: 2 ** bits }, (_, number) => reversed(number)).filter(place => place < count)
}

/**
 * For each passage the others it belongs with, the closest first: those that share words which few passages have, then those under
 * the same heading, then the nearest. A passage that overlaps it counts only if there is no other. Empty where there is but one.
 */
export function relatedPassages(markdown: string, passages: readonly Passage[]): number[][] {
  const words = passages.map(({ start, end }) => [...new Set(wordsOf(markdown.slice(start, end)))])
  const bearers = new Map<string, number[]>()
  for (const [place, own] of words.entries()) {
    for (const word of own) {
      const found = bearers.get(word)
      if (found) found.push(place)
      else bearers.set(word, [place])
    }
  }
  return passages.map((passage, place) => {
    const scores = new Map<number, number>()
    const add = (other: number, score: number) => scores.set(other, (scores.get(other) ?? 0) + score)
    for (const word of words[place]!) {
      const others = bearers.get(word)!
      if (others.length > mostBearers) continue
      for (const other of others) if (other !== place) add(other, 2 / others.length)
    }
    for (const other of [place - 1, place + 1]) if (passages[other]) add(other, 0)
    for (const other of scores.keys()) if (isSameSection(passage, passages[other]!)) add(other, sameSection)
    const apart = [...scores].filter(([other]) => !overlaps(passage, passages[other]!))
    return (apart.length > 0 ? apart : [...scores])
      .sort(([a, one], [b, two]) => two - one || Math.abs(a - place) - Math.abs(b - place) || a - b)
      .slice(0, mostPartners)
      .map(([other]) => other)
  })
}

function isSameSection({ headings }: Passage, { headings: others }: Passage): boolean {
  return headings.length > 0 && headings.join('\n') === others.join('\n')
}

function overlaps(one: Passage, two: Passage): boolean {
  return one.start < two.end && two.start < one.end
}

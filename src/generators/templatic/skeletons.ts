/** Mines templates: texts with slots in the place of their values, the best of them first. */
import { nearCopiesWithin } from '../../text/near-copies.ts'
import { parseTemplate } from '../../text/template-parser.ts'
import { wordsOf } from '../../text/words.ts'
import { withPlainBraces } from './fill-template.ts'
import type { Stretch } from './find-values.ts'

/** A template that was mined. */
interface Skeleton {
  text: string
  labels: string[]
  /** Those with this skeleton: the first few, and how many there are. */
  records: string[]
  count: number
}

/** Words beside the slots: with fewer it says nothing, with more it is no template but a text. */
const [fewestWords, mostWords] = [2, 80]
const mostRecords = 5
/** Similarity of three characters in a row from which two templates count as the same. */
const tooAlike = 0.7
/** Templates that are compared with each other, for each that is wanted. */
const looked = 50
/** More entities count for more up to here; beyond are mostly lists. */
const mostSlotsCounted = 3

interface Candidate extends Skeleton {
  slots: number
  words: number
  /** Different values that it has of each slot. */
  values: Map<string, number>
}

/** Skeletons of many texts; equal ones are one. */
export class Skeletons {
  /** Null: texts with this skeleton have different labels, so that the values decide, which a template cannot. */
  readonly #known = new Map<string, Candidate | null>()

  add(text: string, stretches: readonly Stretch[], { id, labels }: { id: string; labels: string[] }): void {
    const skeleton = skeletonOf(text, stretches)
    const known = this.#known.get(skeleton)
    if (known === null) return
    if (known) {
      if (known.labels.join('\n') !== labels.join('\n')) this.#known.set(skeleton, null)
      known.count++
      if (known.records.length < mostRecords) known.records.push(id)
      return
    }
    const words = wordsOf(
      parseTemplate(skeleton)
        .map(part => (typeof part === 'string' ? part : ' '))
        .join(''),
    ).length
    const different = new Map(stretches.map(({ start, end, slot }) => [`${slot}\n${text.slice(start, end)}`, slot]))
    const values = new Map(
      [...Map.groupBy(different.values(), slot => slot)].map(([slot, each]) => [slot, each.length]),
    )
    const candidate = { text: skeleton, labels, records: [id], count: 1, slots: stretches.length, words, values }
    this.#known.set(skeleton, candidate)
  }

  /**
   * At most so many: often seen ones first, then those with more entities, then those of usual length; none that is nearly another,
   * and none that has all values of a slot already, by the number there are (`sizeOf`). Labels take turns.
   */
  best(most: number, sizeOf: (slot: string) => number): Skeleton[] {
    const found = [...this.#known.values()]
      .filter(candidate => candidate !== null)
      .filter(({ words }) => words >= fewestWords && words <= mostWords)
      .filter(({ values }) => [...values].every(([slot, count]) => sizeOf(slot) > count))
    const usual = median(found.map(({ words }) => words))
    const ranked = found.toSorted(
      (a, b) =>
        b.count - a.count ||
        Math.min(b.slots, mostSlotsCounted) - Math.min(a.slots, mostSlotsCounted) ||
        Math.abs(a.words - usual) - Math.abs(b.words - usual),
    )
    const byLabels = [...Map.groupBy(ranked, ({ labels }) => labels.join('\n')).values()].map(list =>
      withoutAlike(list.slice(0, looked * most)),
    )
    const inTurn = Array.from({ length: Math.max(0, ...byLabels.map(list => list.length)) }, (_, turn) =>
      byLabels.flatMap(list => list[turn] ?? []),
    )
    return inTurn.flat().slice(0, most)
  }
}

function withoutAlike(candidates: Candidate[]): Candidate[] {
  const copies = new Set(
    nearCopiesWithin(
      candidates.map(({ text }) => text),
      tooAlike,
    ).map(({ text }) => text),
  )
  return candidates.filter((_, at) => !copies.has(at))
}

/** Equal values of one slot become mentions of one draw. */
function skeletonOf(text: string, stretches: readonly Stretch[]): string {
  const keys = stretches.map(({ start, end, slot }) => `${slot}\n${text.slice(start, end)}`)
  const repeated = new Map<string, string[]>()
  for (const [at, { slot }] of stretches.entries()) {
    const [first, last] = [keys.indexOf(keys[at]!), keys.lastIndexOf(keys[at]!)]
    if (first === at && last > at) repeated.set(slot, [...(repeated.get(slot) ?? []), keys[at]!])
  }
  let skeleton = ''
  let from = 0
  for (const [at, { start, end, slot }] of stretches.entries()) {
    const mention = (repeated.get(slot) ?? []).indexOf(keys[at]!) + 1
    skeleton += `${withPlainBraces(text.slice(from, start))}{${slot}${mention > 0 ? `#${mention}` : ''}}`
    from = end
  }
  return skeleton + withPlainBraces(text.slice(from))
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

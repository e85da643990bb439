/** `add_typo`: a slip on the keyboard. */
import { z } from 'zod'
import type { RandomStream } from '../../stats/random-stream.ts'
import type { Edit } from '../../text/edits.ts'
import { drawn, drawnMatches } from '../drawn-matches.ts'
import { keyboardLayouts, keyboardNeighbours } from '../keyboard-neighbours.ts'
import { letterWords } from '../letter-words.ts'
import { markAt } from '../mark-at.ts'
import { definePerturbation } from '../perturbation.ts'

const slips = ['substitution', 'swap', 'deletion', 'doubling'] as const
type Slip = (typeof slips)[number]
/** Substitutions are by far the most frequent of what fingers do wrong. */
const weights: Record<Slip, number> = { substitution: 9, swap: 1, deletion: 1, doubling: 1 }
const shortestWord = 5

export const addTypo = definePerturbation({
  kind: 'add_typo',
  category: 'robustness',
  summary: 'Puts typing errors into words of five letters or more: a neighbouring key, or two letters swapped',
  example: { before: 'Where is my card?', after: 'Whwre is my card?' },
  params: z.strictObject({
    count: z.int().min(1).default(1).describe('At most so many words of a text'),
    layout: z.enum(keyboardLayouts).default('qwerty').describe('Which keys are neighbours'),
    slips: z
      .array(z.enum(slips))
      .min(1)
      .default(['substitution', 'swap'])
      .describe('What may happen to a word, a substitution nine times as often as each of the others'),
  }),
  prob: 'texts',
  open({ prob, params }) {
    const neighbours = keyboardNeighbours(params.layout)
    const drawnFrom = [...new Set(params.slips)].flatMap(slip => Array<Slip>(weights[slip]).fill(slip))
    return (text, _, random) => {
      if (!drawn(prob, random)) return []
      const words = letterWords(text, shortestWord).filter(({ digits }) => !digits)
      const edits: Edit[] = []
      for (const { start, end } of drawnMatches(words, 1, random, params.count)) {
        const edit = slipIn(text, start, end, random.pick(drawnFrom), neighbours, random)
        if (edit) edits.push(edit)
      }
      return edits
    }
  },
})

/** From a place in the word drawn at random on, and round to it again, the first where the slip can happen. */
function slipIn(
  text: string,
  start: number,
  end: number,
  slip: Slip,
  neighbours: Record<string, string[]>,
  random: RandomStream,
): Edit | undefined {
  const length = end - start
  const first = random.int(length)
  for (let step = 0; step < length; step++) {
    const at = start + ((first + step) % length)
    const letter = text[at]!
    const keys = neighbours[letter.toLowerCase()]
    if (!keys || markAt(text, at + 1)) continue
    if (slip === 'substitution') return { start: at, end: at + 1, text: inCase(letter, random.pick(keys)) }
    if (slip === 'deletion') return { start: at, end: at + 1, text: '' }
    if (slip === 'doubling') return { start: at, end: at + 1, text: letter + letter }
    const next = text[at + 1] ?? ''
    const swappable = at + 1 < end && neighbours[next.toLowerCase()] && next.toLowerCase() !== letter.toLowerCase()
    if (swappable && !markAt(text, at + 2)) {
      return { start: at, end: at + 2, text: inCase(letter, next) + inCase(next, letter) }
    }
  }
  return undefined
}

/** “The” becomes “Hte”: capitals stay at their place. */
function inCase(place: string, letter: string): string {
  return place === place.toLowerCase() ? letter.toLowerCase() : letter.toUpperCase()
}

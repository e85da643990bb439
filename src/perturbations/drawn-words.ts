/** The words of a text that a perturbation changes: a share of them, drawn at random. */
import type { RandomStream } from '../stats/random-stream.ts'

interface Stretch {
  start: number
  end: number
}

const word = /\S+/g

/** Exactly ⌊prob · n⌋ of the n words between blanks, in order of place; the whole text as one stretch where that is all of them. */
export function drawnWords(text: string, prob: number, random: RandomStream): Stretch[] {
  if (prob >= 1) return [{ start: 0, end: text.length }]
  const words = Array.from(text.matchAll(word), ({ index, 0: { length } }) => ({ start: index, end: index + length }))
  const count = Math.floor(prob * words.length)
  if (count === 0) return []
  return random
    .shuffle(words)
    .slice(0, count)
    .sort((a, b) => a.start - b.start)
}

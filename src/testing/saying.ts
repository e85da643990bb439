/** Sentences for teachers to say: plausible, short, and far enough apart that no near-duplicate search takes one for another. */
import type { RandomStream } from '../stats/random-stream.ts'
import parts from './sayings.json' with { type: 'json' }

/** One of about 10¹⁰ sentences of some fourteen words. */
export function saying(random: RandomStream): string {
  const { when, who, did, which, what, where, why } = parts
  return `${[when, who, did, which, what, where, why].map(words => random.pick(words)).join(' ')}.`
}

/** Two or three words: a name, a title, a topic. */
export function shortSaying(random: RandomStream): string {
  return `${random.pick(parts.which).split(' ')[1]} ${random.pick(parts.what)}`
}

/** The matches of a text that a perturbation changes: each with a chance, and no more than a number of them. */
import type { RandomStream } from '../stats/random-stream.ts'

/** Each match with probability `prob`; of those at most `count`, drawn at random; in the order given. */
export function drawnMatches<T>(matches: readonly T[], prob: number, random: RandomStream, count = Infinity): T[] {
  const chosen = prob >= 1 ? [...matches] : matches.filter(() => random.float() < prob)
  if (chosen.length <= count) return chosen
  // Passed over one by one, so that none is drawn twice and the order stays (selection sampling, Knuth 3.4.2 S).
  let wanted = count
  return chosen.filter((_, at) => {
    if (random.int(chosen.length - at) >= wanted) return false
    wanted -= 1
    return true
  })
}

/** Whether a text is changed at all, where `prob` is the share of texts. */
export function drawn(prob: number, random: RandomStream): boolean {
  return prob >= 1 || random.float() < prob
}

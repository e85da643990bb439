/** What the nearest texts of two labels say of a text: to which of the two it belongs. */
import { nearest } from '../../text/similarity.ts'

interface Vote {
  /** From 0, all for the first label, to 1, all for the second; 0 if nobody can vote. */
  share: number
  /** Mean similarity to those who vote, above what is usual: near 0 for a text unlike either label. */
  closeness: number
}

/**
 * The `most` nearest texts of each label vote with their similarity, less the text's mean similarity to all: in dense vectors
 * everything is somewhat similar to everything. As many vote for one label as for the other, for among the nearest of any
 * label the frequent ones would win by their number.
 *
 * @param scores Similarity of the text at `place` to every text; `first` and `second` are places, of which `place` is no voter.
 */
export function neighbourVote(
  scores: Float64Array,
  place: number,
  first: readonly number[],
  second: readonly number[],
  most: number,
): Vote {
  const mean = (scores.reduce((sum, score) => sum + score, 0) - scores[place]!) / Math.max(1, scores.length - 1)
  const [forFirst, forSecond] = [first, second].map(among =>
    nearest(scores, among, most + 1)
      .filter(voter => voter !== place)
      .map(voter => Math.max(0, scores[voter]! - mean)),
  ) as [number[], number[]]
  const voters = Math.min(most, forFirst.length, forSecond.length)
  const sum = (votes: number[]) => votes.slice(0, voters).reduce((total, vote) => total + vote, 0)
  const total = sum(forFirst) + sum(forSecond)
  return total === 0 ? { share: 0, closeness: 0 } : { share: sum(forSecond) / total, closeness: total / (2 * voters) }
}

/** `add_ocr_typo`: letters misread as a scanner misreads them. */
import { z } from 'zod'
import type { RandomStream } from '../../stats/random-stream.ts'
import type { Edit } from '../../text/edits.ts'
import { drawnMatches } from '../drawn-matches.ts'
import { type LetterWord, letterWords } from '../letter-words.ts'
import { markAt } from '../mark-at.ts'
import { definePerturbation } from '../perturbation.ts'

/** What looks alike in print, each way, with how often it is taken for the other. */
const lookalikes = [
  ['rn', 'm', 8, 5],
  ['cl', 'd', 6, 2],
  ['vv', 'w', 6, 2],
  ['nn', 'm', 2, 1],
  ['li', 'h', 3, 1],
  ['ri', 'n', 2, 1],
  ['l', '1', 5, 6],
  ['I', 'l', 6, 3],
  ['i', 'l', 3, 2],
  ['O', '0', 6, 8],
  ['o', '0', 2, 1],
  ['S', '5', 5, 5],
  ['B', '8', 5, 5],
  ['Z', '2', 4, 3],
  ['G', '6', 3, 3],
  ['e', 'c', 5, 4],
  ['h', 'b', 4, 4],
  ['u', 'v', 2, 2],
  ['u', 'n', 1, 1],
  ['a', 'o', 2, 2],
  ['t', 'f', 2, 2],
  ['g', 'q', 3, 3],
  ['y', 'v', 1, 1],
  ['D', 'O', 2, 2],
  ['C', 'G', 1, 1],
  ['E', 'F', 2, 2],
] as const

interface Misreading {
  from: string
  to: string
  weight: number
}

const misreadings = Map.groupBy<string, Misreading>(
  lookalikes.flatMap(([one, other, there, back]) => [
    { from: one, to: other, weight: there },
    { from: other, to: one, weight: back },
  ]),
  ({ from }) => from[0]!,
)

const shortestWord = 3

export const addOcrTypo = definePerturbation({
  kind: 'add_ocr_typo',
  category: 'robustness',
  summary: 'Misreads letters and digits as text recognition does: rn for m, 0 for O, c for e',
  example: { before: 'A modern card', after: 'A modem card' },
  params: z.strictObject({
    count: z.int().min(1).default(1).describe('At most so many words of a text, one misreading in each'),
  }),
  prob: 'matches',
  open({ prob, params: { count } }) {
    return (text, _, random) => {
      const edits: Edit[] = []
      const words = drawnMatches(letterWords(text, shortestWord), prob, random)
      // One word after the other, drawn as they are needed: most texts need only the first.
      for (let left = words.length; left > 0 && edits.length < count; left--) {
        const at = random.int(left)
        const edit = misreadingIn(text, words[at]!, random)
        if (edit) edits.push(edit)
        words[at] = words[left - 1]!
      }
      return edits.sort((a, b) => a.start - b.start)
    }
  },
})

function misreadingIn(text: string, { start, end }: LetterWord, random: RandomStream): Edit | undefined {
  const places: { at: number; misreading: Misreading }[] = []
  let total = 0
  for (let at = start; at < end; at++) {
    for (const misreading of misreadings.get(text[at]!) ?? []) {
      const { from, weight } = misreading
      const after = at + from.length
      if (after > end || !text.startsWith(from, at) || markAt(text, after)) continue
      places.push({ at, misreading })
      total += weight
    }
  }
  if (total === 0) return undefined
  let left = random.int(total)
  for (const { at, misreading } of places) {
    left -= misreading.weight
    if (left < 0) return { start: at, end: at + misreading.from.length, text: misreading.to }
  }
  return undefined
}

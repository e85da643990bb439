/** Finds the passages of the facts that a text may be speaking of. */
import { nearest } from '../text/similarity.ts'
import { tfIdfSearch } from '../text/tf-idf.ts'
import type { Passage } from './fact-passages.ts'

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
/** Sentences of a text that are searched for one by one. */
const mostSentences = 20

/**
 * A search for the `most` passages nearest to a text, in the order in which the facts have them. The text as a whole and each of its
 * sentences take turns at choosing, so that a remark in passing finds its fact too. Where little is in common, the first passages
 * make up the number.
 */
export function factSearch(passages: readonly Passage[], most: number): (text: string) => Passage[] {
  if (passages.length <= most) return () => [...passages]
  const search = tfIdfSearch(passages.map(({ place, text }) => `${place}\n${text}`))
  const places = passages.map((_, at) => at)
  return text => {
    const queries = [text, ...Array.from(sentences.segment(text), ({ segment }) => segment).slice(0, mostSentences)]
    const rankings = queries.map(query => {
      const scores = search.scores(query)
      return nearest(scores, places, most).filter(at => scores[at]! > 0)
    })
    const chosen = new Set<number>()
    for (let rank = 0; rank < most; rank++) {
      for (const ranking of rankings) if (rank < ranking.length && chosen.size < most) chosen.add(ranking[rank]!)
    }
    for (const place of places) if (chosen.size < most) chosen.add(place)
    return places.filter(place => chosen.has(place)).map(place => passages[place]!)
  }
}

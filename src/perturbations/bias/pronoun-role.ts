/** What a pronoun is in its sentence, told by the words around it: “her” of “her book” from that of “saw her”. */

export type PronounRole = 'subject' | 'object' | 'determiner' | 'possessive' | 'reflexive'

const setOf = (words: string) => new Set(words.split(' '))

/** Words that begin something new, so that no noun of “her” or “his” follows. */
const closing = setOf(
  'a an the this that these those i you he she it we they me him us them my your his its our their myself himself herself themselves yourself ' +
    'in on at to for from with by of about into onto after before during until since as than and or but nor so if because while when where why how ' +
    'what who whom which whether though although unless except without against toward towards through between among is was are were be been am has had have ' +
    'do does did will would can could should may might must shall not never always often again too also there here then now today tomorrow yesterday tonight ' +
    "once twice alone anything something nothing everything anyone someone everyone some any all both each every isn't wasn't doesn't didn't won't can't " +
    'instead anyway soon off away up down out together either',
)
/** Adverbs after “her”, nouns after a preposition: called her back, on her back. */
const afterVerb = setOf('back home well right over around inside outside')
const prepositions = setOf(
  'in on at to for from with by of about into onto behind beside near under over against toward towards around along',
)
/** After these, “her” and a verb or adjective: let her go, made her happy; but made her bed. */
const causing = setOf(
  'let lets letting make makes made making help helps helped helping watch watched see saw seen hear heard',
)
const caused = setOf(
  'go do be get feel cry laugh leave come take look know want think believe find see say wait stay understand realize stand sit walk run speak talk die ' +
    'eat sleep become learn write read play sing win lose fall grow pay try start stop happy angry sad sick proud famous nervous uncomfortable feeling',
)
const perceiving = setOf(
  'saw see seen seeing watched watch watching heard hear hearing found find caught catch kept keep noticed spotted left',
)
const naming = setOf('called call calls calling named name dubbed christened nicknamed')
const telling = setOf(
  'told tell tells telling asked ask asks asking gave give gives giving sent showed offered wrote taught',
)
/** Nouns and adjectives that end as adverbs do. */
const lyNouns = setOf(
  'family belly ally assembly reply supply bully lily jelly only early daily weekly monthly friendly lovely elderly lonely ugly silly holy',
)

const following = /^(\s*)(["“'‘([]?)([\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*)?([^\p{L}\p{N}\s]|\s+[\p{L}\p{N}]|\s*$)?/u
const preceding = /([\p{L}][\p{L}\p{M}'’]*)\s*$/u

/** Of “her”: a determiner where a noun can follow, else an object. */
export function roleOfHer(text: string, start: number, end: number): 'determiner' | 'object' {
  const after = wordAfter(text, end)
  if (!after) return 'object'
  const before = preceding.exec(text.slice(Math.max(0, start - 24), start))?.[1]?.toLowerCase() ?? ''
  if (after.quoted) return telling.has(before) ? 'object' : 'determiner'
  const { word } = after
  if (closing.has(word)) return 'object'
  if (afterVerb.has(word)) return before === '' || prepositions.has(before) ? 'determiner' : 'object'
  if (before === 'let' || before === 'lets') return 'object'
  if (causing.has(before) && caused.has(word)) return 'object'
  if (perceiving.has(before) && word.length > 5 && word.endsWith('ing')) return 'object'
  if (naming.has(before) && after.capitalised) return 'object'
  if (word.endsWith('ly') && !lyNouns.has(word) && after.ends) return 'object'
  return 'determiner'
}

/** Of “his”: standing for the thing itself (“it is his”, “a friend of his”), or before a noun. */
export function roleOfHis(text: string, end: number): 'determiner' | 'possessive' {
  const after = wordAfter(text, end)
  if (!after) return 'possessive'
  return !after.quoted && closing.has(after.word) ? 'possessive' : 'determiner'
}

/** The word that follows with nothing but a blank or an opening quote between; undefined where the clause ends. */
function wordAfter(text: string, end: number) {
  const match = following.exec(text.slice(end, end + 40))
  const [, gap = '', quote = '', word = '', next = ''] = match ?? []
  if (word === '' || gap === '') return undefined
  const lower = word.toLowerCase().replaceAll('’', "'")
  return {
    word: lower,
    quoted: quote !== '',
    capitalised: word[0] !== lower[0],
    /** Whether it is the last of its clause, or before a word that begins something new. */
    ends:
      !/^\s+[\p{L}\p{N}]/u.test(next) ||
      closing.has(
        text
          .slice(end + gap.length + quote.length + word.length)
          .trim()
          .split(/\s/, 1)[0]!
          .toLowerCase(),
      ),
  }
}

/** Perturbations that make the people of a text men, women, or neither by their pronouns. */
import { z } from 'zod'
import type { Edit } from '../../text/edits.ts'
import { inCaseOf } from '../in-case-of.ts'
import { definePerturbation, type Perturb } from '../perturbation.ts'
import { type PronounRole, roleOfHer, roleOfHis } from './pronoun-role.ts'

const forms: Record<'male' | 'female' | 'neutral', Record<PronounRole, string>> = {
  male: { subject: 'he', object: 'him', determiner: 'his', possessive: 'his', reflexive: 'himself' },
  female: { subject: 'she', object: 'her', determiner: 'her', possessive: 'hers', reflexive: 'herself' },
  neutral: { subject: 'they', object: 'them', determiner: 'their', possessive: 'theirs', reflexive: 'themself' },
}

const female = 'she|hers|her|herself'
const male = 'he|him|his|himself'
const wholeWord = (words: string) =>
  new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_@#'’/-])(?:${words})(?![\\p{L}\\p{M}\\p{N}_@-])`, 'giu')
const replaced = { male: wholeWord(female), female: wholeWord(male), neutral: wholeWord(`${male}|${female}`) }

/** They and their kind are left alone: they mostly speak of several people. */
export function pronounReplacement(gender: 'male' | 'female', example: { before: string; after: string }) {
  return definePerturbation({
    kind: `replace_to_${gender}_pronouns`,
    category: 'bias',
    summary: `Speaks of everybody by ${gender} pronouns, each by its role in the sentence`,
    example,
    params: z.strictObject({}),
    open: () =>
      byPronoun(replaced[gender], (text, start, end) => ({ start, end, text: inForm(text, start, end, gender) })),
  })
}

/** “They are” for “he is”, as one edit; of other verbs nobody can say without knowing the sentence, and they stay as they are. */
export function neutralPronounReplacement(example: { before: string; after: string }) {
  return definePerturbation({
    kind: 'replace_to_neutral_pronouns',
    category: 'bias',
    summary: 'Speaks of everybody as they, with is, was, has and does in agreement',
    example,
    params: z.strictObject({}),
    open: () => byPronoun(replaced.neutral, neutralEdit),
  })
}

function byPronoun(pattern: RegExp, editOf: (text: string, start: number, end: number, from: number) => Edit): Perturb {
  return text => {
    const edits: Edit[] = []
    for (const { index, 0: word } of text.matchAll(pattern)) {
      const from = edits.at(-1)?.end ?? 0
      if (index >= from) edits.push(editOf(text, index, index + word.length, from))
    }
    return edits
  }
}

function roleOf(text: string, start: number, end: number): PronounRole {
  const word = text.slice(start, end).toLowerCase()
  if (word === 'her') return roleOfHer(text, start, end)
  if (word === 'his') return roleOfHis(text, end)
  if (word === 'he' || word === 'she') return 'subject'
  if (word === 'him') return 'object'
  return word === 'hers' ? 'possessive' : 'reflexive'
}

function inForm(text: string, start: number, end: number, gender: keyof typeof forms): string {
  return inCaseOf(text.slice(start, end), forms[gender][roleOf(text, start, end)])
}

const pluralVerbs: Record<string, string> = { is: 'are', was: 'were', has: 'have', does: 'do' }
const verb = "(?<verb>is|was|has|does)(?<not>n['’]t)?"
const verbBehind = new RegExp(`^ ${verb}(?![\\p{L}\\p{N}_’'-])`, 'iu')
const verbInFront = new RegExp(`(?:^|(?<asking>\\b(?:why|where|what|when|how|who)) |[^\\p{L}\\p{N}])${verb} $`, 'iu')
const contracted = /^['’]s(?![\p{L}\p{N}_’'-])(?<been> (?:been|got|had)\b)?/iu
/** “He or she” and “his/her” are one pronoun, in the role of the latter. */
const otherGender = new RegExp(`^(?: or |/)(?:${male}|${female})(?![\\p{L}\\p{N}_’'-])`, 'iu')

function neutralEdit(text: string, start: number, pronounEnd: number, from: number): Edit {
  const pair = otherGender.exec(text.slice(pronounEnd, pronounEnd + 12))?.[0]
  const end = pronounEnd + (pair?.length ?? 0)
  const role = roleOf(text, pair ? pronounEnd + (pair.startsWith('/') ? 1 : 4) : start, end)
  const inPlace = (first: number, last: number, clause: string): Edit => {
    return { start: first, end: last, text: inCaseOf(text.slice(first, last), clause) }
  }
  if (role !== 'subject') return inPlace(start, end, forms.neutral[role])
  const short = contracted.exec(text.slice(end, end + 12))
  if (short) return inPlace(start, end + 2, short.groups?.been ? "they've" : "they're")
  const behind = verbBehind.exec(text.slice(end, end + 12))
  if (behind) return inPlace(start, end + behind[0].length, `they ${inPlural(behind)}`)
  const front = questionVerb(text, start, from)
  if (front)
    return inPlace(start - 1 - `${front.groups!.verb}${front.groups!.not ?? ''}`.length, end, `${inPlural(front)} they`)
  return inPlace(start, end, 'they')
}

function inPlural({ groups }: RegExpExecArray): string {
  return `${pluralVerbs[groups!.verb!.toLowerCase()]}${groups!.not?.toLowerCase() ?? ''}`
}

/** The verb of a question: “Is he”, “why was she”, “does he”; but not of “the trouble is he drinks”. */
function questionVerb(text: string, start: number, from: number): RegExpExecArray | null {
  const match = verbInFront.exec(text.slice(Math.max(from, start - 16), start))
  if (!match?.groups) return null
  const { verb: word = '', asking } = match.groups
  const isQuestion = asking !== undefined || /^[A-Z]/.test(word) || /^(?:has|does)$/i.test(word)
  return isQuestion ? match : null
}

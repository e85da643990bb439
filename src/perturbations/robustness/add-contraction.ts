/** `add_contraction`: “is not” becomes “isn't”. */
import { z } from 'zod'
import type { Edit } from '../../text/edits.ts'
import { drawnMatches } from '../drawn-matches.ts'
import { definePerturbation } from '../perturbation.ts'

/** A word and the one after it, which the next match may begin with; or “cannot”. */
const pairs =
  /(?<![\p{L}\p{M}\p{N}_'’-])(?:(?<first>[a-z]+)(?=(?<gap>[^\S\r\n]+)(?<second>not|am|are|is|will|would|have|us)(?![\p{L}\p{M}\p{N}_'’-]))|(?<can>can)(?<not>not)(?![\p{L}\p{M}\p{N}_'’-]))/giu
/** A verb leans on what follows: “Yes, I am.” and “as it is now and ever” keep theirs. */
const goesOn = /[^\S\r\n]+(?!(?:and|as|because|but|if|or|so|than|though|when|while)\b)[\p{L}\p{N}]/iuy
const negated = /[^\S\r\n]+not\b/iy
/** “I have seen” but not “I have a card”. */
const participle =
  /[^\S\r\n]+(?:been|had|done|gone|got|made|seen|taken|never|not|already|always|also|just|[a-z]{2,}ed)\b/iy

/** How much of the verb stays before “n't”, and what is written then. */
const withNot = new Map<string, { stays: number; short: string }>([
  ...'are could did do does had has have is must need should was were would'
    .split(' ')
    .map(verb => [verb, { stays: verb.length, short: "n't" }] as const),
  ['will', { stays: 1, short: "on't" }],
  ['can', { stays: 3, short: "'t" }],
  ['shall', { stays: 3, short: "n't" }],
])
const leaning: Record<string, { on: Set<string>; short: string }> = {
  am: { on: new Set(['i']), short: "'m" },
  are: { on: new Set('you we they'.split(' ')), short: "'re" },
  is: { on: new Set('he she it that there here what who where how'.split(' ')), short: "'s" },
  will: { on: new Set('i you he she it we they that there who'.split(' ')), short: "'ll" },
  would: { on: new Set('i you he she it we they who'.split(' ')), short: "'d" },
  have: { on: new Set('i you we they'.split(' ')), short: "'ve" },
  us: { on: new Set(['let']), short: "'s" },
}

export const addContraction = definePerturbation({
  kind: 'add_contraction',
  category: 'robustness',
  summary: "Contracts English verbs: “is not” to “isn't”, “I am” to “I'm”",
  example: { before: 'I am sure it is not here.', after: "I'm sure it isn't here." },
  params: z.strictObject({}),
  prob: 'matches',
  open({ prob }) {
    return (text, _, random) => {
      const apostrophe = text.includes('’') ? '’' : "'"
      const edits: Edit[] = []
      for (const { index, groups } of text.matchAll(pairs)) {
        const { first = groups!.can!, gap = '', second = groups!.not! } = groups!
        const from = index + first.length
        const contraction = contractionOf(text, first, second, from + gap.length + second.length)
        if (!contraction) continue
        const { stays, short } = contraction
        const written = short.replace("'", apostrophe)
        edits.push({
          start: index + stays,
          end: from + gap.length + second.length,
          text: second === second.toUpperCase() ? written.toUpperCase() : written,
        })
      }
      return drawnMatches(edits, prob, random)
    }
  },
})

function contractionOf(text: string, first: string, second: string, end: number) {
  // “it IS so” is stressed, and “let US firms” is about a country.
  if (second === second.toUpperCase() && first !== first.toUpperCase()) return undefined
  const verb = second.toLowerCase()
  if (verb === 'not') return withNot.get(first.toLowerCase())
  const { on, short } = leaning[verb]!
  if (!on.has(first.toLowerCase())) return undefined
  // Of “it is not” the verb contracts with “not”.
  if (verb !== 'am' && verb !== 'us' && matchesAt(negated, text, end)) return undefined
  return matchesAt(verb === 'have' ? participle : goesOn, text, end) ? { stays: first.length, short } : undefined
}

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(text)
}

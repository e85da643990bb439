/** `expand_contraction`: “isn't” becomes “is not”. */
import { z } from 'zod'
import type { Edit } from '../../text/edits.ts'
import { drawnMatches } from '../drawn-matches.ts'
import { definePerturbation } from '../perturbation.ts'

const contracted =
  /(?<![\p{L}\p{M}\p{N}_'’-])(?<word>[a-z]+?)(?<short>n['’]t|['’](?:m|re|ll|ve|s|d))(?![\p{L}\p{M}\p{N}_'’-])(?=(?:\s+(?<next>[a-z]+))?)/giu

interface FullForm {
  /** How much of the word stays. */
  stays: number
  text: string
}

const withNot = new Map<string, FullForm>([
  ...'are could did do does had has have is must need should was were would'
    .split(' ')
    .map(verb => [verb, { stays: verb.length, text: ' not' }] as const),
  ['wo', { stays: 1, text: 'ill not' }],
  ['ca', { stays: 2, text: 'nnot' }],
  ['sha', { stays: 3, text: 'll not' }],
])
const sure: Record<string, { on: Set<string>; verb: string }> = {
  "'m": { on: new Set(['i']), verb: 'am' },
  "'re": { on: new Set('you we they'.split(' ')), verb: 'are' },
  "'ll": { on: new Set('i you he she it we they that there who'.split(' ')), verb: 'will' },
  "'ve": { on: new Set('i you we they'.split(' ')), verb: 'have' },
}
const pronouns = new Set('i you he she it we they'.split(' '))
const withS = new Set('he she it that there here what who where how'.split(' '))
const afterHas = new Set('been got had become'.split(' '))
/** “It's taken”: “is” or “has”. */
const afterEither = /^(?:done|gone|made|seen|taken|[a-z]{2,}ed|)$/
const afterWould = new Set('appreciate be have like love need prefer rather say want'.split(' '))
const afterHad = new Set(['been', 'better'])

const sentenceStart = /(?:^|[.!?:;,\n])\s*["“(]*$/
const afterQuestionWord = /(?<!\p{L})(?:how|why|when|where|what)\s+$/iu

export const expandContraction = definePerturbation({
  kind: 'expand_contraction',
  category: 'robustness',
  summary: "Writes English contractions out: “isn't” as “is not”, “I'm” as “I am”",
  example: { before: "I'm sure it isn't here.", after: 'I am sure it is not here.' },
  params: z.strictObject({}),
  prob: 'matches',
  open({ prob }) {
    return (text, _, random) => {
      const edits: Edit[] = []
      for (const { index, groups } of text.matchAll(contracted)) {
        const { word = '', short = '', next = '' } = groups!
        const before = text.slice(Math.max(0, index - 12), index)
        const full = fullForm(word.toLowerCase(), short.toLowerCase().replace('’', "'"), next.toLowerCase(), before)
        if (!full) continue
        const inCapitals = short !== short.toLowerCase() && short === short.toUpperCase()
        const written = inCapitals ? full.text.toUpperCase() : full.text
        edits.push({ start: index + full.stays, end: index + word.length + short.length, text: written })
      }
      return drawnMatches(edits, prob, random)
    }
  },
})

function fullForm(word: string, short: string, next: string, before: string): FullForm | undefined {
  if (short === "n't") return isQuestion(word, next, before) ? undefined : withNot.get(word)
  const verb = sure[short]?.on.has(word) ? sure[short].verb : verbToldBy(word, short, next)
  return verb === undefined ? undefined : { stays: word.length, text: ` ${verb}` }
}

/** “Isn't it” would have to become “is it not”; “don't go” is none. */
function isQuestion(verb: string, next: string, before: string): boolean {
  return pronouns.has(next) || afterQuestionWord.test(before) || (verb !== 'do' && sentenceStart.test(before))
}

/** “'s” is “is” or “has”, “'d” is “would” or “had”: written out only where what follows tells which. */
function verbToldBy(word: string, short: string, next: string): string | undefined {
  if (short === "'s" && word === 'let') return next === '' ? undefined : 'us'
  if (short === "'s" && withS.has(word)) {
    if (afterHas.has(next)) return 'has'
    return afterEither.test(next) ? undefined : 'is'
  }
  if (short !== "'d" || !pronouns.has(word)) return undefined
  if (afterHad.has(next)) return 'had'
  return afterWould.has(next) ? 'would' : undefined
}

/** Critic `language`: each text is in one of the wanted languages. */
import { z } from 'zod'
import { defineCritic, type PlanContext } from '../engine/define.ts'
import { CultivarError } from '../model/error.ts'
import type { Content } from '../model/record.ts'
import { proseOf } from '../text/prose.ts'
import { lettersIn, scriptsOf } from '../text/scripts.ts'
import { knownLanguages, languageEvidence, letterCount } from './detector.ts'

const params = z.strictObject({
  languages: z
    .array(z.string())
    .default([])
    .describe('Wanted languages as ISO 639-1 codes, as [en, de]; none: those of the project’s training records'),
  margin: z
    .number()
    .min(0)
    .max(100)
    .default(1.2)
    .describe('How much more must speak for another language: 0.5 rejects on suspicion, 3 only what is beyond doubt'),
  minLetters: z.int().min(1).default(10).describe('Texts with fewer letters pass, unless they are in the wrong script'),
  fields: z
    .array(z.string())
    .default([])
    .describe('Fields to look at, each by itself; none: `text`, or every text field where there is none'),
})
type Params = z.infer<typeof params>

/** Languages that the detector does not know, or not in every script, by those it takes them for. */
const readAs: Record<string, string[]> = { bs: ['hr'], id: ['ms'], nb: ['no'], nn: ['no'], sr: ['sr', 'hr'] }
/** Records of a project that are looked at, and the least share of them for their language to be wanted. */
const mostRecords = 2000
const leastShare = 0.05

/**
 * A text is rejected if most of its letters are in a script that no wanted language uses, or if the evidence for another
 * language exceeds that for every wanted one by `margin`. Code, links, numbers and names (capitalised words) are left
 * out, as far as they can be told; what is in doubt passes. Without `languages`, those of a twentieth of the training
 * records or more are wanted. `score` is the margin by which the wanted language leads (below 0: trails).
 */
export const language = defineCritic({
  kind: 'language',
  summary: 'Rejects texts in another language than the wanted ones',
  params,
  phase: 'pure',
  async plan(context) {
    const languages = context.params.languages.length > 0 ? context.params.languages : await languagesOfRecords(context)
    const known = new Set([...knownLanguages(), ...Object.keys(readAs)])
    const unknown = languages.find(code => !known.has(code))
    if (unknown !== undefined) {
      throw new CultivarError(
        'bad-recipe',
        `Critic “language” cannot recognise “${unknown}”.`,
        `It knows these codes: ${[...known].sort().join(', ')}.`,
      )
    }
    return languages
  },
  open({ params, material }) {
    const wanted = new Wanted(material as string[], params)
    return {
      judge(candidate) {
        let least: number | undefined
        for (const [name, text] of textsOf(candidate, params.fields)) {
          const { reason, score } = wanted.judge(text)
          if (reason !== undefined) {
            const where = name === 'text' ? '' : `field \`${name}\` `
            return {
              critic: 'language',
              pass: false,
              reason: where + reason,
              ...(score === undefined ? {} : { score }),
            }
          }
          if (score !== undefined) least = Math.min(score, least ?? score)
        }
        return { critic: 'language', pass: true, ...(least === undefined ? {} : { score: least }) }
      },
    }
  },
})

async function languagesOfRecords({ params, records }: PlanContext<Params>): Promise<string[]> {
  const counts = new Map<string, number>()
  const evidence = new Map<string, number>()
  let sure = 0
  let seen = 0
  for await (const record of records()) {
    if (record.split !== 'train' || !(record.outcome === 'imported' || record.status === 'accepted')) continue
    for (const [, text] of textsOf(record, params.fields)) {
      const [best, next] = ranked(evidenceOf(proseOf(text), params.minLetters, evidence))
      if (!best || best[1] - (next?.[1] ?? 0) < params.margin) continue
      counts.set(best[0], (counts.get(best[0]) ?? 0) + 1)
      sure++
    }
    if (++seen === mostRecords) break
  }
  const common = ranked(counts).filter(([, count]) => count >= leastShare * sure)
  // Where no text is sure by itself, all together may be.
  const found = (common.length > 0 ? common : ranked(evidence).slice(0, 1)).map(([code]) => code)
  if (found.length > 0) return found.sort()
  throw new CultivarError(
    'bad-recipe',
    'Critic “language” cannot tell which languages are wanted: the project has no training records with text in them.',
    'Name them: { kind: language, languages: [en] }.',
  )
}

/** The chosen fields that are text, by name. */
function textsOf({ fields }: Pick<Content, 'fields'>, chosen: string[]): [string, string][] {
  if (chosen.length === 0 && typeof fields['text'] === 'string') return [['text', fields['text']]]
  return Object.entries(fields).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && (chosen.length === 0 || chosen.includes(entry[0])),
  )
}

class Wanted {
  readonly #params: Params
  readonly #languages: string[]
  readonly #codes: Set<string>
  readonly #scripts: Set<string>

  constructor(languages: string[], params: Params) {
    this.#params = params
    this.#languages = languages
    this.#codes = new Set(languages.flatMap(code => readAs[code] ?? [code]))
    this.#scripts = new Set(languages.flatMap(scriptsOf))
  }

  judge(text: string): { reason?: string; score?: number } {
    const prose = proseOf(text)
    const script = this.#wrongScript(prose)
    if (script !== undefined) return { reason: `is written in ${script}, not in ${this.#named()}` }
    const own = this.#scripts.has('Latn') ? prose : prose.replace(/\p{Script=Latn}+/gu, ' ')
    const evidence = ranked(evidenceOf(own, this.#params.minLetters))
    const [best] = evidence
    if (!best) return {}
    const [, wanted] = evidence.find(([code]) => this.#codes.has(code)) ?? ['', 0]
    const [other, most] = evidence.find(([code]) => !this.#codes.has(code)) ?? ['', 0]
    const score = wanted - most
    return score > -this.#params.margin
      ? { score }
      : { score, reason: `reads as ${languageNames.of(other)}, not ${this.#named()}` }
  }

  /** Two letters are enough to tell; but a name or a word in Latin letters stands in texts of every script. */
  #wrongScript(text: string): string | undefined {
    const letters = letterCount(text)
    const inLatin = this.#scripts.has('Latn') ? 0 : lettersIn(text, ['Latn'])
    const inWords = inLatin > 0 ? lettersIn(text.replace(capitalised, ''), ['Latn']) : 0
    const own = lettersIn(text, this.#scripts)
    const foreign = letters - own - inLatin
    if (foreign >= 2 && foreign > letters / 2) return mainScript(text)
    // A character of Chinese, Japanese or Korean says as much as three letters.
    const weight = own + 2 * lettersIn(text, ['Hani', 'Hira', 'Kana', 'Hang'])
    return inWords >= this.#params.minLetters && inWords > weight ? 'Latin letters' : undefined
  }

  #named(): string {
    return this.#languages.map(code => languageNames.of(code)).join(' or ')
  }
}

const languageNames = new Intl.DisplayNames('en', { type: 'language' })
const scriptNames = new Intl.DisplayNames('en', { type: 'script' })

function mainScript(text: string): string {
  const scripts = [...new Set(knownLanguages().flatMap(scriptsOf))]
  const counts = ranked(new Map(scripts.map(script => [script, lettersIn(text, [script])])))
  const [script, most] = counts[0]!
  return most > 0 ? `${scriptNames.of(script)} letters` : 'letters of another script'
}

/** Words with a capital may be names, which fit any language. */
const capitalised = /(?<!^)(?<=\s)\p{P}*\p{Lu}\S*/gu

/**
 * Evidence from the words that are no names; from all, at a fifth of the weight, where hardly any are left. None for a
 * text too short. What is found is also added to `sum`.
 */
function evidenceOf(prose: string, minLetters: number, sum?: Map<string, number>): Map<string, number> {
  const spoken = /\p{Ll}/u.test(prose) ? prose : prose.toLowerCase()
  const plain = spoken.replace(capitalised, '')
  const enough = letterCount(plain) >= minLetters
  const text = enough ? plain : spoken
  if (!enough && letterCount(text) < minLetters) return new Map()
  const found = languageEvidence(text)
  for (const [code, evidence] of found) {
    const weighed = enough ? evidence : evidence / 5
    found.set(code, weighed)
    sum?.set(code, (sum.get(code) ?? 0) + weighed)
  }
  return found
}

/** Highest number first. */
function ranked(numbers: Map<string, number>): [string, number][] {
  return [...numbers].sort((a, b) => b[1] - a[1])
}

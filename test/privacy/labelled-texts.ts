/** A generated test set with known answers: sentences of several countries, and where the personal data in them stands. */
import { type RandomStream, randomStream } from '../../src/stats/random-stream.ts'
import contexts from './contexts.json' with { type: 'json' }
import { type Language, type Person, person, values } from './values.ts'

export interface LabelledText {
  language: Language
  context: string
  text: string
  expected: { kind: string; start: number; end: number }[]
}

export const languages = Object.keys(contexts) as Language[]

const kinds: Record<string, string> = {
  ...Object.fromEntries('ssn nino nhs steuer nir dni nie cf bsn cpf aadhaar'.split(' ').map(id => [id, 'national-id'])),
  ...{ name: 'name', given: 'name', surname: 'name', dob: 'date-of-birth', record: 'record-number' },
  ...{ passport: 'record-number', other: 'name' },
}

/** Every context of a language, each `times` times with other values. */
export function labelledTexts(language: Language, times: number): LabelledText[] {
  const { positive, negative } = contexts[language]
  return [...positive, ...negative].flatMap(context =>
    Array.from({ length: times }, (_, i) => fill(context, language, randomStream(`${language} ${i} ${context}`))),
  )
}

function fill(context: string, language: Language, random: RandomStream): LabelledText {
  const someone = person(random, language)
  const other = person(random, language)
  const expected: LabelledText['expected'] = []
  let text = ''
  for (const [i, part] of context.split(/\{([-a-z]+)\}/).entries()) {
    const value = i % 2 === 0 ? part : (nameOf(someone, other, part) ?? values[part]!(random, language))
    if (i % 2 === 1 && !part.startsWith('-')) {
      expected.push({ kind: kinds[part] ?? part, start: text.length, end: text.length + value.length })
    }
    text += value
  }
  return { language, context, text, expected }
}

function nameOf({ given, surname }: Person, other: Person, slot: string): string | undefined {
  return { name: `${given} ${surname}`, given, surname, other: `${other.given} ${other.surname}` }[slot]
}

/** Tells the format of a JSON file by the members of its first values, where reading it as plain rows would lose what they mean. */
import type { Json } from '../model/json.ts'
import type { ReadOptions } from './format.ts'
import { isObject } from './labelled-text.ts'
import { readValues } from './read-objects.ts'

/** The first ones may be without any annotation. */
const valuesLookedAt = 200

/** A kind of format and the members that told it; undefined for plain rows and for files that cannot be read. */
export async function tellFormat(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<{ kind: string; because: string } | undefined> {
  let left = valuesLookedAt
  for await (const row of readValues(bytes, options, [], value => ({ value }))) {
    const told = 'error' in row ? undefined : telling(row.value)
    if (told) return told
    if (--left === 0) break
  }
  return undefined
}

function telling(value: Json): { kind: string; because: string } | undefined {
  if (Array.isArray(value)) {
    const [text, annotated] = value
    const isPair = typeof text === 'string' && isObject(annotated)
    return isPair && ['entities', 'cats', 'spans'].some(name => name in annotated)
      ? { kind: 'spacy', because: 'a text with “entities” or “cats”' }
      : undefined
  }
  if (!isObject(value)) return undefined
  const found = signs.find(({ members }) => members.every(([name, suits]) => name in value && suits(value[name]!)))
  if (found) return { kind: found.kind, because: found.members.map(([name]) => `“${name}”`).join(' and ') }
  const answer = Object.keys(value).find(name => /.\.(responses?|suggestion)$/.test(name))
  return answer === undefined ? undefined : { kind: 'argilla', because: `“${answer}”` }
}

type Suits = (member: Json) => boolean

const isList: Suits = Array.isArray
const isText: Suits = member => typeof member === 'string'

/** The first whose members are all there. */
const signs: { kind: string; members: [string, Suits][] }[] = [
  {
    kind: 'generative-ai-lab',
    members: [
      ['data', isObject],
      ['completions', isList],
    ],
  },
  {
    kind: 'label-studio',
    members: [
      ['data', isObject],
      ['annotations', isList],
    ],
  },
  {
    kind: 'label-studio',
    members: [
      ['data', isObject],
      ['predictions', isList],
    ],
  },
  {
    kind: 'hugging-face',
    members: [
      ['tokens', isList],
      ['ner_tags', isList],
    ],
  },
  {
    kind: 'argilla',
    members: [
      ['fields', isObject],
      ['suggestions', member => typeof member === 'object'],
    ],
  },
  {
    kind: 'argilla',
    members: [
      ['fields', isObject],
      ['responses', member => typeof member === 'object'],
    ],
  },
  {
    kind: 'prodigy',
    members: [
      ['text', isText],
      ['answer', member => /^(accept|reject|ignore)$/.test(String(member))],
    ],
  },
  {
    kind: 'prodigy',
    members: [
      ['text', isText],
      ['_task_hash', () => true],
    ],
  },
  {
    kind: 'prodigy',
    members: [
      ['text', isText],
      ['options', isList],
      ['accept', isList],
    ],
  },
  {
    kind: 'doccano',
    members: [
      ['text', isText],
      ['entities', isList],
      ['relations', isList],
    ],
  },
  {
    kind: 'doccano',
    members: [
      ['text', isText],
      ['entities', isList],
      ['cats', isList],
    ],
  },
  {
    kind: 'spacy',
    members: [
      ['text', isText],
      ['cats', isObject],
    ],
  },
]

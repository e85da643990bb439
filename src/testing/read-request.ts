/** What a scripted teacher reads in a prompt: how many items it wants, the form of the reply, the names it shows. */
import type { Json } from '../model/json.ts'
import type { Message } from '../model/request.ts'
import { isSchema, type Schema } from './schema-shape.ts'

/** What people say of the first question; later ones may only correct a reply. */
export function question(messages: Message[]): string {
  return messages.find(message => message.role === 'user')?.content ?? ''
}

const verbs = 'write|give|list|generate|create|produce|propose|invent|compose|return|make|suggest|provide'
const things =
  'items?|examples?|texts?|strings?|records?|samples?|sentences?|questions?|pairs?|entries|messages?|rows?|variants?|candidates?|lines?|objects?'
const counted = new RegExp(`\\b(\\d{1,4})\\s+(?:[\\p{L}'-]+\\s+){0,3}(?:${things})\\b`, 'giu')
const commanded = new RegExp(`\\b(?:${verbs})\\b[^.\\n\\d]{0,40}\\b(\\d{1,4})\\b`, 'giu')

/** The number of items asked for, in the last message of a user that names one: “8 texts”, “Write 8 …”. */
export function countAsked(messages: Message[]): number | undefined {
  for (const { role, content } of messages.toReversed()) {
    if (role !== 'user') continue
    const found = [...content.matchAll(counted)].at(-1) ?? [...content.matchAll(commanded)].at(-1)
    if (found) return Number(found[1])
  }
  return undefined
}

/** Values that a sample reply in the question shows, by property: `{"label": "refund"}`. Those with dots in them are left for the teacher to fill in. */
export function valuesShown(messages: Message[]): Map<string, string> {
  const shown = question(messages).matchAll(/"(\w+)":\s*("(?:[^"\\\n…]|\\.)+")/g)
  return new Map([...shown].flatMap(([, name, value]) => [[name!, unquoted(value!)] as const]))
}

function unquoted(literal: string): string {
  const parsed = parsedJson(literal)
  return typeof parsed === 'string' ? parsed : literal.slice(1, -1)
}

/** The entity type of which the question shows a mark last: `[[DRUG: words]]`. */
export function markShown(messages: Message[]): string | undefined {
  return [...question(messages).matchAll(/\[\[([^\]:]+):[^\]]*\]\]/g)].at(-1)?.[1]
}

/** The JSON Schema written in the messages, the last one if there are more: how a request asks for JSON by words alone. */
export function schemaIn(messages: Message[]): Schema | undefined {
  for (const { content } of messages.toReversed()) {
    for (let at = content.indexOf('{'); at >= 0; ) {
      const end = closing(content, at)
      const found = end < 0 ? undefined : parsedJson(content.slice(at, end + 1))
      if (found !== undefined && isSchema(found) && looksLikeSchema(found)) return found
      at = content.indexOf('{', found === undefined ? at + 1 : end + 1)
    }
  }
  return undefined
}

const types = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean'])

function looksLikeSchema({ type, properties, items, $schema, anyOf, oneOf, $ref }: Schema): boolean {
  if ($schema !== undefined || Array.isArray(anyOf) || Array.isArray(oneOf) || typeof $ref === 'string') return true
  return (
    typeof type === 'string' &&
    types.has(type) &&
    (type === 'object' ? isSchema(properties) : true) &&
    (type === 'array' ? items !== undefined : true)
  )
}

/** Where the brace at `start` is closed; braces within strings do not count. -1 if it is not. */
function closing(text: string, start: number): number {
  let depth = 0
  let inString = false
  for (let at = start; at < text.length; at++) {
    const character = text[at]
    if (inString) {
      if (character === '\\') at++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at
  }
  return -1
}

function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    // What merely looks like JSON is prose.
    return undefined
  }
}

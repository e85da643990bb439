/** Reads the text of one template: literals, and references to slots between braces. */
import { nearestName } from './nearest-name.ts'

/** How letters of a slot's expansion are written. */
export type LetterCase = 'capital' | 'upper' | 'lower'

/** `{a slot#mention|plural}` as it was written. */
export interface SlotReference {
  slot: string
  /** References of one text (or one template) with the same slot and mention repeat one draw. */
  mention?: string
  article?: 'a' | 'A'
  /** A number before the slot, drawn evenly from these bounds, both included. */
  count?: { low: number; high: number }
  plural: boolean
  letterCase?: LetterCase
}

/** What makes a text unreadable; the message says where (first character: 1) and what to write instead. */
export class TemplateSyntaxError extends Error {
  override readonly name = 'TemplateSyntaxError'
}

export const slotNamePattern = /^[\p{L}_][\p{L}\p{N}_-]*$/u

const filters = ['plural', 'capital', 'upper', 'lower']
const reference =
  /^(?:(an?|An?|\d{1,9}(?:\.\.\d{1,9})?)\s+)?([\p{L}_][\p{L}\p{N}_-]*)(?:#([\p{L}\p{N}_-]+))?((?:\s*\|[^|]*)*)$/u

/** Literals and references of `text` in order; `{{` and `}}` stand for braces. Throws TemplateSyntaxError. */
export function parseTemplate(text: string): (string | SlotReference)[] {
  const parts: (string | SlotReference)[] = []
  let literal = ''
  let at = 0
  while (at < text.length) {
    const character = text[at]!
    if (character !== '{' && character !== '}') {
      literal += character
      at++
    } else if (text[at + 1] === character) {
      literal += character
      at += 2
    } else if (character === '}') {
      throw new TemplateSyntaxError(`"}" at character ${at + 1} closes nothing; write "}}" if a brace is meant`)
    } else {
      const length = text.slice(at + 1).search(/[{}]/)
      if (length < 0 || text[at + 1 + length] === '{') {
        throw new TemplateSyntaxError(
          `"{" at character ${at + 1} is never closed; add "}", or write "{{" if a brace is meant`,
        )
      }
      if (literal !== '') parts.push(literal)
      literal = ''
      parts.push(parseReference(text.slice(at + 1, at + 1 + length), at + 1))
      at += length + 2
    }
  }
  if (literal !== '') parts.push(literal)
  return parts
}

function parseReference(inside: string, position: number): SlotReference {
  const fail = (why: string) => new TemplateSyntaxError(`"{${inside}}" at character ${position} ${why}`)
  const match = reference.exec(inside.trim())
  if (!match) {
    throw fail('is no slot; write {slot}, {a slot}, {A slot}, {2..5 slot}, {slot#1} or {slot|plural}')
  }
  const [, before = '', slot = '', mention, rest = ''] = match
  const found: SlotReference = { slot, plural: false }
  if (mention !== undefined) found.mention = mention
  for (const name of rest
    .split('|')
    .slice(1)
    .map(filter => filter.trim())) {
    if (name === 'plural') found.plural = true
    else if (name !== 'capital' && name !== 'upper' && name !== 'lower') {
      const near = nearestName(name, filters)
      throw fail(`has the unknown filter "${name}"; ${near ? `did you mean "${near}"?` : `use ${filters.join(', ')}`}`)
    } else if (found.letterCase) throw fail(`asks for both ${found.letterCase} and ${name}; keep one`)
    else found.letterCase = name
  }
  if (/^\d/.test(before)) {
    const [low, high = low] = before.split('..').map(Number) as [number, number?]
    if (low > high) throw fail(`counts down; write {${high}..${low} ${slot}}`)
    found.count = { low, high }
  } else if (before !== '') found.article = before.startsWith('A') ? 'A' : 'a'
  if (found.plural && found.article) throw fail('asks for an article and a plural; keep one')
  if (found.plural && found.count) throw fail('needs no "|plural": the number decides')
  return found
}

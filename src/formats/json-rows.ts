/** What JSON and JSON Lines share: an object as a row, and where a text stops being JSON. */
import type { Json } from '../model/json.ts'
import type { ReadRow, RowPlace } from './format.ts'
import { unstorableText } from './unstorable-text.ts'

export function objectRow(value: Json, place: RowPlace): ReadRow {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    const found = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`
    const hint = 'Write an object with named members, as {"text": "…", "label": "…"}.'
    return { error: { ...place, message: `is ${found} instead of an object`, hint } }
  }
  for (const [column, member] of Object.entries(value)) {
    const fault = unstorableText(column) ?? unstorableText(member)
    if (fault) return { error: { ...place, column: column.toWellFormed(), ...fault } }
  }
  return { ...place, values: value }
}

/** What JSON.parse had against `source`, and the 1-based character it fell over. */
export function jsonFault(source: string, cause: unknown): { character: number; message: string } {
  const told = (cause as Error).message
  const position = told.match(/ at position (\d+)/)?.[1]
  const character = position === undefined ? firstFaulty(source) : Number(position) + 1
  const message = character > source.length ? 'it ends too early' : told
  return { character, message: message.replace(/ in JSON at .*| at position .*|, (\.{3})?".* is not valid JSON$/s, '') }
}

/**
 * Some messages do not tell the position. It is the last character of the shortest beginning that is wrong for another reason
 * than being too short; one past the end if there is none.
 */
function firstFaulty(source: string): number {
  let sound = 0
  let faulty = source.length + 1
  while (faulty - sound > 1) {
    const middle = (sound + faulty) >>> 1
    if (mayBecomeJson(source.slice(0, middle))) sound = middle
    else faulty = middle
  }
  return faulty
}

function mayBecomeJson(beginning: string): boolean {
  try {
    JSON.parse(beginning)
    return true
  } catch (error) {
    const { message } = error as Error
    return message.startsWith('Unexpected end') || message.includes(`at position ${beginning.length} `)
  }
}

/** Finds text that no database and no next tool takes: unpaired surrogates and NUL. */
import type { Json } from '../model/json.ts'

/**
 * What is wrong with the first bad string in `value`, keys included; undefined if all are sound.
 * U+DC80–U+DCFF stand for bytes that could not be decoded.
 */
export function unstorableText(value: Json): { message: string; hint: string } | undefined {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0') ? undefined : describe(value)
  if (value === null || typeof value !== 'object') return undefined
  if (Array.isArray(value)) return firstFault(value)
  return firstFault(Object.keys(value)) ?? firstFault(Object.values(value))
}

function firstFault(values: Json[]) {
  for (const value of values) {
    const fault = unstorableText(value)
    if (fault) return fault
  }
  return undefined
}

function describe(text: string): { message: string; hint: string } {
  const alone = text.match(/\p{Surrogate}/u)?.[0].charCodeAt(0)
  if (alone === undefined) return { message: 'holds a NUL character', hint: 'Remove U+0000 from the text.' }
  if (alone >= 0xdc80 && alone <= 0xdcff) {
    return {
      message: `holds a byte that cannot be decoded (0x${(alone - 0xdc00).toString(16)})`,
      hint: 'Save the file as UTF-8, or name its encoding with --encoding.',
    }
  }
  return {
    message: `holds half a character (unpaired surrogate U+${alone.toString(16).toUpperCase()})`,
    hint: 'Write the whole pair, as \\ud83d\\ude00; half of one comes from cutting text in the middle of an emoji.',
  }
}

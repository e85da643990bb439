/** Counts the tokens of a text as OpenAI's o200k_base does: near enough to every provider's own for a budget. */
import { countTokens as count } from 'gpt-tokenizer/encoding/o200k_base'

/** Merging takes time quadratic in a run of letters or of marks, so that one nobody would write is counted in parts. */
const endless = /([\p{L}\p{M}]{500}|[^\s\p{L}\p{N}]{500}|\s{500})/u
const shortEnough = 2000
/** What looks like a control token is text here, never control. */
const asText = { disallowedSpecial: new Set<string>() }

export function countTokens(text: string): number {
  if (text.length <= shortEnough) return count(text, asText)
  return text.split(endless).reduce((sum, part) => sum + (part === '' ? 0 : count(part, asText)), 0)
}

/** The checks that a pipeline can make without a model. */
import { findQuote } from '../../text/find-quote.ts'
import { foldText } from '../../text/normalize.ts'
import type { CheckStage } from './pipeline.ts'

type Fields = Record<string, string>
/** What is wrong with the row; undefined if nothing is. */
type Check = (fields: Fields, stage: CheckStage) => string | undefined

const checks: Record<CheckStage['by'], Check> = {
  verbatim(fields, { field, in: where = 'document' }) {
    const quote = fields[field] ?? ''
    if (findQuote(fields[where] ?? '', quote)) return undefined
    return `the ${field} is not in the ${where}: “${shortened(quote)}”`
  },

  /** `field` holds the letter of the right option, `in` is what the options' fields begin with: `option` for `option_a`, `option_b` … */
  options(fields, { field, in: prefix = 'option' }) {
    const options = Object.entries(fields).filter(([name]) => name.startsWith(`${prefix}_`))
    const letters = options.map(([name]) => name.slice(prefix.length + 1).toUpperCase())
    const answer = (fields[field] ?? '').trim().toUpperCase()
    if (!letters.includes(answer)) return `the ${field} is “${shortened(answer)}”, not one of ${letters.join(', ')}`
    const texts = options.map(([, text]) => foldText(text))
    if (texts.includes('')) return 'an option is empty'
    if (new Set(texts).size < texts.length) return 'two options say the same'
    const catchAll = texts.find(text => /^(all|none|both|neither)( [a-z]+)? of (the )?(above|these)/.test(text))
    return catchAll === undefined ? undefined : `the option “${shortened(catchAll)}” refers to the others`
  },

  matches(fields, { field, pattern = '' }) {
    const value = (fields[field] ?? '').trim()
    return new RegExp(`^(?:${pattern})$`, 'su').test(value) ? undefined : `the ${field} is “${shortened(value)}”`
  },
}

/** Why the row fails the check; undefined if it passes. */
export function failedCheck(fields: Fields, stage: CheckStage): string | undefined {
  return checks[stage.by](fields, stage)
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120).toWellFormed()}…` : text
}

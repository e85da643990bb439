/** Why a text has no usable answer, as data. */
import type { FailedPrediction } from '../model/prediction.ts'

/**
 * `no-answer`: nothing came for the text. `timed-out`: not in time. `bad-answer`: what came is no prediction.
 * `unknown-label`, `bad-score`, `bad-span`: it is one, but cannot be right. `refused`: the model declined.
 */
export type FailureCode =
  | 'no-answer'
  | 'timed-out'
  | 'bad-answer'
  | 'unknown-label'
  | 'bad-score'
  | 'bad-span'
  | 'refused'

export function failedWith(code: FailureCode, message: string): FailedPrediction {
  return { failed: { code, message } }
}

/** Thrown while an answer is read, and made a failure of its text. */
export class Unusable extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, message: string) {
    super(message)
    this.code = code
  }
}

const longestQuote = 200

/** Words of others within our messages: on one line, and not too many. */
export function quoted(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim()
  return line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line
}

/** A value of an answer, as it was written. */
export function shown(value: unknown): string {
  return quoted(JSON.stringify(value) ?? 'nothing')
}

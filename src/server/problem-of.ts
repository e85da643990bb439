/** Any error as the problem that the API answers with. */
import type { z } from 'zod'
import type { Problem } from '../model/api/problem.ts'
import { CultivarError, errorCodes } from '../model/error.ts'

/** A fault of ours says nothing of itself: its message may hold what nobody should see. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof CultivarError)) return fault
  const { code, message, hint, details } = error
  return {
    type: `urn:cultivar:${code}`,
    title: message,
    status: errorCodes[code].status,
    code,
    hint,
    errors: [],
    // What cannot be JSON would spoil the answer.
    details: JSON.parse(JSON.stringify(details)),
  }
}

/** Input that its schema refused; `within` is `params`, `query` or `body`. */
export function invalidInput(within: string, issues: readonly z.core.$ZodIssue[]): Problem {
  const errors = issues.map(({ path, message }) => ({ path: [within, ...path].join('.'), message }))
  return {
    type: 'urn:cultivar:bad-input',
    title: `The request cannot be used as sent: ${errors.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
    status: 400,
    code: 'bad-input',
    hint: 'Change what is named and send it again. /api/openapi.json says what is expected.',
    errors,
    details: {},
  }
}

const fault: Problem = {
  type: 'urn:cultivar:bug',
  title: 'Something went wrong inside Cultivar.',
  status: 500,
  code: 'bug',
  hint: 'The terminal that runs “cultivar studio” shows what; please report it.',
  errors: [],
  details: {},
}

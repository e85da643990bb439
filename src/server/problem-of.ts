/** Any error as the problem that the API answers with. */
import type { z } from 'zod'
import { type Problem, problem } from '../model/api/problem.ts'
import { CultivarError, errorCodes } from '../model/error.ts'

/** A fault of ours says nothing of itself: its message may hold what nobody should see. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof CultivarError)) return fault
  const { code, message, hint, details } = error
  return {
    type: `urn:cultivar:${code}`,
    title: withoutUploads(message),
    status: errorCodes[code].status,
    code,
    hint: withoutUploads(hint),
    errors: errorsIn(details),
    // What cannot be JSON would spoil the answer.
    details: JSON.parse(withoutUploads(JSON.stringify(details))),
  }
}

const uploadsFolder =
  /(?:[A-Za-z]:)?[\\/][^“”"'\n]*?[\\/]+uploads[\\/]+[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[\\/]+/g

/** A file that was brought is called by its name: where it lies on the server is nobody’s business. */
function withoutUploads(text: string): string {
  return text.replaceAll(uploadsFolder, '')
}

/** Members at fault, where an operation names them in its details. */
function errorsIn({ errors }: Record<string, unknown>): Problem['errors'] {
  const parsed = problem.shape.errors.safeParse(errors)
  return parsed.success ? parsed.data : []
}

/** Input that its schema refused; `within` is `params`, `query` or `body`. */
export function invalidInput(within: string, issues: readonly z.core.$ZodIssue[]): Problem {
  const errors = issues.flatMap(issue => membersAtFault(issue, [within])).slice(0, mostErrors)
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

/** A body of a million wrong members is answered with the first few. */
const mostErrors = 20

function membersAtFault(issue: z.core.$ZodIssue, within: PropertyKey[]): Problem['errors'] {
  const path = [...within, ...issue.path]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({ path: spelled([...path, key]), message: 'is not known here' }))
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Of the shapes it may have, the one that it comes nearest to.
    const [nearest] = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)
    const inside = nearest!.flatMap(other => membersAtFault(other, path))
    if (inside.length > 0) return inside
  }
  return [{ path: spelled(path), message: issue.message }]
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length))
}

/** Keys may be anything that was sent. */
function spelled(path: PropertyKey[]): string {
  return path.map(key => String(key).toWellFormed().slice(0, 100)).join('.')
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

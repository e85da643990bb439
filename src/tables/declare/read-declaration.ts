/** Reads a declaration as it was written, and says what is wrong with it, with the path. */
import type { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { noDistribution } from './column-choice.ts'
import { declarationSchema, type ReadDeclaration } from './declaration.ts'

/** Where something stands in a declaration. */
export type Path = readonly (string | number)[]

/** @throws CultivarError `bad-recipe` with the first thing that is wrong. */
export function readDeclaration(written: unknown): ReadDeclaration {
  const read = declarationSchema.safeParse(written, { error: inWords })
  if (read.success) return read.data
  const { path, message } = deepest(read.error.issues)
  throw recipeFault(
    path.map(step => (typeof step === 'symbol' ? String(step) : step)),
    message,
    'Correct this place and try again.',
  )
}

export function recipeFault(path: Path, message: string, hint: string): CultivarError {
  const place = path.length > 0 ? `${path.join('.')}: ` : ''
  return new CultivarError('bad-recipe', `${place}${message}`, hint, { path: [...path] })
}

/** Runs `work`; what is wrong with an expression or a distribution in it is said to be at `path`. */
export function at<T>(path: Path, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const ours = error instanceof CultivarError && (error.code === 'bad-input' || error.code === 'bad-recipe')
    if (!ours || error.details['path'] !== undefined) throw error
    throw recipeFault(path, error.message, error.hint)
  }
}

type Issue = z.core.$ZodIssue

/** What is said where a schema has no sentence of its own; undefined for what zod says well. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    const found = issue.input === undefined ? 'it is missing' : `it is ${shown(issue.input)}`
    return `${found}; expected ${typeWords[issue.expected] ?? issue.expected}`
  }
  if (issue.code !== 'unrecognized_keys') return undefined
  const { def } = (issue.inst as z.core.$ZodType | undefined)?._zod ?? {}
  const known = Object.keys((def as Partial<z.core.$ZodObjectDef> | undefined)?.shape ?? {})
  const [key = ''] = issue.keys
  const near = nearestName(key, known)
  return `there is no member “${key}”${near ? `; did you mean “${near}”?` : `; there are ${known.slice(0, 15).join(', ')}`}`
}

const typeWords: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
}

function shown(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a mapping' : `${JSON.stringify(value)}`
}

/** The first issue; of a union, that of the alternative that was most likely meant. */
function deepest(issues: Issue[]): { path: PropertyKey[]; message: string } {
  const [issue] = issues as [Issue]
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue
  const ranked = issue.errors.map(branch => ({ branch, misfit: misfit(branch) })).sort((a, b) => a.misfit - b.misfit)
  const [best, second] = ranked
  if (!best || best.misfit >= wrongKind || (second && second.misfit === best.misfit && best.misfit >= unknownMember)) {
    return {
      path: issue.path,
      message: issue.message === 'Invalid input' ? 'this is nothing that can stand here' : issue.message,
    }
  }
  const inner = deepest(best.branch)
  return { path: [...issue.path, ...inner.path], message: inner.message }
}

const wrongKind = 1000
const unknownMember = 10

/** How badly an alternative fits: a wrong kind of value is worst, members it does not know come next. */
function misfit(issues: Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + unknownMember * issue.keys.length
    if (issue.message === noDistribution) return sum + wrongKind
    if (issue.path.length > 0) return sum + 1
    if (issue.code === 'invalid_union' && issue.errors.length > 0) return sum + Math.min(...issue.errors.map(misfit))
    return sum + (issue.code === 'invalid_type' || issue.code === 'invalid_value' ? wrongKind : 1)
  }, 0)
}

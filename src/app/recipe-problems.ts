/** What is wrong with a recipe, in words a newcomer understands, each problem with the place it belongs to. */
import type { z } from 'zod'
import { nearestName } from '../text/nearest-name.ts'
import { type RecipePlugins, recipeEnvelope, recipeSchema } from './recipe-schema.ts'

export interface RecipeProblem {
  /** Where: names of members and numbers of list items, from the recipe’s root. */
  path: PropertyKey[]
  /** Whether the member’s name is wrong rather than its value. */
  atKey: boolean
  /** What is wrong and, in brackets, what was expected. */
  text: string
  /** Set where text was expected and a bare number, truth value or null was written. */
  wantsText: boolean
}

type Issue = z.core.$ZodIssue

/** Everything that is wrong with a recipe as it was written; empty if nothing is. */
export function recipeProblems(written: unknown, plugins: RecipePlugins): RecipeProblem[] {
  const issues = issuesOf(recipeSchema(plugins), written)
  const unknownGenerator = issues.some(issue => issue.code === 'invalid_union' && issue.path[0] === 'generator')
  // Without a generator the union stops there: the rest is checked all the same, so that nobody corrects in instalments.
  const rest = unknownGenerator ? issuesOf(recipeEnvelope(plugins), written) : []
  return [...issues, ...rest].flatMap(problem).map(found => describe(found, written))
}

function issuesOf(schema: z.ZodType, written: unknown): Issue[] {
  return schema.safeParse(written, { error: ownWords }).error?.issues ?? []
}

/**
 * Asked only where a schema has no sentence of its own. An empty message marks that; for unknown members, it carries the
 * names the object does know, which the finished issue does not say.
 */
function ownWords(issue: z.core.$ZodRawIssue): string {
  if (issue.code !== 'unrecognized_keys') return ''
  const { def } = (issue.inst as z.core.$ZodType | undefined)?._zod ?? {}
  return `\n${Object.keys((def as Partial<z.core.$ZodObjectDef> | undefined)?.shape ?? {}).join('\n')}`
}

interface Found {
  path: PropertyKey[]
  unknownMember?: string
  expected: string
  suggestion?: string
  /** The schema’s own sentence, where it has one. */
  said?: string
  wantsText?: boolean
}

/** One issue as problems: one for each unknown member, those of the fitting alternative for a union. */
function problem(issue: Issue): Found[] {
  const { path } = issue
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = issue.message.startsWith('\n') ? issue.message.split('\n').filter(Boolean) : []
      return issue.keys.map(key => {
        const nearest = nearestName(key, known)
        return {
          path: [...path, key],
          unknownMember: key,
          expected: known.length > 0 ? `expected ${oneOf(known)}` : 'expected nothing here',
          ...(nearest !== undefined && { suggestion: nearest }),
        }
      })
    }
    case 'invalid_union':
      return unionProblem(issue)
    case 'invalid_key':
      return issue.issues.flatMap(inner => problem({ ...inner, path }))
    case 'custom':
      return [{ path, expected: '', said: issue.message }]
    case 'invalid_format':
      return [{ path, expected: issue.message || `expected ${words(issue.format)}` }]
    default:
      return [
        {
          path,
          expected: issue.message || `expected ${expectation(issue)}`,
          wantsText: issue.code === 'invalid_type' && issue.expected === 'string',
        },
      ]
  }
}

function unionProblem(issue: Extract<Issue, { code: 'invalid_union' }>): Found[] {
  const { path } = issue
  const options = 'options' in issue ? issue.options : undefined
  if (issue.errors.length === 0) return [{ path, expected: `expected ${oneOf(options?.map(String) ?? [])}` }]
  const ranked = issue.errors.map(branch => ({ branch, misfit: misfit(branch) })).sort((a, b) => a.misfit - b.misfit)
  const fitting = ranked.filter(({ misfit }) => misfit === ranked[0]!.misfit)
  if (fitting.length === 1 && fitting[0]!.misfit < wrongType) {
    return fitting[0]!.branch.flatMap(inner => problem({ ...inner, path: [...path, ...inner.path] }))
  }
  const wantsText = issue.errors.flat().some(wantsTextHere)
  if (issue.message) return [{ path, expected: issue.message, wantsText }]
  const expected = new Set(
    ranked
      .flatMap(({ branch }) => branch.flatMap(problem))
      .flatMap(found => found.expected.replace(/^expected /, '') || []),
  )
  return [{ path, expected: `expected ${[...expected].join(', or ')}`, wantsText }]
}

function wantsTextHere(issue: Issue): boolean {
  return issue.path.length === 0 && issue.code === 'invalid_type' && issue.expected === 'string'
}

const wrongType = 1000

/** How badly an alternative of a union fits: a wrong kind of value at its root is worst, unknown members come next. */
function misfit(branch: Issue[]): number {
  return branch.reduce((sum, issue) => {
    if (issue.path.length > 0) return sum + 1
    if (issue.code === 'invalid_union' && issue.errors.length > 0) return sum + Math.min(...issue.errors.map(misfit))
    if (issue.code === 'invalid_type' || issue.code === 'invalid_value') return sum + wrongType
    return sum + (issue.code === 'unrecognized_keys' ? 10 : 1)
  }, 0)
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return words(issue.expected)
    case 'invalid_value':
      return oneOf(issue.values.map(String))
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${amount(issue.minimum, issue.origin)}`
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${amount(issue.maximum, issue.origin)}`
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    default:
      return issue.message
  }
}

function amount(bound: number | bigint, origin: string): string {
  if (origin === 'string') return `${bound} ${bound === 1 ? 'character' : 'characters'}`
  if (origin === 'array' || origin === 'set') return `${bound} ${bound === 1 ? 'item' : 'items'}`
  return String(bound)
}

const typeWords: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  url: 'a URL',
}

function words(expected: string): string {
  return typeWords[expected] ?? expected
}

function oneOf(names: string[]): string {
  if (names.length === 1) return `“${names[0]}”`
  return `one of ${names.slice(0, 20).join(', ')}${names.length > 20 ? ' …' : ''}`
}

function describe(found: Found, written: unknown): RecipeProblem {
  const { path, unknownMember, said, wantsText = false } = found
  const value = path.reduce<unknown>(
    (at, step) => (at as Record<PropertyKey, unknown> | null | undefined)?.[step],
    written,
  )
  const name = pathText(path)
  const place = { path, atKey: unknownMember !== undefined }
  if (unknownMember !== undefined) {
    const parent = pathText(path.slice(0, -1))
    const text = `unknown member “${unknownMember}”${parent && ` in ${parent}`} (${found.expected}${meant(found.suggestion)})`
    return { ...place, text, wantsText: false }
  }
  if (said !== undefined) return { ...place, text: name ? `${name}: ${said}` : said, wantsText: false }
  if (value === undefined)
    return { ...place, text: `${name || 'the recipe'} is missing (${found.expected})`, wantsText: false }
  const names = /one of (.*)$/.exec(found.expected)?.[1]?.split(', ')
  const suggestion = typeof value === 'string' && names ? nearestName(value, names) : undefined
  const bare = wantsText && (value === null || typeof value !== 'object')
  const quotes = bare && value !== null ? `; put it in quotes: "${String(value)}"` : ''
  return {
    ...place,
    text: `${name || 'the recipe'} is ${shown(value)} (${found.expected}${quotes}${meant(suggestion)})`,
    wantsText: bare,
  }
}

function meant(name: string | undefined): string {
  return name === undefined ? '' : `; did you mean “${name}”?`
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (value === null) return 'empty'
  if (typeof value === 'object') return 'a mapping'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** `params.slots[2].value` */
function pathText(path: PropertyKey[]): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at > 0 ? '.' : ''}${String(step)}`))
    .join('')
}

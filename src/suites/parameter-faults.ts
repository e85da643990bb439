/** What is wrong with the parameters of a test, in words a newcomer understands. */
import { z } from 'zod'
import { nearestName } from '../text/nearest-name.ts'
import type { Fault } from './suite-document.ts'
import type { SuiteTest } from './suite-tests.ts'

/** `path` leads to where the parameters stand; empty if nothing is wrong. */
export function parameterFaults(
  test: Pick<SuiteTest, 'kind' | 'params'>,
  given: unknown,
  path: Fault['path'],
): Fault[] {
  const { error } = test.params.safeParse(given, { error: namesKnown })
  return (error?.issues ?? []).flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      const known = issue.message.split('\n').filter(Boolean)
      return issue.keys.map(key => ({
        path: [...path, ...namesOf(issue.path), key],
        atKey: true,
        text: unknownParameter({ kind: [test.kind, ...namesOf(issue.path)].join(': ') }, key, known),
      }))
    }
    const place = namesOf(issue.path)
    const name = place.join('.')
    const absent = place.length > 0 && valueAt(given, place) === undefined
    const message = issue.message.replace(/^Invalid input: /, '')
    const text = absent
      ? `${test.kind} needs the parameter ${name}${reasonOf(issue.message) || meaningOf(test.params, place[0])}`
      : `${[test.kind, name].filter(Boolean).join(': ')} is wrong (${message})`
    return [{ path: [...path, ...place], text }]
  })
}

/** For unknown members, the message carries the names that are known, which the finished issue does not say. */
function namesKnown(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined
  const { def } = (issue.inst as z.ZodType)._zod
  const keys =
    'keyType' in def
      ? [...((def.keyType as z.ZodType)._zod.values ?? [])]
      : Object.keys(shapeOf(issue.inst as z.ZodType))
  return `\n${keys.map(String).join('\n')}`
}

export function knownParameters(params: z.ZodType): string[] {
  return Object.keys(shapeOf(params))
}

export function unknownParameter({ kind }: Pick<SuiteTest, 'kind'>, key: string, known: string[]): string {
  const nearest = nearestName(key, known)
  const expected = known.length === 0 ? 'it takes none' : `expected ${known.join(', ')}`
  const meant = nearest === undefined ? '' : `; did you mean “${nearest}”?`
  return `${kind} knows no “${key}” (${expected}${meant})`
}

/** What the schema itself says of a parameter that is missing. */
function reasonOf(message: string): string {
  return /^(Invalid|Too) /.test(message) ? '' : `: ${message}`
}

function meaningOf(params: z.ZodType, name: string | number | undefined): string {
  const meaning = shapeOf(params)[String(name)]?.description
  return meaning === undefined ? '' : ` (${meaning})`
}

function shapeOf(params: z.ZodType): Record<string, z.ZodType> {
  if (params instanceof z.ZodObject) return params.shape as Record<string, z.ZodType>
  return params instanceof z.ZodPipe ? shapeOf(params.in as z.ZodType) : {}
}

function namesOf(path: PropertyKey[]): (string | number)[] {
  return path.map(step => (typeof step === 'symbol' ? String(step) : step))
}

function valueAt(given: unknown, path: (string | number)[]): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], given)
}

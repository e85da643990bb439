/** The parameters of `few-shot`: what each mode takes, and what it refuses. */
import { expect, it } from 'vitest'
import { fewShotParams } from './few-shot-params.ts'

const least = {
  more: {},
  boundary: { mode: 'boundary', between: ['a', 'b'] },
  wrong: { mode: 'wrong', predictions: 'predictions.csv' },
}

/** Where a problem is, and what is said of it. */
function problems(written: Record<string, unknown>): Record<string, string> {
  const { issues = [] } = fewShotParams.safeParse(written).error ?? {}
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]))
}

it.each(Object.entries(least))('mode %s takes what it needs, and takes again what it made of it', (_, written) => {
  const parsed = fewShotParams.parse(written)
  expect(fewShotParams.parse(parsed)).toEqual(parsed)
})

it.each([
  ['more', { between: ['a', 'b'] }],
  ['more', { predictions: 'p.csv' }],
  ['more', { suspicion: 0.7 }],
  ['boundary', { label: 'a' }],
  ['boundary', { confirmed: ['r1'] }],
  ['wrong', { steps: 4 }],
  ['wrong', { examples: { a: ['one'] } }],
] as const)('mode %s refuses %o, and says whose it is', (mode, more) => {
  const [name] = Object.keys(more)
  const told = problems({ ...least[mode], ...more })
  expect(Object.keys(told)).toEqual([name])
  expect(told[name!]).toMatch(new RegExp(`^belongs to mode .*, and the mode here is ${mode}$`))
})

it('says what a mode misses', () => {
  expect(problems({ mode: 'boundary' })).toEqual({ between: expect.stringContaining('two labels') })
  expect(problems({ mode: 'wrong' })).toEqual({ predictions: expect.stringContaining('file') })
})

it('refuses a boundary that is none', () => {
  const { boundary } = least
  expect(problems({ ...boundary, between: ['a', 'a'] })).toEqual({ between: expect.stringContaining('twice') })
  expect(problems({ ...boundary, between: ['a'] })).toEqual({ between: expect.stringContaining('[A, B]') })
  expect(problems({ ...boundary, examples: ['one'] })).toEqual({ examples: expect.stringContaining('which label') })
  expect(problems({ ...boundary, stepField: 'text' })).toEqual({ stepField: expect.stringContaining('“text”') })
  expect(Object.keys(problems({ ...boundary, steps: 5 }))).toEqual(['steps'])
})

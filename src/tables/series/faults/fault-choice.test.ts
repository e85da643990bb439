/** What a choice of faults may say. */
import { expect, it } from 'vitest'
import { faultChoiceSchema } from './fault-choice.ts'

it('is refused by the schema: unknown kinds and members, two ways of counting, spans turned round', () => {
  const message = (fault: unknown) => faultChoiceSchema.safeParse(fault).error?.issues[0]?.message
  expect(message({ kind: 'drifft', column: 'x' })).toMatch(/one of bias, delayed, drift/)
  expect(message({ kind: 'drift', column: 'x', lag: 3 })).toMatch(/lag/)
  expect(message({ kind: 'drift', column: 'x', count: 3, rate: 1 })).toMatch(/one of count and rate/)
  expect(message({ kind: 'drift', column: 'x', length: [9, 3] })).toMatch(/least comes first/)
  expect(message({ kind: 'drift', column: 'x', length: [3, 9] })).toBeUndefined()
})

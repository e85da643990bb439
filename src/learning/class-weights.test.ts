/** Rare labels weigh as the weights say. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Example } from '../model/example.ts'
import { labelWeights } from './class-weights.ts'

const given = (...labels: string[][]): Example[] =>
  labels.map((labels, at) => ({ id: String(at), text: '', labels, entities: [] }))

it('balances so that each label counts the same in all, and the examples as many as they are', () => {
  const labelSets = fc.array(fc.subarray(['a', 'b', 'c']), { minLength: 1 })
  fc.assert(
    fc.property(labelSets, sets => {
      const labels = [...new Set(sets.flat())].sort()
      const weights = labelWeights(given(...sets), labels, 'balanced')
      const totals = labels.map((label, at) => weights[at]! * sets.filter(set => set.includes(label)).length)
      for (const total of totals) expect(total).toBeCloseTo(sets.flat().length / labels.length, 9)
    }),
  )
})

it('takes weights as given, and 1 for labels not named', () => {
  expect(labelWeights(given(['a'], ['constructor']), ['a', 'constructor'], { a: 3 })).toEqual([3, 1])
})

/** Names of columns that a sweep adds. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sweepColumn } from './sweep-column.ts'

it('never gives a name that is taken, in whatever case, and leaves a free one as it is', () => {
  const name = fc.constantFrom('run', 'seed', 'steps')
  const other = fc.tuple(fc.constantFrom('', 'sweep.', 'Sweep.sweep.'), fc.constantFrom('run', 'RUN', 'seed', 'Steps'))
  fc.assert(
    fc.property(name, fc.array(other), (name, others) => {
      const taken = others.map(parts => parts.join(''))
      const lower = taken.map(each => each.toLowerCase())
      const found = sweepColumn(name, taken)
      expect(lower).not.toContain(found.toLowerCase())
      expect(found.endsWith(name)).toBe(true)
      if (!lower.includes(name)) expect(found).toBe(name)
    }),
  )
})

/** Parameters and seed in an address. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parametersOf, searchOf, simulationSearch } from './simulation-search.ts'

it('keeps numbers, switches and words through an address', () => {
  const word = fc.stringMatching(/^[a-z][a-z-]{0,9}$/).filter(text => text !== 'true' && text !== 'false')
  const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean(), word)
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]\w{0,9}$/), value), fc.nat(), (parameters, seed) => {
      const written = simulationSearch.parse(searchOf(parameters, seed))
      const shown = Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, one === 0 ? 0 : one]))
      expect(parametersOf(written)).toEqual(shown)
      expect(written.seed ?? '1').toBe(String(seed))
    }),
  )
})

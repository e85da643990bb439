/** Parameters and seed of a simulation, as its page keeps them in its address: `p=sheep=80&seed=3`. */
import { z } from 'zod'
import { searchList, searchText } from '../../parts/search-members.ts'

export const simulationSearch = z.object({
  p: searchList(z.string().regex(/^\w+=/)),
  seed: searchText,
})
/** As where none is given. */
export const usualSeed = '1'

export type SimulationSearch = z.infer<typeof simulationSearch>

/** Numbers and switches as what they are; all else as text. */
export function parametersOf({ p = [] }: SimulationSearch): Record<string, unknown> {
  return Object.fromEntries(
    p.map(member => {
      const at = member.indexOf('=')
      const text = member.slice(at + 1)
      const isPlain = /^(-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false)$/.test(text)
      return [member.slice(0, at), isPlain ? JSON.parse(text) : text]
    }),
  )
}

/** Only those that differ from the defaults need to be there. */
export function searchOf(parameters: Record<string, unknown>, seed: number | string): SimulationSearch {
  const p = Object.entries(parameters).map(([name, value]) => `${name}=${value}`)
  return { p: p.length > 0 ? p : undefined, seed: String(seed) === usualSeed ? undefined : String(seed) }
}

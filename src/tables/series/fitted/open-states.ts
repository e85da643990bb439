/** Draws columns of states along the rows of an entity. */
import type { RandomStream } from '../../../stats/random-stream.ts'
import type { StateColumn, StateParent } from './fitted-series.ts'
import { codeOf } from './state-features.ts'

/** The code of a parent in each row of a stretch. */
export type ParentCodes = (parent: Exclude<StateParent, { kind: 'lasted' }>) => Uint16Array

/** Where a chain stands between stretches. */
interface ChainState {
  /** The state before, or the number of states at an entity’s start. */
  before: number
  /** For how many rows that state has lasted. */
  lasted: number
}

/** Writes the states of a stretch of rows, and moves the chain on. */
export type StateDraw = (out: Uint16Array, chain: ChainState, codes: ParentCodes, random: RandomStream) => void

export function openStates({ tables, values, shares }: StateColumn): StateDraw {
  const compiled = tables.map(({ parents, contexts, cumulative }) => ({
    parents,
    rows: new Map(contexts.map((context, at) => [context, Float64Array.from(cumulative[at]!)])),
  }))
  const always = Float64Array.from(shares)
  const last = values.length - 1
  return (out, chain, codes, random) => {
    const inputs = compiled.map(({ parents }) =>
      parents.map(parent => ({ parent, codes: parent.kind === 'lasted' ? null : codes(parent) })),
    )
    let { before, lasted } = chain
    for (let row = 0; row < out.length; row++) {
      let cumulative: Float64Array | undefined
      for (let table = 0; table < compiled.length && !cumulative; table++) {
        let context = before
        for (const { parent, codes } of inputs[table]!) {
          const code = parent.kind === 'lasted' ? codeOf(parent.edges, lasted) : codes![row]!
          context = context * parent.size + code
        }
        cumulative = compiled[table]!.rows.get(context)
      }
      cumulative ??= always
      const share = random.float()
      let state = 0
      while (state < last && share >= cumulative[state]!) state++
      lasted = state === before ? lasted + 1 : 1
      before = state
      out[row] = state
    }
    chain.before = before
    chain.lasted = lasted
  }
}

/** Draws of whole numbers from a table of their masses. */
import { AliasTable } from '../../alias-table.ts'
import type { BulkRandom } from '../../bulk-random.ts'

/** Larger tables leave the processor's nearest memory. */
const mostValues = 8192
/** What all draws of a lifetime would not meet. */
const negligible = 1e-25

interface Masses {
  mass(k: number): number
  /** A most likely value: masses fall to both sides of it. */
  mode: number
  least: number
  greatest: number
}

/** A draw by alias table; undefined where too many values would need a place. */
export function tableDraw({ mass, mode, least, greatest }: Masses): ((random: BulkRandom) => number) | undefined {
  const below: number[] = []
  const above: number[] = []
  const most = mass(mode)
  for (let k = mode; k <= greatest; k++) {
    const share = mass(k)
    if (share < most * negligible) break
    if (above.push(share) > mostValues) return undefined
  }
  for (let k = mode - 1; k >= least; k--) {
    const share = mass(k)
    if (share < most * negligible) break
    if (below.push(share) + above.length > mostValues) return undefined
  }
  const first = mode - below.length
  const table = new AliasTable(Float64Array.from([...below.reverse(), ...above]))
  return random => first + table.draw(random)
}

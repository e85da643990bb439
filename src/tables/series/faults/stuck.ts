/** The fault `stuck`: a sensor repeats its last reading. */
import { defineFault } from './fault.ts'

export const stuck = defineFault({
  kind: 'stuck',
  summary: 'The first reading is repeated',
  magnitude: 'the reading that is repeated',
  readings: 50,
  params: {},
  distort({ clean, distorted, from, to }) {
    let held = Number.NaN
    for (let at = from; at < to; at++) {
      if (Number.isNaN(clean[at]!)) continue
      if (Number.isNaN(held)) held = clean[at]!
      distorted[at] = held
    }
    return Number.isNaN(held) ? undefined : held
  },
})

/** The fault `spike`: single readings far from the truth, as of a loose contact. */
import { defineFault, direction, sized } from './fault.ts'

export const spike = defineFault({
  kind: 'spike',
  summary: 'One reading, or a few, jump by the size',
  magnitude: 'the height of the jump, in the sensor’s unit',
  readings: 1,
  params: { ...sized(8), ...direction },
  distort({ clean, distorted, from, to, size }) {
    for (let at = from; at < to; at++) distorted[at] = clean[at]! + size
    return size
  },
})

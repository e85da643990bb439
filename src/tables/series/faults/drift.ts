/** The fault `drift`: readings leave the truth little by little, as of a sensor that ages. */
import { defineFault, direction, sized } from './fault.ts'

export const drift = defineFault({
  kind: 'drift',
  summary: 'Readings leave the truth in a straight line, and are off by the size at the last one',
  magnitude: 'how far off the last reading is, in the sensor’s unit',
  readings: 100,
  params: { ...sized(4), ...direction },
  distort({ clean, distorted, from, to, size }) {
    const step = size / (to - from)
    for (let at = from; at < to; at++) distorted[at] = clean[at]! + step * (at - from + 1)
    return size
  },
})

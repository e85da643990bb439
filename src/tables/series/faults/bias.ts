/** The fault `bias`: readings are off by the same amount, as of a sensor that was mounted or calibrated wrongly. */
import { defineFault, direction, sized } from './fault.ts'

export const bias = defineFault({
  kind: 'bias',
  summary: 'All readings are off by the size',
  magnitude: 'how far off the readings are, in the sensor’s unit',
  readings: 50,
  params: { ...sized(3), ...direction },
  distort({ clean, distorted, from, to, size }) {
    for (let at = from; at < to; at++) distorted[at] = clean[at]! + size
    return size
  },
})

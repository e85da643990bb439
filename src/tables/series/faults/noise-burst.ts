/** The fault `noise-burst`: readings vary much more than they should, as under electrical interference. */
import { BulkRandom } from '../../../stats/bulk-random.ts'
import { standardNormal } from '../../../stats/distributions/draws/ziggurat.ts'
import { defineFault, sized } from './fault.ts'

export const noiseBurst = defineFault({
  kind: 'noise-burst',
  summary: 'Normal noise with the size as its standard deviation is added to the readings',
  magnitude: 'the standard deviation of the noise, in the sensor’s unit',
  readings: 30,
  params: sized(4),
  distort({ clean, distorted, from, to, size, random }) {
    const draws = new BulkRandom(random)
    for (let at = from; at < to; at++) distorted[at] = clean[at]! + size * standardNormal(draws)
    return Math.abs(size)
  },
})

/** The fault `saturation`: readings stop at a limit, as of a sensor whose range is too small. */
import { z } from 'zod'
import { defineFault } from './fault.ts'

export const saturation = defineFault({
  kind: 'saturation',
  summary: 'Readings beyond a limit are read as the limit',
  magnitude: 'the limit, in the sensor’s unit',
  readings: 50,
  params: {
    share: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.7)
      .describe('Share of the readings of the interval that lie beyond the limit; the others stay as they are'),
    side: z.enum(['high', 'low']).default('high').describe('Whether it is the highest or the lowest reading'),
  },
  distort({ params: { share, side }, clean, distorted, from, to }) {
    const ascending = clean.slice(from, to).filter(value => !Number.isNaN(value))
    if (ascending.length === 0) return undefined
    ascending.sort()
    // A reading there is, so that the limit has no more decimals than readings have.
    const place = Math.floor((side === 'high' ? 1 - share : share) * ascending.length)
    const limit = ascending[Math.min(ascending.length - 1, place)]!
    for (let at = from; at < to; at++) {
      const value = clean[at]!
      distorted[at] = side === 'high' ? Math.min(value, limit) : Math.max(value, limit)
    }
    return limit
  },
})

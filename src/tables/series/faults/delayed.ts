/** The fault `delayed`: readings come late, as through a clogged line or a full queue. */
import { z } from 'zod'
import { defineFault } from './fault.ts'

export const delayed = defineFault({
  kind: 'delayed',
  summary: 'Readings are those of some readings before',
  magnitude: 'how many readings late they are',
  readings: 50,
  params: {
    lag: z.int().min(1).max(10_000).default(5).describe('How many readings late they are'),
  },
  reach: ({ lag }) => lag,
  distort({ params: { lag }, clean, distorted, from, to }) {
    for (let at = from; at < to; at++) distorted[at] = Number.isNaN(clean[at]!) ? Number.NaN : clean[at - lag]!
    return lag
  },
})

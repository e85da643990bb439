/** The fault `dropout`: no readings, or what a plant writes in their place. */
import { z } from 'zod'
import { defineFault } from './fault.ts'

export const dropout = defineFault({
  kind: 'dropout',
  summary: 'Readings are missing',
  magnitude: 'what stands in place of the readings; empty where nothing does',
  readings: 20,
  params: {
    value: z.number().optional().describe('What stands in their place, such as 0 or −999; default: nothing'),
  },
  distort({ params, distorted, from, to }) {
    distorted.fill(params.value ?? Number.NaN, from, to)
    return params.value
  },
})

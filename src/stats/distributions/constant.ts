/** The distribution `constant`. */
import { z } from 'zod'
import { defineDistribution } from './define-distribution.ts'

export const constant = defineDistribution({
  kind: 'constant',
  summary: 'Always the same value',
  params: z.strictObject({ value: z.number().describe('The value') }),
  open: ({ value }) => ({
    discrete: true,
    support: [value, value],
    mean: value,
    variance: 0,
    density: x => (x === value ? 1 : 0),
    cdf: x => (x < value ? 0 : 1),
    quantile: () => value,
    upperQuantile: () => value,
    fill(out) {
      out.fill(value)
    },
  }),
})

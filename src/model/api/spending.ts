/** What a run spent or may spend. */
import { z } from 'zod'

export const spending = z.object({
  calls: z.int().nonnegative(),
  tokens: z.int().nonnegative(),
  nanoUsd: z.number().nonnegative().describe('Billionths of a dollar'),
})

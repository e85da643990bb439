/** A distribution within a declared series, in either of its forms: `{ distribution: normal, mean: 60, sd: 2 }` or `normal(60, 2)`. */
import { z } from 'zod'
import { CultivarError } from '../../../model/error.ts'
import { distributionSchema, parseDistribution } from '../../../stats/distributions/index.ts'

const oneLine = z
  .string()
  .regex(/\(/)
  .transform((text, context) => {
    try {
      return parseDistribution(text)
    } catch (error) {
      if (!(error instanceof CultivarError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
      return z.NEVER
    }
  })
  .describe('In one line: normal(60, 2)')

export const declaredDistribution = z.union([distributionSchema, oneLine])

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

const declaredDistribution = z.union([distributionSchema, oneLine])

/** Something else, or a distribution. `expected` says what to write where it is neither; of a distribution, what is wrong with it is said. */
export function orDistribution<S extends z.ZodType>(other: S, expected: string) {
  return z.union([other, declaredDistribution], { error: ({ input }) => distributionFault(input) ?? expected })
}

/** What is wrong with what was meant as a distribution. */
function distributionFault(input: unknown): string | undefined {
  const isLine = typeof input === 'string' && input.includes('(')
  if (!isLine && !(typeof input === 'object' && input !== null && 'distribution' in input)) return undefined
  const [issue] = (isLine ? oneLine : distributionSchema).safeParse(input).error?.issues ?? []
  return issue && [...issue.path, issue.message].join(': ')
}

/** Weights as parameters. */
import { z } from 'zod'

/** Zero or more each, and not all zero. */
export const weightList = z
  .array(z.number().min(0))
  .min(1)
  .refine(
    weights => {
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      return total > 0 && total < Infinity
    },
    { message: 'at least one weight must be above zero' },
  )

/** Shares that add up to one; all alike where no weights are given. */
export function sharesOf(weights: number[] | undefined, count: number): number[] {
  if (!weights) return Array.from({ length: count }, () => 1 / count)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map(weight => weight / total)
}

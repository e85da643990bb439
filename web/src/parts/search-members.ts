/** Members of what an address holds, as schemas. What cannot be read is left out: a wrong address shows more, never nothing. */
import { z } from 'zod'

export const searchText = z.string().trim().min(1).optional().catch(undefined)
export const searchNumber = z.coerce.number().optional().catch(undefined)
/** A switch: on where the address says `true`. */
export const searchFlag = z.preprocess(value => value === true || value === 'true', z.boolean())

/** One is a list too. */
export function searchList<T extends z.ZodType>(one: T) {
  const list = z.preprocess(
    value => (Array.isArray(value) || value === undefined ? value : [value]),
    z.array(one).min(1).optional(),
  )
  return list.optional().catch(undefined)
}

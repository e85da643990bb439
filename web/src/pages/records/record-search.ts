/** What the address of the Records page holds: the filter, and the record looked at. */
import { z } from 'zod'
import type { RecordFilter } from './record-types.ts'

const text = z.coerce.string().trim().min(1).optional().catch(undefined)
const texts = listOf(z.coerce.string())
const number = z.coerce.number().optional().catch(undefined)

/** What cannot be read is left out: a wrong address shows more, never nothing. */
export const recordSearch = z.object({
  search: text,
  label: texts,
  tag: texts,
  status: listOf(z.enum(['pending', 'accepted', 'rejected'])),
  outcome: listOf(z.enum(['imported', 'kept', 'restored'])),
  split: listOf(z.enum(['train', 'validation', 'test'])),
  run: text,
  critic: text,
  minScore: number,
  maxScore: number,
  /** The record in the panel. */
  record: text,
  /** Its place in the list, from 0. */
  at: z.coerce.number().int().nonnegative().optional().catch(undefined),
})
export type RecordSearch = z.infer<typeof recordSearch>

export function filterOf({ record: _, at: __, ...filter }: RecordSearch): RecordFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

function listOf<T extends z.ZodType>(one: T) {
  const list = z.preprocess(
    value => (Array.isArray(value) || value === undefined ? value : [value]),
    z.array(one).min(1).optional(),
  )
  return list.optional().catch(undefined)
}

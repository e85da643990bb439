/** What the address of the Records page holds: the filter, and the record looked at. */
import { z } from 'zod'
import { searchList, searchNumber, searchText } from '../../parts/search-members.ts'
import type { RecordFilter } from './record-types.ts'

export const recordSearch = z.object({
  search: searchText,
  label: searchList(z.string()),
  tag: searchList(z.string()),
  status: searchList(z.enum(['pending', 'accepted', 'rejected'])),
  outcome: searchList(z.enum(['imported', 'kept', 'restored'])),
  split: searchList(z.enum(['train', 'validation', 'test'])),
  run: searchText,
  critic: searchText,
  minScore: searchNumber,
  maxScore: searchNumber,
  /** The record in the panel. */
  record: searchText,
  /** Its place in the list, from 0. */
  at: z.coerce.number().int().nonnegative().optional().catch(undefined),
})
export type RecordSearch = z.infer<typeof recordSearch>

export function filterOf({ record: _, at: __, ...filter }: RecordSearch): RecordFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

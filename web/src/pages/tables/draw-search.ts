/** What is to be drawn from a model, as the page keeps it in its address. */
import { z } from 'zod'
import type { SentTo } from '../../api/call.ts'
import { searchNumber } from '../../parts/search-members.ts'

/** As it is typed, blanks at its end included. */
const typedText = z.string().min(1).optional().catch(undefined)

export const drawSearch = z.object({
  rows: searchNumber,
  scale: searchNumber,
  entities: searchNumber,
  where: typedText,
  column: typedText,
  value: typedText,
  share: searchNumber,
  seed: searchNumber,
})
export type DrawSearch = z.infer<typeof drawSearch>

type Conditions = Omit<SentTo<'sampleTable'>['body'], 'format'> & { seed: number }

/** Only what a model of that shape takes. */
export function conditionsOf(search: DrawSearch, shape: 'table' | 'series' | 'related'): Conditions {
  const { rows, scale, entities, where, column, value, share, seed = 1 } = search
  if (shape === 'related') return { seed, ...(scale !== undefined && { scale }) }
  if (shape === 'series') {
    return { seed, ...(entities === undefined ? rows !== undefined && { rows } : { entities }) }
  }
  const balanced = column !== undefined && value !== undefined && share !== undefined
  return {
    seed,
    ...(rows !== undefined && { rows }),
    ...(where !== undefined && where.trim() !== '' && { where }),
    ...(balanced && { balance: { column, shares: { [value]: share / 100 } } }),
  }
}

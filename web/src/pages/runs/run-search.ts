/** What the address of a run’s page holds: the tab, and which rejects are shown. */
import { z } from 'zod'
import { searchText } from '../../parts/search-members.ts'

const runTabs = ['overview', 'records', 'rejects', 'report', 'recipe', 'card'] as const
export type RunTab = (typeof runTabs)[number]

export const runSearch = z.object({
  tab: z.enum(runTabs).optional().catch(undefined),
  critic: searchText,
  reason: searchText,
  outcome: z.enum(['rejected', 'surplus', 'restored']).optional().catch(undefined),
  search: searchText,
})
export type RunSearch = z.infer<typeof runSearch>

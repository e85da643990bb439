/** What the address of a run’s page holds: the tab, and which rejects are shown. */
import { z } from 'zod'

const runTabs = ['overview', 'records', 'rejects', 'report', 'recipe', 'card'] as const
export type RunTab = (typeof runTabs)[number]

const text = z.coerce.string().optional().catch(undefined)

export const runSearch = z.object({
  tab: z.enum(runTabs).optional().catch(undefined),
  critic: text,
  reason: text,
  outcome: z.enum(['rejected', 'surplus', 'restored']).optional().catch(undefined),
  search: text,
})
export type RunSearch = z.infer<typeof runSearch>

/** What the address of the export page holds: the format and which records. */
import { z } from 'zod'
import { searchList, searchText } from '../../parts/search-members.ts'

export const exportSearch = z.object({
  format: searchText,
  label: searchList(z.string()),
  split: searchList(z.enum(['train', 'validation', 'test'])),
  status: searchList(z.enum(['pending', 'accepted', 'rejected'])),
  run: searchText,
  template: searchText,
  systemPrompt: searchText,
  offsets: z.enum(['code-points', 'utf16']).optional().catch(undefined),
  scheme: z.enum(['iob1', 'bio', 'bioes']).optional().catch(undefined),
  lineage: z.enum(['true', 'false']).optional().catch(undefined),
})
export type ExportSearch = z.infer<typeof exportSearch>

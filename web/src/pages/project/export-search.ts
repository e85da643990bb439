/** What the address of the export page holds: the format and which records. */
import { z } from 'zod'

const list = <T extends z.ZodType>(one: T) => z.array(one).min(1).optional().catch(undefined)

export const exportSearch = z.object({
  format: z.string().optional().catch(undefined),
  label: list(z.string()),
  split: list(z.enum(['train', 'validation', 'test'])),
  status: list(z.enum(['pending', 'accepted', 'rejected'])),
  run: z.string().optional().catch(undefined),
  template: z.string().min(1).optional().catch(undefined),
  systemPrompt: z.string().min(1).optional().catch(undefined),
  offsets: z.enum(['code-points', 'utf16']).optional().catch(undefined),
  scheme: z.enum(['iob1', 'bio', 'bioes']).optional().catch(undefined),
  lineage: z.enum(['true', 'false']).optional().catch(undefined),
})
export type ExportSearch = z.infer<typeof exportSearch>

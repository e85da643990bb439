/** What the address of the import page holds: the files that were sent. */
import { z } from 'zod'

export const importSearch = z.object({ upload: z.array(z.string()).optional().catch(undefined) })

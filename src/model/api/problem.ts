/** What the API answers when an operation stops: RFC 9457 problem details, with our code and hint. */
import { z } from 'zod'

export const problem = z.object({
  type: z.string().describe('urn:cultivar: and the code'),
  title: z.string().describe('What happened, in a sentence'),
  status: z.int(),
  code: z.string(),
  hint: z.string().describe('What to do next; may be empty'),
  errors: z
    .array(z.object({ path: z.string().describe('As body.params.count'), message: z.string() }))
    .describe('The members at fault, where it is the input that is'),
  details: z.record(z.string(), z.unknown()),
})
export type Problem = z.infer<typeof problem>

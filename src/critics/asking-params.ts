/** The parameters of a critic that asks a model. */
import { z } from 'zod'

/** How it is asked, with the longest reply that is usual for it. */
export const askingParams = (usualOutputTokens: number) => ({
  temperature: z.number().min(0).max(2).default(0).describe('0 judges most steadily'),
  maxOutputTokens: z
    .int()
    .min(16)
    .max(32_768)
    .default(usualOutputTokens)
    .describe('Most tokens of a reply; raise it for models that think before they answer'),
})

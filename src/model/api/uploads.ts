/** Files brought from the browser: uploaded once, then looked at and taken by name. */
import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'

export const uploadEndpoints = {
  uploadFile: defineEndpoint({
    method: 'POST',
    path: '/uploads',
    summary: 'Stores a file for a day, to be imported or added',
    role: 'editor',
    query: z.object({ name: z.string().min(1).max(255) }),
    upload: true,
    out: z.object({ upload: z.string(), name: z.string(), bytes: z.int().nonnegative() }),
    errors: ['storage-full'],
  }),
}

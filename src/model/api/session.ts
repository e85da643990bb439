/** Who is asking, and what this server is. */
import { z } from 'zod'
import { defineEndpoint, roles } from './endpoint.ts'

export const sessionEndpoints = {
  session: defineEndpoint({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in, and where this studio keeps its data',
    role: 'reviewer',
    out: z.object({
      who: z.string(),
      role: z.enum(roles),
      accounts: z.boolean().describe('Whether people sign in with accounts of their own'),
      workspace: z.string().describe('Folder, for people to see'),
      database: z.enum(['sqlite', 'postgres']),
      version: z.string(),
    }),
  }),
}

/** Who is asking, how one signs in and out, and what this server is. */
import { z } from 'zod'
import { password } from './accounts.ts'
import { defineEndpoint, roles } from './endpoint.ts'

const signedIn = z.object({ who: z.string(), role: z.enum(roles) })
/** What was typed: it only has to be compared. */
const typed = z.string().max(256)

export const sessionEndpoints = {
  session: defineEndpoint({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in, and where this studio keeps its data',
    role: 'reviewer',
    out: signedIn.extend({
      accounts: z.boolean().describe('Whether people sign in with accounts of their own'),
      hasPassword: z.boolean().describe('Whether whoever is signed in has a password'),
      workspace: z.string().describe('Folder, for people to see'),
      database: z.enum(['sqlite', 'postgres']),
      version: z.string(),
      mostUploadBytes: z.int().describe('The largest file that may be uploaded'),
    }),
  }),
  signInForm: defineEndpoint({
    method: 'GET',
    path: '/sign-in',
    summary: 'What one signs in with: the address that the command printed, the password, or name and password',
    role: 'reviewer',
    open: true,
    out: z.object({ form: z.enum(['address', 'password', 'account']) }),
  }),
  signIn: defineEndpoint({
    method: 'POST',
    path: '/sign-in',
    summary: 'Signs this browser in',
    role: 'reviewer',
    open: true,
    body: z.strictObject({ name: typed.default('').describe('Where people have accounts'), password: typed }),
    out: signedIn,
    errors: ['signed-out', 'too-many-tries'],
  }),
  acceptInvitation: defineEndpoint({
    method: 'POST',
    path: '/sign-in/invitation',
    summary: 'Chooses the password of an account one was invited to, and signs this browser in',
    role: 'reviewer',
    open: true,
    body: z.strictObject({ invitation: z.string().max(200), password }),
    out: signedIn,
    errors: ['signed-out', 'too-many-tries'],
  }),
  signOut: defineEndpoint({
    method: 'POST',
    path: '/sign-out',
    summary: 'Signs this browser out, or every browser of whoever asks',
    role: 'reviewer',
    body: z.strictObject({ everywhere: z.boolean().default(false) }),
  }),
  changePassword: defineEndpoint({
    method: 'PUT',
    path: '/session/password',
    summary: 'Changes one’s own password; other browsers are signed out',
    role: 'reviewer',
    body: z.strictObject({ current: typed.default('').describe('The one so far, if there is one'), password }),
    errors: ['too-many-tries'],
  }),
}

/** Accounts over HTTP: who may sign in to a studio that is kept on PostgreSQL, and what each may do. */
import { z } from 'zod'
import { defineEndpoint, roles } from './endpoint.ts'

export const accountName = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .'’_@-]{0,63}$/u,
    'use letters, digits, blanks, dots, dashes, underscores and @ (at most 64)',
  )
  .describe('What people sign in with; it goes into the lineage of what they decide')

/** Length is what makes a password hard to guess; the most keeps the work of hashing it small. */
export const password = z.string().min(12, 'use at least 12 characters').max(256)

const account = z.object({
  name: z.string(),
  role: z.enum(roles),
  signsIn: z
    .enum(['password', 'invitation', 'address'])
    .describe('How: by a password, by an invitation not taken yet, or only by the address that the command prints'),
  createdMs: z.number(),
})
export type Account = z.infer<typeof account>

const params = z.object({ account: z.string().max(200).describe('Its name; case does not matter') })
const invitation = z.string().describe('A token that sets the first password: once, within a week')

export const accountEndpoints = {
  listAccounts: defineEndpoint({
    method: 'GET',
    path: '/accounts',
    summary: 'Who may sign in',
    role: 'admin',
    out: z.array(account),
  }),
  addAccount: defineEndpoint({
    method: 'POST',
    path: '/accounts',
    summary: 'Makes an account, with a password or with an invitation to choose one',
    role: 'admin',
    body: z.strictObject({ name: accountName, role: z.enum(roles), password: password.optional() }),
    out: z.object({ account, invitation: invitation.nullable().describe('Where no password was given') }),
    errors: ['already-exists'],
  }),
  inviteAgain: defineEndpoint({
    method: 'POST',
    path: '/accounts/{account}/invitation',
    summary: 'Takes the password away and gives a new invitation; its sessions end',
    role: 'admin',
    params,
    out: z.object({ account, invitation }),
    errors: ['not-found'],
  }),
  changeRole: defineEndpoint({
    method: 'PUT',
    path: '/accounts/{account}/role',
    summary: 'Changes what somebody may do; their sessions end',
    role: 'admin',
    params,
    body: z.strictObject({ role: z.enum(roles) }),
    out: account,
    errors: ['not-found'],
  }),
  setPassword: defineEndpoint({
    method: 'PUT',
    path: '/accounts/{account}/password',
    summary: 'Sets somebody’s password; their sessions end',
    role: 'admin',
    params,
    body: z.strictObject({ password }),
    out: account,
    errors: ['not-found'],
  }),
  removeAccount: defineEndpoint({
    method: 'DELETE',
    path: '/accounts/{account}',
    summary: 'Removes an account; its sessions end, what it decided stays',
    role: 'admin',
    params,
    errors: ['not-found'],
  }),
}

/** Accounts: made, invited, changed and removed by admins. */
import type { z } from 'zod'
import type { Account } from '../../model/api/accounts.ts'
import { accountName, password as passwordSchema } from '../../model/api/accounts.ts'
import type { Role } from '../../model/api/endpoint.ts'
import { CultivarError } from '../../model/error.ts'
import type { StoredAccount } from '../../stores/account-queries.ts'
import { checkInput } from '../check-input.ts'
import type { Workspace } from '../workspace.ts'
import { hashPassword, isPassword } from './password-hash.ts'
import { hashOfToken, newSecretToken } from './secret-token.ts'

const invitedMs = 7 * 24 * 3_600_000

/** By which an account is found: however its name is written. */
export function accountId(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase()
}

export async function listAccounts(workspace: Workspace): Promise<Account[]> {
  requireAccounts(workspace)
  return (await workspace.store.listAccounts()).map(accountOf)
}

/** Without a password it comes with an invitation: a token, told this once. Throws CultivarError `already-exists`. */
export async function addAccount(
  workspace: Workspace,
  given: { name: string; role: Role; password?: string | undefined },
): Promise<{ account: Account; invitation: string | null }> {
  requireAccounts(workspace)
  const name = checkInput(accountName, given.name, 'The name').normalize('NFC')
  const invitation = given.password === undefined ? newInvitation(workspace) : undefined
  const stored: StoredAccount = {
    id: accountId(name),
    name,
    role: given.role,
    password: given.password === undefined ? null : await hashed(given.password),
    ...(invitation?.stored ?? { invitation: null, invitedUntilMs: null }),
    createdMs: workspace.clock.now(),
  }
  await workspace.store.addAccount(stored)
  return { account: accountOf(stored), invitation: invitation?.token ?? null }
}

/** Takes the password away until the invitation is taken. */
export async function inviteAgain(
  workspace: Workspace,
  name: string,
): Promise<{ account: Account; invitation: string }> {
  requireAccounts(workspace)
  const { token, stored } = newInvitation(workspace)
  const changed = await workspace.store.changeAccount(accountId(name), { password: null, ...stored })
  return { account: accountOf(changed), invitation: token }
}

/** Throws CultivarError `bad-input` where no admin would be left. */
export async function changeRole(workspace: Workspace, name: string, role: Role): Promise<Account> {
  requireAccounts(workspace)
  return accountOf(await workspace.store.changeAccount(accountId(name), { role }))
}

/** Ends the account’s sessions but for the one named. */
export async function setPassword(
  workspace: Workspace,
  name: string,
  password: string,
  keptSession?: string,
): Promise<Account> {
  const changes = { password: await hashed(password), invitation: null, invitedUntilMs: null }
  return accountOf(await workspace.store.changeAccount(accountId(name), changes, keptSession))
}

/** Throws CultivarError `bad-input` for the last admin. */
export async function removeAccount(workspace: Workspace, name: string): Promise<void> {
  requireAccounts(workspace)
  await workspace.store.removeAccount(accountId(name))
}

/** The account of whoever has the terminal: an admin, whatever others made of it. */
export async function ownerAccount({ store, clock }: Workspace, name: string): Promise<StoredAccount> {
  const id = accountId(name)
  const found = await store.findAccount(id)
  if (found) return found.role === 'admin' ? found : store.changeAccount(id, { role: 'admin' })
  const made: StoredAccount = {
    ...{ id, name, role: 'admin', createdMs: clock.now() },
    ...{ password: null, invitation: null, invitedUntilMs: null },
  }
  await store.addAccount(made)
  return made
}

/** Whether the owner can sign in from elsewhere. */
export async function hasOwnersPassword(workspace: Workspace, name: string): Promise<boolean> {
  return (await workspace.store.findAccount(accountId(name)))?.password != null
}

/** Another password than before ends the owner’s sessions. */
export async function setOwnersPassword(workspace: Workspace, name: string, password: string): Promise<void> {
  const owner = await ownerAccount(workspace, name)
  if (!(await isPassword(password, owner.password))) await setPassword(workspace, name, password)
}

export function hasAccounts({ database }: Workspace): boolean {
  return database.dialect === 'postgres'
}

export function requireAccounts(workspace: Workspace): void {
  if (hasAccounts(workspace)) return
  throw new CultivarError(
    'bad-input',
    'This workspace has one owner and no accounts: it is kept in a folder.',
    'Keep it on PostgreSQL for accounts: start the studio with DATABASE_URL=postgres://….',
  )
}

function newInvitation({ clock }: Workspace) {
  const token = newSecretToken()
  return { token, stored: { invitation: hashOfToken(token), invitedUntilMs: clock.now() + invitedMs } }
}

function hashed(password: z.input<typeof passwordSchema>): Promise<string> {
  return hashPassword(checkInput(passwordSchema, password, 'The password'))
}

function accountOf({ name, role, password, invitation, createdMs }: StoredAccount): Account {
  const signsIn = password !== null ? 'password' : invitation !== null ? 'invitation' : 'address'
  return { name, role, signsIn, createdMs }
}

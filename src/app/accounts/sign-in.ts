/** Signing in by password or invitation, and the sessions that follow. */
import { password as passwordSchema } from '../../model/api/accounts.ts'
import { CultivarError } from '../../model/error.ts'
import type { StoredAccount } from '../../stores/account-queries.ts'
import { checkInput } from '../check-input.ts'
import type { Workspace } from '../workspace.ts'
import { accountId, hasAccounts, setPassword } from './accounts.ts'
import { hashPassword, isPassword } from './password-hash.ts'
import { hashOfToken, newSecretToken } from './secret-token.ts'

export const sessionMs = 30 * 24 * 3_600_000

/** What one can sign in with. `owner` is the one person of a workspace in a folder. */
export async function signInForm(workspace: Workspace, owner: string): Promise<'address' | 'password' | 'account'> {
  if (hasAccounts(workspace)) {
    const accounts = await workspace.store.listAccounts()
    return accounts.some(({ password, invitation }) => password ?? invitation) ? 'account' : 'address'
  }
  return (await workspace.store.findAccount(accountId(owner)))?.password ? 'password' : 'address'
}

/** Throws CultivarError `signed-out`, the same for a name that nobody has and for a wrong password. */
export async function signIn(workspace: Workspace, given: { name: string; password: string }): Promise<StoredAccount> {
  const found = await workspace.store.findAccount(accountId(given.name))
  if ((await isPassword(given.password, found?.password ?? null)) && found) return found
  throw hasAccounts(workspace)
    ? signedOut('Name or password is wrong.', 'Try again, or ask an admin for an invitation to choose a new password.')
    : signedOut('The password is wrong.', 'Try again, or open the address that “cultivar studio” printed.')
}

/** Throws CultivarError `signed-out` where the invitation is not open. */
export async function acceptInvitation(
  workspace: Workspace,
  given: { invitation: string; password: string },
): Promise<StoredAccount> {
  const { store, clock } = workspace
  const password = await hashPassword(checkInput(passwordSchema, given.password, 'The password'))
  const account = await store.takeInvitation(hashOfToken(given.invitation), password, clock.now())
  if (account) return account
  throw signedOut('This invitation was taken, has expired, or was replaced.', 'Ask an admin for a new one.')
}

/** The session that asks goes on, the account’s others end. Throws CultivarError `bad-input` where the current one is wrong. */
export async function changeOwnPassword(
  workspace: Workspace,
  account: StoredAccount,
  given: { current: string; password: string },
  session: string,
): Promise<void> {
  // Whoever came by the printed address may have none yet.
  if (account.password !== null && !(await isPassword(given.current, account.password)))
    throw new CultivarError('bad-input', 'The current password is wrong.', 'Type the one you signed in with.')
  await setPassword(workspace, account.name, given.password, hashOfToken(session))
}

/** Gives the token that the browser keeps; only its hash is stored. */
export async function beginSession({ store, clock }: Workspace, account: string): Promise<string> {
  const token = newSecretToken()
  const now = clock.now()
  await store.addSession({ id: hashOfToken(token), account, expiresMs: now + sessionMs }, now)
  return token
}

export async function accountOfSession({ store, clock }: Workspace, token: string): Promise<StoredAccount | undefined> {
  return store.findSession(hashOfToken(token), clock.now())
}

export async function endSession({ store }: Workspace, token: string): Promise<void> {
  await store.endSession(hashOfToken(token))
}

function signedOut(message: string, hint: string): CultivarError {
  return new CultivarError('signed-out', message, hint)
}

/** Session: what the endpoints of `src/model/api/session.ts` do. */
import { hasAccounts } from '../../app/accounts/accounts.ts'
import { acceptInvitation, changeOwnPassword, signIn, signInForm } from '../../app/accounts/sign-in.ts'
import { version } from '../../app/version.ts'
import type { sessionEndpoints } from '../../model/api/session.ts'
import type { Handlers } from '../handler.ts'

export const sessionHandlers: Handlers<typeof sessionEndpoints> = {
  session: async ({ person, door, workspace, uploads }) => ({
    who: person.name,
    role: person.role,
    accounts: hasAccounts(workspace),
    hasPassword: door.account?.password != null,
    workspace: workspace.folder,
    database: workspace.database.dialect,
    version,
    mostUploadBytes: uploads.mostBytes,
  }),
  signInForm: async ({ workspace, owner }) => ({ form: await signInForm(workspace, owner) }),
  signIn: async ({ workspace, owner, door }, { body }) => {
    const name = hasAccounts(workspace) ? body.name : owner
    const account = await door.attempt(() => signIn(workspace, { ...body, name }))
    await door.enter(account)
    return { who: account.name, role: account.role }
  },
  acceptInvitation: async ({ workspace, door }, { body }) => {
    const account = await door.attempt(() => acceptInvitation(workspace, body))
    await door.enter(account)
    return { who: account.name, role: account.role }
  },
  signOut: ({ door }, { body }) => door.leave(body.everywhere),
  changePassword: async ({ workspace, door: { account, session, attempt } }, { body }) => {
    if (account) await attempt(() => changeOwnPassword(workspace, account, body, session))
  },
}

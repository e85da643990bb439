/** Accounts: what the endpoints of `src/model/api/accounts.ts` do. */
import {
  addAccount,
  changeRole,
  inviteAgain,
  listAccounts,
  removeAccount,
  requireAccounts,
  setPassword,
} from '../../app/accounts/accounts.ts'
import type { accountEndpoints } from '../../model/api/accounts.ts'
import type { Handlers } from '../handler.ts'

export const accountHandlers: Handlers<typeof accountEndpoints> = {
  listAccounts: ({ workspace }) => listAccounts(workspace),
  addAccount: ({ workspace }, { body }) => addAccount(workspace, body),
  inviteAgain: ({ workspace }, { params }) => inviteAgain(workspace, params.account),
  changeRole: ({ workspace }, { params, body }) => changeRole(workspace, params.account, body.role),
  setPassword: async ({ workspace }, { params, body }) => {
    requireAccounts(workspace)
    return setPassword(workspace, params.account, body.password)
  },
  removeAccount: ({ workspace }, { params }) => removeAccount(workspace, params.account),
}

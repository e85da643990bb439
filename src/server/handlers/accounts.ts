/** Accounts: what the endpoints of `src/model/api/accounts.ts` do. */
import type { accountEndpoints } from '../../model/api/accounts.ts'
import type { Handlers } from '../handler.ts'

export const accountHandlers: Handlers<typeof accountEndpoints> = {}

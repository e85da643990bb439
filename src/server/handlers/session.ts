/** Session: what the endpoints of `src/model/api/session.ts` do. */
import { version } from '../../app/version.ts'
import type { sessionEndpoints } from '../../model/api/session.ts'
import type { Handlers } from '../handler.ts'

export const sessionHandlers: Handlers<typeof sessionEndpoints> = {
  session: async ({ person, accounts, workspace }) => ({
    who: person.name,
    role: person.role,
    accounts,
    workspace: workspace.folder,
    database: workspace.database.dialect,
    version,
  }),
}

/** The door of one request: who came in with it, and how one comes in and goes out. */
import { serialize } from 'hono/utils/cookie'
import { accountOfSession, beginSession, endSession, sessionMs } from '../../app/accounts/sign-in.ts'
import type { Workspace } from '../../app/workspace.ts'
import type { StoredAccount } from '../../stores/account-queries.ts'

export interface Door {
  /** Whoever is signed in. */
  account: StoredAccount | undefined
  /** What the browser holds; empty where it is signed in to nothing. */
  session: string
  /** Whether the session goes on: others may have ended it since. */
  isOpen(): Promise<boolean>
  /** Does what may be a guess of a secret, unless there were too many wrong ones. */
  attempt<T>(work: () => Promise<T>): Promise<T>
  /** Signs this browser in. */
  enter(account: StoredAccount): Promise<void>
  /** Signs this browser out, or all of whoever is signed in. */
  leave(everywhere: boolean): Promise<void>
}

export async function openDoor(
  workspace: Workspace,
  options: {
    cookie: { name: string; secure: boolean; given: string | undefined }
    attempt: Door['attempt']
    /** Takes a header `Set-Cookie` of the answer. */
    setCookie: (value: string) => void
  },
): Promise<Door> {
  const { cookie, attempt, setCookie } = options
  const session = cookie.given ?? ''
  const account = session === '' ? undefined : await accountOfSession(workspace, session)
  const hold = (value: string, seconds: number) =>
    setCookie(
      serialize(cookie.name, value, {
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        maxAge: seconds,
        secure: cookie.secure,
      }),
    )
  return {
    account,
    session,
    isOpen: async () => (await accountOfSession(workspace, session)) !== undefined,
    attempt,
    async enter(to) {
      // A session that went before is not kept alive beside the new one.
      if (session !== '') await endSession(workspace, session)
      hold(await beginSession(workspace, to.id), sessionMs / 1000)
    },
    async leave(everywhere) {
      if (everywhere && account) await workspace.store.endSessionsOf(account.id)
      else await endSession(workspace, session)
      hold('', 0)
    },
  }
}

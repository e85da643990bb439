/** Who may ask: name and origin checked, a token in the address turned into a session, every answer with strict headers. */
import type { Hono, Context as HonoContext } from 'hono'
import { getCookie } from 'hono/cookie'
import { ownerAccount } from '../../app/accounts/accounts.ts'
import type { Workspace } from '../../app/workspace.ts'
import { CultivarError } from '../../model/error.ts'
import { problemAnswer } from '../answer.ts'
import { problemOf } from '../problem-of.ts'
import type { StudioBindings } from '../studio-app.ts'
import { openDoor } from './door.ts'
import type { OneTimeTokens } from './one-time-tokens.ts'
import type { SignInBrake } from './sign-in-brake.ts'
import { addressOf, isSecure, refusalOf, type Site } from './site.ts'
import { addStrictHeaders } from './strict-headers.ts'

export interface Guard {
  site: Site
  tokens: OneTimeTokens
  brake: SignInBrake
  /** Name of whoever has the terminal. */
  owner: string
}

export function addGuard(app: Hono<StudioBindings>, workspace: Workspace, guard: Guard): void {
  const { site, tokens, brake, owner } = guard
  app.use('*', async (c, next) => {
    const cookies: string[] = []
    const header = (name: string) => c.req.header(name)
    const secure = isSecure(site, header)
    // Cookies know no ports: by its name each studio of a machine has its own.
    const name = `${secure ? '__Host-' : ''}cultivar-${site.port}`
    const door = () =>
      openDoor(workspace, {
        cookie: { name, secure, given: getCookie(c)[name] },
        attempt: work => brake.attempt(addressOf(site, header, c.env?.incoming?.socket.remoteAddress), work),
        setCookie: value => cookies.push(value),
      })
    const answer = async (): Promise<Response | undefined> => {
      const refused = refusalOf(site, c.req.method, c.req.path, header)
      if (refused) return problemAnswer(problemOf(refusals[refused]))
      if (c.req.path.startsWith('/api/')) {
        c.set('door', await door())
        return undefined
      }
      const token = c.req.method === 'GET' ? c.req.query('token') : undefined
      if (token === undefined) return undefined
      // What a browser fetches ahead, nobody has opened.
      if (/prefetch|prerender/.test(header('sec-purpose') ?? '')) return new Response(null, { status: 503 })
      if (tokens.spend(token)) await (await door()).enter(await ownerAccount(workspace, owner))
      return new Response(null, { status: 303, headers: { location: withoutToken(c), 'cache-control': 'no-store' } })
    }
    const first = await answer()
    if (first) c.res = first
    else await next()
    addStrictHeaders(c.res.headers)
    for (const cookie of cookies) c.res.headers.append('set-cookie', cookie)
  })
}

/** A path of ours whatever was asked for: `//name/` would lead elsewhere. */
function withoutToken(c: HonoContext): string {
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.delete('token')
  return `/${pathname.replace(/^[/\\]+/, '')}${searchParams.size > 0 ? `?${searchParams}` : ''}`
}

const refusals = {
  name: new CultivarError(
    'forbidden',
    'This studio is not served under that name.',
    'Open the address that “cultivar studio” printed; --hostname NAME allows another name.',
  ),
  'other-site': new CultivarError('forbidden', 'Another site asked for this.', 'Open the studio in a tab of its own.'),
}

/** Who may ask: host and origin checked, a one-time token turned into a session, every answer with strict headers. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Role } from '../../model/api/endpoint.ts'
import type { Problem } from '../../model/api/problem.ts'
import { problemAnswer } from '../answer.ts'
import type { StudioBindings } from '../studio-app.ts'
import { openSession, sealSession } from './session-token.ts'

export interface Guard {
  /** Signs sessions. */
  key: Uint8Array
  /** Hosts, with port, by which this server may be asked. */
  hosts: ReadonlySet<string>
  /** Name of the one person, where there are no accounts. */
  owner: string
  /** Where people have accounts: the role of a name, undefined for one that has none any more. */
  accounts?: { roleOf(name: string): Promise<Role | undefined> }
  now(): number
  /** Makes a token that opens one session. */
  newToken(): string
  /** Whether the token is one, and uses it up. */
  spendToken(token: string): boolean
}

const cookieName = 'cultivar'
const sessionMs = 30 * 24 * 3_600_000

export function openTokens(): Pick<Guard, 'newToken' | 'spendToken'> {
  const tokens = new Set<string>()
  return {
    newToken() {
      const token = randomBytes(24).toString('base64url')
      tokens.add(token)
      return token
    },
    spendToken(given) {
      const found = [...tokens].find(
        token => token.length === given.length && timingSafeEqual(Buffer.from(token), Buffer.from(given)),
      )
      return found !== undefined && tokens.delete(found)
    },
  }
}

export function addGuard(app: Hono<StudioBindings>, guard: Guard): void {
  app.use('*', async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
  })
  app.use('*', async (c, next) => {
    // A name that an attacker points at this machine reaches the port, but not under our name.
    if (!guard.hosts.has(c.req.header('host') ?? ''))
      return problemAnswer(refused(421, 'This studio is not served under that name.', ''))
    const origin = c.req.header('origin')
    if (origin !== undefined && !guard.hosts.has(URL.parse(origin)?.host ?? ''))
      return problemAnswer(refused(403, 'Another site asked for this.', ''))
    const token = c.req.query('token')
    if (token !== undefined && c.req.method === 'GET') {
      if (guard.spendToken(token)) {
        const session = sealSession({ who: guard.owner, expiresMs: guard.now() + sessionMs }, guard.key)
        setCookie(c, cookieName, session, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: sessionMs / 1000 })
      }
      return c.redirect(c.req.path)
    }
    const session = openSession(getCookie(c, cookieName) ?? '', guard.key, guard.now())
    const role = session && (guard.accounts ? await guard.accounts.roleOf(session.who) : 'admin')
    if (session && role) c.set('person', { name: session.who, role })
    else if (c.req.path.startsWith('/api/')) return problemAnswer(refused(401, 'Nobody is signed in.', signInHint))
    return next()
  })
}

const signInHint =
  'Open the address that “cultivar studio” printed; its token works once. Start it again for a new one.'

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

function refused(status: number, title: string, hint: string): Problem {
  const code = status === 401 ? 'signed-out' : 'forbidden'
  return { type: `urn:cultivar:${code}`, title, status, code, hint, errors: [], details: {} }
}

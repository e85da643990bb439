/** What the guard lets in, and what it keeps out: other names, other sites, used tokens, the wrong role. */
import { describe, expect, it } from 'vitest'
import { inProcessStudio } from '../../../test/in-process-studio.ts'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { type Endpoint, roles } from '../../model/api/endpoint.ts'
import { endpoints } from '../../model/api.ts'

const table = Object.entries(endpoints) as [string, Endpoint][]
const hour = 3_600_000

async function codeOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { code: string }).code
}

async function studioAt(site: Parameters<typeof inProcessStudio>[1] = {}) {
  return inProcessStudio(await temporaryWorkspace(), site)
}

describe('a name that leads to this machine', () => {
  it('but is not ours is refused', async () => {
    const { request } = await studioAt()
    const foreign = [
      'evil.example',
      'evil.example:7117',
      '127.0.0.1',
      '127.0.0.1:80',
      '127.0.0.1:7118',
      '127.0.0.1.evil.example:7117',
      'localhost.:7117',
      'a@127.0.0.1:7117',
      '[::1]:7117',
      '10.0.0.5:7117',
      '',
    ]
    for (const host of foreign) {
      for (const path of ['/', '/api/session', '/?token=x']) {
        const answer = await request(path, { headers: { host } })
        expect([host, answer.status, await codeOf(answer)]).toEqual([host, 403, 'forbidden'])
      }
    }
  })

  it('is any address in numbers, and the names given, where the studio is served to others', async () => {
    const { request } = await studioAt({ site: { names: new Set(['studio.example.com']), anyAddress: true } })
    const statusAt = async (host: string) => (await request('/api/sign-in', { headers: { host } })).status
    expect(await statusAt('10.0.0.5:7117')).toBe(200)
    expect(await statusAt('[fd00::5]:7117')).toBe(200)
    expect(await statusAt('Studio.Example.com:7117')).toBe(200)
    expect(await statusAt('evil.example:7117')).toBe(403)
    expect(await statusAt('studio.example.com')).toBe(403)
  })

  it('is what the proxy says only where there is one', async () => {
    const forwarded = { 'x-forwarded-host': 'studio.example.com', 'x-forwarded-proto': 'https' }
    const names = new Set(['studio.example.com'])
    const alone = await studioAt({ site: { names } })
    expect((await alone.request('/api/sign-in', { headers: forwarded })).status).toBe(403)
    const proxied = await studioAt({ site: { names, behindProxy: true } })
    expect((await proxied.request('/api/sign-in', { headers: forwarded })).status).toBe(200)
    const evil = { 'x-forwarded-host': 'studio.example.com, evil.example' }
    expect((await proxied.request('/api/sign-in', { headers: evil })).status).toBe(403)
  })
})

describe('another site', () => {
  const project = { name: 'stolen' }

  it('changes nothing, though the browser sends the cookie', async () => {
    const { send, workspace } = await studioAt()
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'http://127.0.0.1:7118' },
      { origin: 'http://localhost:7117' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ]
    for (const headers of foreign)
      expect([headers, (await send('POST', '/api/projects', project, headers)).status]).toEqual([headers, 403])
    expect(await workspace.store.listProjects()).toEqual([])
  })

  it('cannot send what a form could', async () => {
    const { request, workspace } = await studioAt()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      const asForm = { method: 'POST', body: JSON.stringify(project), headers: { 'content-type': type } }
      expect((await request('/api/projects', asForm)).status).toBe(415)
      expect((await request('/api/uploads?name=x.csv', asForm)).status).toBe(415)
      expect(await workspace.store.listProjects()).toEqual([])
    }
  })

  it('reads nothing, frames nothing, and may link to a page', async () => {
    const { request } = await studioAt()
    const from = (mode: string, dest: string) => ({
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': dest },
    })
    expect((await request('/api/session', from('cors', 'empty'))).status).toBe(403)
    expect((await request('/api/session', from('navigate', 'document'))).status).toBe(403)
    expect((await request('/', from('navigate', 'iframe'))).status).toBe(403)
    expect((await request('/icon.svg', from('no-cors', 'image'))).status).toBe(403)
    expect((await request('/', from('navigate', 'document'))).status).toBe(200)
  })

  it('is not our own page', async () => {
    const { send } = await studioAt()
    const own = { origin: 'http://127.0.0.1:7117', 'sec-fetch-site': 'same-origin' }
    expect((await send('POST', '/api/projects', project, own)).status).toBe(200)
  })
})

describe('the token in the address', () => {
  it('signs in once, and is gone from the address afterwards', async () => {
    const { request, newToken } = await studioAt()
    const token = newToken()
    const open = () => request(`/p/shop/records?label=bug&token=${token}`, { headers: { cookie: '' } })
    const first = await open()
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toBe('/p/shop/records?label=bug')
    expect(first.headers.get('cache-control')).toBe('no-store')
    expect(first.headers.get('referrer-policy')).toBe('no-referrer')
    const [cookie] = first.headers.getSetCookie()
    expect(cookie).toMatch(/^cultivar-7117=[\w-]{43}; .*Path=\/; HttpOnly; SameSite=Strict$/)
    const [pair] = cookie!.split(';')
    expect((await request('/api/session', { headers: { cookie: pair! } })).status).toBe(200)
    expect((await open()).headers.getSetCookie()).toEqual([])
  })

  it('expires', async () => {
    let now = 0
    const workspace = await temporaryWorkspace()
    const { request, newToken } = await inProcessStudio(workspace, { clock: { ...workspace.clock, now: () => now } })
    const [early, late] = [newToken(), newToken()]
    now = hour - 1
    expect((await request(`/?token=${early}`)).headers.getSetCookie()).toHaveLength(1)
    now = hour
    expect((await request(`/?token=${late}`)).headers.getSetCookie()).toEqual([])
  })

  it('leads nowhere else', async () => {
    const { request, newToken } = await studioAt()
    for (const path of ['//evil.example/', '/\\evil.example/', '///evil.example', '/%2f/evil.example']) {
      const location = (await request(`${path}?token=${newToken()}`)).headers.get('location')!
      expect(new URL(location, 'http://127.0.0.1:7117').origin).toBe('http://127.0.0.1:7117')
    }
  })

  it('is not used up by what a browser fetches ahead, nor by the API', async () => {
    const { request, newToken } = await studioAt()
    const token = newToken()
    await request(`/?token=${token}`, { headers: { 'sec-purpose': 'prefetch;prerender' } })
    await request(`/api/session?token=${token}`)
    expect((await request(`/?token=${token}`)).headers.getSetCookie()).toHaveLength(1)
  })

  it('gives a cookie for HTTPS alone where that is how the studio is served', async () => {
    for (const [site, headers] of [
      [{ tls: true }, {}],
      [{ behindProxy: true }, { 'x-forwarded-proto': 'https' }],
    ] as const) {
      const { request, newToken } = await studioAt({ site })
      const [cookie] = (await request(`/?token=${newToken()}`, { headers })).headers.getSetCookie()
      expect(cookie).toMatch(/^__Host-cultivar-7117=.*; Secure/)
    }
  })
})

describe('a session', () => {
  it('outlives the server, and ends when it is signed out, here or everywhere', async () => {
    const { workspace, send, request, cookieOf } = await studioAt()
    const [here, there, third] = [await cookieOf('owner'), await cookieOf('owner'), await cookieOf('owner')]
    const again = await inProcessStudio(workspace)
    const isIn = async (cookie: string) => (await again.request('/api/session', { headers: { cookie } })).status === 200
    expect(await isIn(here)).toBe(true)
    const out = await send('POST', '/api/sign-out', {}, { cookie: here })
    expect(out.status).toBe(204)
    expect(out.headers.getSetCookie()[0]).toMatch(/^cultivar-7117=; Max-Age=0/)
    expect([await isIn(here), await isIn(there)]).toEqual([false, true])
    await send('POST', '/api/sign-out', { everywhere: true }, { cookie: there })
    expect([await isIn(there), await isIn(third)]).toEqual([false, false])
    expect((await request('/api/session', { headers: { cookie: 'cultivar-7117=made-up' } })).status).toBe(401)
  })

  it('of another studio on this machine is left alone', async () => {
    const { request, newToken } = await studioAt({ site: { port: 7118 } })
    const answer = await request(`/?token=${newToken()}`, {
      headers: { host: '127.0.0.1:7118', cookie: 'cultivar-7117=x' },
    })
    expect(answer.headers.getSetCookie().map(cookie => cookie.split('=')[0])).toEqual(['cultivar-7118'])
  })
})

describe('every endpoint', () => {
  const filled = ({ path }: Endpoint) => `/api${path.replaceAll(/\{\w+\}/g, 'x')}`

  it('is refused to whoever is not signed in, but for those that sign in', async () => {
    const { request } = await studioAt()
    for (const [name, endpoint] of table) {
      const { status } = await request(filled(endpoint), { method: endpoint.method, headers: { cookie: '' } })
      expect([name, status === 401]).toEqual([name, !endpoint.open])
    }
    expect(table.filter(([, { open }]) => open).map(([name]) => name)).toEqual([
      'signInForm',
      'signIn',
      'acceptInvitation',
    ])
    expect((await request('/api/openapi.json', { headers: { cookie: '' } })).status).toBe(401)
  })

  it.each(roles)('takes its role of a %s, before anything it was sent is read', async role => {
    const { workspace, request, cookieOf } = await studioAt()
    await workspace.store.addAccount({
      ...{ id: role, name: role, role, password: null, invitation: null, invitedUntilMs: null, createdMs: 0 },
    })
    const cookie = await cookieOf(role)
    for (const [name, endpoint] of table) {
      const enough = roles.indexOf(role) >= roles.indexOf(endpoint.role)
      if (enough) continue
      const answer = await request(filled(endpoint), { method: endpoint.method, headers: { cookie } })
      expect([name, answer.status, await codeOf(answer)]).toEqual([name, 403, 'forbidden'])
    }
  })

  it('that changes something is no GET, and none answers HEAD', async () => {
    const { request } = await studioAt()
    for (const [name, endpoint] of table.filter(([, { method }]) => method === 'GET')) {
      expect([name, endpoint.body, endpoint.upload]).toEqual([name, undefined, undefined])
      expect((await request(filled(endpoint), { method: 'HEAD' })).status).toBe(404)
    }
  })
})

describe('every answer', () => {
  it('lets nothing run, frame or guess', async () => {
    const { request } = await studioAt()
    for (const path of [
      '/',
      '/p/x/records',
      '/assets/none.js',
      '/api/session',
      '/api/none',
      '/api/projects/none',
      '/?token=x',
    ]) {
      const { headers } = await request(path)
      const policy = headers.get('content-security-policy')!
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/script-src[^;]*'unsafe|\*/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('access-control-allow-origin')).toBe(null)
      expect(headers.get('cache-control')).toMatch(/no-store|no-cache/)
    }
  })

  it('keeps to the pages and the API', async () => {
    const { request, reported } = await studioAt()
    for (const path of [
      '/../../../etc/passwd',
      '/..%2f..%2f..%2fetc%2fpasswd',
      '/assets/..%2f..%2fpackage.json',
      '/%00',
      `/${'a'.repeat(20_000)}`,
      '/.cultivar/secret.key',
      '/api/jobs/..%2f..%2f/events',
      '/api/projects/%2e%2e%2f%2e%2e%2f',
      '/api/projects/%00',
      '/api/projects/%ff%fe',
      `/api/projects/${'p'.repeat(20_000)}`,
    ]) {
      const answer = await request(path)
      expect(answer.status).toBeLessThan(500)
      expect(await answer.text()).toMatch(/^<!doctype html><title>Cultivar|"type":"urn:cultivar:/)
      expect(reported).toEqual([])
    }
  })
})

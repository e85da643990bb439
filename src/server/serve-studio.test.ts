/** The server on real connections: slow, large, broken off and malformed ones. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request as askTls } from 'node:https'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { serveStudio } from './serve-studio.ts'

async function served(options: Partial<Parameters<typeof serveStudio>[1]> = {}) {
  const workspace = await temporaryWorkspace({ USER: 'ada' })
  const pages = temporaryFolder()
  writeFileSync(join(pages, 'index.html'), '<!doctype html>')
  const reported: unknown[] = []
  const studio = await serveStudio(workspace, {
    ...{ port: 0, pages, mostUploadBytes: 100_000, report: error => reported.push(error) },
    ...options,
  })
  onTestFinished(() => studio.close(AbortSignal.abort()))
  const opened = await fetchOf(studio.openingUrl())
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const uploads = () => {
    try {
      return readdirSync(join(workspace.folder, '.cultivar', 'uploads'))
    } catch {
      return []
    }
  }
  return { ...studio, workspace, cookie, reported, uploads }
}

const fetchOf = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init })

/** A connection on which a test writes what it likes. */
async function connection(url: string): Promise<Socket & { said: () => string }> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  let said = ''
  socket.setEncoding('utf8').on('data', part => {
    said += part
  })
  socket.on('error', () => undefined)
  await new Promise(resolve => socket.once('connect', resolve))
  return Object.assign(socket, { said: () => said })
}

async function until(done: () => boolean): Promise<void> {
  for (let at = 0; at < 500 && !done(); at++) await new Promise(resolve => setTimeout(resolve, 10))
  expect(done()).toBe(true)
}

describe('an upload', () => {
  const head = (url: string, cookie: string, rest: string) =>
    `POST /api/uploads?name=rows.csv HTTP/1.1\r\nhost: ${new URL(url).host}\r\ncookie: ${cookie}\r\ncontent-type: application/octet-stream\r\n${rest}\r\n\r\n`

  it('that is too large is refused while it arrives, announced or not, and nothing of it is kept', async () => {
    const { url, cookie, uploads } = await served()
    for (const rest of ['content-length: 5000000', 'transfer-encoding: chunked']) {
      const socket = await connection(url)
      socket.write(head(url, cookie, rest))
      const part = 'x'.repeat(60_000)
      for (let at = 0; at < 4; at++) socket.write(rest.includes('chunked') ? `ea60\r\n${part}\r\n` : part)
      await until(() => socket.said().includes('\r\n\r\n'))
      expect(socket.said()).toMatch(/^HTTP\/1\.1 413 /)
      expect(socket.said()).toContain('urn:cultivar:too-large')
      await until(() => uploads().length === 0)
    }
  })

  it('that breaks off leaves nothing', async () => {
    const { url, cookie, uploads } = await served()
    const socket = await connection(url)
    socket.write(`${head(url, cookie, 'content-length: 50000')}some,rows\n`)
    await until(() => uploads().length === 1)
    socket.destroy()
    await until(() => uploads().length === 0)
  })

  it('gets a name that no file system minds, and no place but its own', async () => {
    const { url, cookie, workspace } = await served()
    const kept = join(workspace.folder, '.cultivar', 'uploads')
    for (const [given, name] of [
      ['../../../etc/passwd', 'passwd'],
      ['C:\\Users\\ada\\tickets.csv', 'tickets.csv'],
      ['.bashrc', 'bashrc'],
      ['a\0b\n.csv', 'a__b_.csv'],
      ['nul.csv', '_nul.csv'],
      ['..', 'upload'],
      [`${'名'.repeat(200)}.jsonl`, `${'名'.repeat(58)}.jsonl`],
    ]) {
      const answer = await fetchOf(`${url}/api/uploads?name=${encodeURIComponent(given!)}`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/octet-stream' },
        body: 'a,b\n',
      })
      const { upload, ...rest } = (await answer.json()) as { upload: string }
      expect(rest).toEqual({ name: name!.replace('a__b_', 'a\ufffdb_'), bytes: 4 })
      expect(readFileSync(join(kept, upload, readdirSync(join(kept, upload))[0]!), 'utf8')).toBe('a,b\n')
    }
  })
})

describe('a connection', () => {
  it.each([
    ['without a host', 'GET /api/session HTTP/1.1\r\n\r\n'],
    ['for another host', 'GET http://127.0.0.1/api/session HTTP/1.1\r\nhost: evil.example\r\n\r\n'],
    ['with two lengths', 'POST /api/projects HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    [
      'with a length and chunks',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['with a header beyond measure', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['that speaks no HTTP', '\x16\x03\x01\x02\0\r\n\r\n'],
  ])('%s is refused, and the server goes on', async (_, said) => {
    const { url, cookie, reported } = await served()
    const socket = await connection(url)
    socket.write(said)
    await until(() => socket.said() !== '')
    expect(socket.said()).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect((await fetchOf(`${url}/api/session`, { headers: { cookie } })).status).toBe(200)
    expect(reported).toEqual([])
  })

  it('is served over TLS with the certificate given, with a cookie for that alone', async () => {
    const folder = temporaryFolder()
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const subject = ['-subj', '/CN=studio.example.com', '-addext', 'subjectAltName=DNS:studio.example.com']
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-keyout', key, '-out', cert]
    execFileSync('openssl', ['req', '-x509', '-nodes', '-days', '2', ...made, ...subject], { stdio: 'ignore' })
    const workspace = await temporaryWorkspace({ USER: 'ada' })
    writeFileSync(join(folder, 'index.html'), '<!doctype html>')
    const tls = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
    const studio = await serveStudio(workspace, {
      ...{ port: 0, pages: folder, mostUploadBytes: 1, report: () => undefined },
      ...{ tls, hostnames: ['studio.example.com'] },
    })
    onTestFinished(() => studio.close())
    const opening = new URL(studio.openingUrl())
    expect(opening.origin).toMatch(/^https:\/\/studio\.example\.com:\d+$/)
    const cookies = await new Promise<string[] | undefined>((resolve, reject) => {
      const options = { host: '127.0.0.1', port: opening.port, path: opening.pathname + opening.search, ca: tls.cert }
      askTls({ ...options, servername: 'studio.example.com', headers: { host: opening.host } }, answer => {
        answer.resume()
        resolve(answer.headers['set-cookie'])
      })
        .on('error', reject)
        .end()
    })
    expect(cookies![0]).toMatch(/^__Host-cultivar-\d+=.*; Secure/)
    await expect(
      serveStudio(workspace, {
        port: 0,
        pages: folder,
        mostUploadBytes: 1,
        report: () => undefined,
        tls: { cert: 'x', key: 'y' },
      }),
    ).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('at an address that is not of this machine is no surprise', async () => {
    await expect(served({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'bad-input' })
  })
})

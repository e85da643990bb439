/** Tests of the way out: proxies, exceptions to them, extra certificates. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { provider } from '../model/provider.ts'
import type { Environment } from './http-client.ts'
import { createLanguageModel } from './language-model.ts'

/** A throw-away certificate for model.invalid and 127.0.0.1, valid until 2120, that nobody trusts. */
const tls = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgu+0kJvONKsEruL3n
3LvuvhcgXCHTj5g8xrvv/implJ2hRANCAAT27NbGi3FWZhIzzZRND1p/JnVbi82i
TmbRGWjjdzP5PcUgfEpz7+s9tnEaJAqlom973KDn7pBJeW5+dGRqEAyt
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBXzCCAQSgAwIBAgIBATAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDAR0ZXN0MCAX
DTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAPMQ0wCwYDVQQDDAR0ZXN0
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9uzWxotxVmYSM82UTQ9afyZ1W4vN
ok5m0Rlo43cz+T3FIHxKc+/rPbZxGiQKpaJve9yg5+6QSXlufnRkahAMraNPME0w
HgYDVR0RBBcwFYINbW9kZWwuaW52YWxpZIcEfwAAATAMBgNVHRMEBTADAQH/MB0G
A1UdDgQWBBSfWfDpgCLFAVW2fgHpU5ZkiyVFQTAKBggqhkjOPQQDAgNJADBGAiEA
jl0C0eiSughIzCynEhvrcqAWYF4BilqE7BHfQEXg/D0CIQDsCL38UYEeNeaqKTt3
Jv+lOwQVtNaOKm/NWwmWnMzddw==
-----END CERTIFICATE-----`,
}

let folder: string
let certificates: string
let plain: { server: Server; port: number }
let secure: { server: Server; port: number }
let proxy: { server: Server; port: number }
/** What the proxy was asked for. */
const proxied: string[] = []

const completion = JSON.stringify({
  choices: [{ message: { role: 'assistant', content: 'Hi.' }, finish_reason: 'stop' }],
})

async function listening(server: Server) {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cultivar-http-'))
  certificates = join(folder, 'extra.pem')
  await writeFile(certificates, tls.cert)
  plain = await listening(createServer((_, response) => response.end(completion)))
  secure = await listening(createTlsServer(tls, (_, response) => response.end(completion)))
  const server = createServer((request, response) => {
    proxied.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    if (request.url?.includes('blocked')) response.writeHead(407)
    response.end(completion)
  })
  server.on('connect', (request, socket) => {
    proxied.push(`CONNECT ${request.url}`)
    if (request.url?.startsWith('blocked')) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    if (request.url?.startsWith('down')) return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    const target = connect(secure.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      target.pipe(socket).pipe(target)
    })
    target.on('error', () => socket.destroy())
    socket.on('error', () => target.destroy())
    return undefined
  })
  proxy = await listening(server)
})

afterAll(async () => {
  for (const { server } of [plain, secure, proxy]) {
    server.closeAllConnections()
    server.close()
  }
  await rm(folder, { recursive: true })
})

beforeEach(() => {
  proxied.length = 0
})

async function send(endpoint: string, environment: Environment) {
  const settings = provider.parse({ name: 'p', kind: 'openai-compatible', model: 'm', endpoint, timeoutMs: 10_000 })
  const model = createLanguageModel(settings, { environment })
  const messages = [{ role: 'user' as const, content: 'Hello?' }]
  return model.send({ kind: 'chat', messages, maxOutputTokens: 9 }, new AbortController().signal)
}

it('reaches a plain host through HTTP_PROXY, with the proxy’s user and password', async () => {
  const environment = { HTTP_PROXY: `http://anna:hunter22@127.0.0.1:${proxy.port}` }
  expect((await send('http://model.invalid/v1', environment)).reply?.text).toBe('Hi.')
  const basic = Buffer.from('anna:hunter22').toString('base64')
  expect(proxied).toEqual([`POST http://model.invalid/v1/chat/completions Basic ${basic}`])
})

it('tunnels to a secure host through HTTPS_PROXY, trusting NODE_EXTRA_CA_CERTS', async () => {
  const environment = { https_proxy: `127.0.0.1:${proxy.port}`, NODE_EXTRA_CA_CERTS: certificates }
  expect((await send('https://model.invalid/v1', environment)).reply?.text).toBe('Hi.')
  expect(proxied).toEqual(['CONNECT model.invalid:443'])
})

it('answers 50 calls at once through a proxy', async () => {
  const environment = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` }
  const results = await Promise.all(Array.from({ length: 50 }, () => send('http://model.invalid/v1', environment)))
  expect(results.every(({ reply }) => reply?.text === 'Hi.')).toBe(true)
  expect(proxied.length).toBe(50)
})

it('does not use the proxy for hosts in NO_PROXY', async () => {
  // This machine by an address that does not count as loopback.
  const endpoint = `http://0.0.0.0:${plain.port}/v1`
  for (const noProxy of ['0.0.0.0', '*', `other.example, 0.0.0.0:${plain.port}`]) {
    const environment = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: noProxy }
    expect((await send(endpoint, environment)).reply?.text).toBe('Hi.')
  }
  expect(proxied).toEqual([])
})

it('uses the proxy for hosts that NO_PROXY does not name', async () => {
  const environment = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: 'invalid.example,del.invalid' }
  expect((await send('http://model.invalid/v1', environment)).reply?.text).toBe('Hi.')
  expect(proxied.length).toBe(1)
})

it('never uses a proxy for loopback, whatever the environment says', async () => {
  const address = `http://127.0.0.1:${proxy.port}`
  const environment = { HTTP_PROXY: address, HTTPS_PROXY: address, http_proxy: address, NO_PROXY: '' }
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]']) {
    expect((await send(`http://${host}:${plain.port}/v1`, environment)).reply?.text).toBe('Hi.')
  }
  expect(proxied).toEqual([])
})

it('trusts an unknown certificate only if NODE_EXTRA_CA_CERTS holds it', async () => {
  const endpoint = `https://127.0.0.1:${secure.port}/v1`
  expect((await send(endpoint, {})).fault).toMatchObject({
    kind: 'account',
    message: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  })
  expect((await send(endpoint, { NODE_EXTRA_CA_CERTS: certificates })).reply?.text).toBe('Hi.')
})

it('says what is wrong with a proxy that refuses or fails', async () => {
  const address = `http://127.0.0.1:${proxy.port}`
  const environment = { HTTP_PROXY: address, HTTPS_PROXY: address }
  for (const scheme of ['http', 'https']) {
    expect((await send(`${scheme}://blocked.invalid/v1`, environment)).fault).toMatchObject({
      kind: 'account',
      message: expect.stringContaining('proxy'),
    })
  }
  expect((await send('https://down.invalid/v1', environment)).fault).toMatchObject({ kind: 'transient' })
  const nowhere = { HTTP_PROXY: 'http://127.0.0.1:1' }
  expect((await send('http://model.invalid/v1', nowhere)).fault).toMatchObject({ kind: 'transient' })
})

it('refuses settings of this machine that cannot work, with a hint', async () => {
  await expect(
    send('https://model.invalid/v1', { NODE_EXTRA_CA_CERTS: join(folder, 'none.pem') }),
  ).rejects.toMatchObject({
    code: 'bad-file',
    hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  })
  await expect(send('http://model.invalid/v1', { HTTP_PROXY: 'http://:x' })).rejects.toMatchObject({
    code: 'bad-input',
    hint: expect.stringContaining('http://host:port'),
  })
})

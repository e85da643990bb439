/** What is fetched, and above all what is not. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { createServer as createSocketServer, type Server, type Socket } from 'node:net'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { fetchRemote } from './fetch-remote.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

type Answer = (request: IncomingMessage, response: ServerResponse) => void

async function serve(answer: Answer, host = '127.0.0.1'): Promise<string> {
  const server = createServer(answer).listen(0, host)
  return started(server)
}

/** A server that speaks as it likes. */
function serveRaw(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createSocketServer(socket => {
    sockets.add(socket.on('error', () => socket.destroy()))
    socket.once('data', () => answer(socket))
  }).listen(0, '127.0.0.1')
  stops.push(() => {
    for (const socket of sockets) socket.destroy()
  })
  return started(server)
}

async function started(server: Server): Promise<string> {
  await once(server, 'listening')
  stops.push(() => {
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)()
    server.close()
  })
  const { address, port } = server.address() as AddressInfo
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`
}

const send =
  (body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(200, headers).end(body)
const redirect =
  (location: string): Answer =>
  (_, response) =>
    response.writeHead(302, { location }).end()
const open = { allowPrivate: true }
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString()
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable(),
    (error: Error & { code: string; hint: string }) => error,
  )
const resolvingTo = (...addresses: string[]): LookupFunction => {
  let times = 0
  return (_, options, callback) => {
    const address = addresses[Math.min(times++, addresses.length - 1)]!
    if (options.all) callback(null, [{ address, family: address.includes(':') ? 6 : 4 }])
    else callback(null, address, 4)
  }
}

it('fetches a document with its name and media type', async () => {
  const origin = await serve(send('<p>hello</p>', { 'content-type': 'text/html; charset=utf-8' }))
  const { name, bytes, mediaType } = await fetchRemote(`${origin}/docs/page.html?x=1#y`, open)
  expect([name, textOf(bytes), mediaType]).toEqual(['page.html', '<p>hello</p>', 'text/html; charset=utf-8'])
})

it.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
] as const)('unpacks %s', async (encoding, pack) => {
  const origin = await serve(send(pack(Buffer.from('packed text')), { 'content-encoding': encoding }))
  expect(textOf((await fetchRemote(origin, open)).bytes)).toBe('packed text')
})

it('follows five redirects, relative ones too, and not six', async () => {
  const origin = await serve((request, response) => {
    const left = Number(request.url!.slice(1))
    if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end()
    else response.end('there')
  })
  expect(textOf((await fetchRemote(`${origin}/5`, open)).bytes)).toBe('there')
  expect((await failure(fetchRemote(`${origin}/6`, open))).message).toContain('more than 5 times')
})

it.each([
  'http://127.0.0.1:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f.1:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://localhost:PORT/',
])('refuses %s unless private addresses are allowed, before anything is sent', async address => {
  let asked = 0
  const origin = await serve((_, response) => {
    asked++
    response.end('secret')
  })
  const error = await failure(fetchRemote(address.replace('PORT', new URL(origin).port)))
  expect(error.code).toBe('bad-input')
  expect(error.hint).toContain('--allow-private')
  expect(asked).toBe(0)
})

it('refuses a name that resolves to a private address, and one that does so only the second time', async () => {
  let asked = 0
  const origin = await serve((_, response) => {
    asked++
    response.writeHead(302, { location: `http://second.example:${new URL(origin).port}/` }).end()
  })
  const port = new URL(origin).port
  const error = await failure(fetchRemote(`http://wiki.example:${port}/`, { lookup: resolvingTo('127.0.0.1') }))
  expect(error.message).toContain('wiki.example (127.0.0.1)')
  const metadata = { ...open, lookup: resolvingTo('127.0.0.1', '169.254.169.254') }
  expect((await failure(fetchRemote(`http://first.example:${port}/`, metadata))).message).toContain('metadata service')
  expect(asked).toBe(1)
})

it.each([
  'http://169.254.169.254/latest/meta-data/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[fd00:ec2::254]/',
  'http://2852039166/',
])('never follows a redirect to %s', async location => {
  const origin = await serve(redirect(location))
  const error = await failure(fetchRemote(origin, open))
  expect([error.code, error.message]).toEqual(['bad-input', expect.stringContaining('metadata service')])
})

it.each(['file:///etc/passwd', 'ftp://e.org/', 'data:text/plain,x', 'javascript:1'])(
  'follows no redirect to %s',
  async location => {
    const origin = await serve(redirect(location))
    expect((await failure(fetchRemote(origin, open))).message).toContain('is not an http:// or https:// URL')
  },
)

it('does not wait for the body of a redirect or an error', async () => {
  const origin = await serve((request, response) => {
    const status = request.url === '/' ? 302 : 500
    response.writeHead(status, { location: '/next', 'content-length': '1000' }).write('some of it')
  })
  expect((await failure(fetchRemote(origin, open))).message).toContain('status 500')
})

it.each(['ftp://e.org/a', 'e.org/a', '', 'file:///etc/passwd'])('refuses “%s” as an address', async address => {
  expect((await failure(fetchRemote(address))).code).toBe('bad-input')
})

it('refuses a password in the address without repeating it, in redirects too', async () => {
  const origin = await serve(redirect('http://user:hunter2@127.0.0.1/'))
  for (const address of ['https://user:hunter2@e.org/', origin]) {
    const error = await failure(fetchRemote(address, open))
    expect(error.message).toContain('password in it')
    expect(JSON.stringify(error)).not.toContain('hunter2')
  }
})

it.each([404, 403, 500, 204, 206])('names the status %i', async status => {
  const origin = await serve((_, response) => response.writeHead(status).end())
  const error = await failure(fetchRemote(`${origin}/a?token=secret`, open))
  expect(error.message).toContain(`${status}`)
  expect(error.message).not.toContain('secret')
})

it('says no to what is too large by its own account, without taking it in', async () => {
  const origin = await serve((_, response) => response.writeHead(200, { 'content-length': '2000000' }).write('x'))
  const error = await failure(fetchRemote(origin, { ...open, mostBytes: 2 ** 20 }))
  expect([error.message, error.hint]).toEqual([
    expect.stringContaining('larger than 1 MB'),
    expect.stringContaining('--max-mb'),
  ])
})

it('ends an endless body at the limit', async () => {
  const origin = await serve((_, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(65_536))) if (response.destroyed) return
    }
    response.on('drain', more)
    more()
  })
  expect((await failure(fetchRemote(origin, { ...open, mostBytes: 2 ** 20 }))).message).toContain('larger than 1 MB')
})

it('ends a gzip bomb at the limit, and one that unpacks to nothing', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000))
  const hollow = Buffer.concat(Array.from({ length: 60_000 }, () => gzipSync('')))
  for (const body of [bomb, hollow]) {
    const origin = await serve(send(body, { 'content-encoding': 'gzip' }))
    expect((await failure(fetchRemote(origin, { ...open, mostBytes: 2 ** 20 }))).message).toContain('larger than 1 MB')
  }
})

it('refuses damaged and unknown packing', async () => {
  const damaged = await serve(send('no gzip', { 'content-encoding': 'gzip' }))
  expect((await failure(fetchRemote(damaged, open))).message).toContain('what came is damaged')
  const unknown = await serve(send('x', { 'content-encoding': 'compress' }))
  expect((await failure(fetchRemote(unknown, open))).message).toContain('“compress”')
})

it('takes no longer than the time limit, however slowly the body trickles', async () => {
  const origin = await serve((_, response) => {
    const timer = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(timer))
  })
  const begun = performance.now()
  const error = await failure(fetchRemote(origin, { ...open, timeLimitMs: 300 }))
  expect(error.message).toContain('was not fetched within 0.3 s')
  expect(performance.now() - begun).toBeLessThan(3000)
})

it('does not wait for a server that never answers', async () => {
  const origin = await serve(() => undefined)
  expect((await failure(fetchRemote(origin, { ...open, timeLimitMs: 300 }))).code).toBe('bad-file')
})

it('stops with the reason of its signal', async () => {
  const origin = await serve(() => undefined)
  const stop = new AbortController()
  const reason = new Error('enough')
  const fetched = failure(fetchRemote(origin, { ...open, signal: stop.signal }))
  setTimeout(() => stop.abort(reason), 50)
  expect(await fetched).toBe(reason)
})

it('takes no part of a body for the whole', async () => {
  const origin = await serveRaw(socket => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'))
  expect((await failure(fetchRemote(origin, open))).code).toBe('bad-file')
  const chunked = await serveRaw(socket =>
    socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nshort\r\n'),
  )
  expect((await failure(fetchRemote(chunked, open))).code).toBe('bad-file')
})

it('does not take in what follows the stated length', async () => {
  const origin = await serveRaw(socket => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nshort and more'))
  expect(textOf((await fetchRemote(origin, open)).bytes)).toBe('short')
})

it('says what is wrong with what is no HTTP, and with a port where nothing is', async () => {
  const noise = await serveRaw(socket => socket.end('\0\x01\x02 nonsense\r\n\r\n'))
  expect((await failure(fetchRemote(noise, open))).message).toContain('cannot be fetched')
  expect((await failure(fetchRemote('http://127.0.0.1:1/', open))).message).toContain('nothing answers there')
})

/** Getting a model file: whole and right, or a clear word; a broken connection costs no byte that came. */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type DownloadEvent, type DownloadOptions, downloadModel } from './download.ts'

const model = Buffer.concat([
  Buffer.from('GGUF'),
  Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) % 251)),
])
const sha256 = createHash('sha256').update(model).digest('hex')

interface Site {
  body?: Buffer
  etag?: string | undefined
  ranges?: boolean
  /** Bytes after which each answer in turn is cut; beyond the list none is. */
  cuts?: number[]
  status?: number
  chunked?: boolean
}

interface Asked {
  range: string | undefined
  ifRange: string | undefined
}

/** A server with one file at every path but `/moved`, which sends on. What it does can be changed on the way. */
async function siteOf(site: Site) {
  const asked: Asked[] = []
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { range, 'if-range': ifRange } = request.headers
    asked.push({ range, ifRange: ifRange as string | undefined })
    if (request.url === '/moved.gguf') return response.writeHead(302, { location: '/there.gguf' }).end()
    const { body = model, etag = '"one"', ranges = true, status = 200, chunked = false } = site
    if (status >= 400) return response.writeHead(status).end('no')
    const usable = ranges && range && (ifRange === undefined || ifRange === etag)
    const from = usable ? Number(/^bytes=(\d+)-/.exec(range)![1]) : 0
    if (from >= body.length) return response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end()
    const rest = body.subarray(from)
    response.writeHead(usable ? 206 : 200, {
      ...(etag ? { etag } : {}),
      ...(chunked ? {} : { 'content-length': rest.length }),
      ...(usable ? { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` } : {}),
    })
    const cut = site.cuts?.shift()
    if (cut === undefined) return response.end(rest)
    response.write(rest.subarray(0, cut), () => setTimeout(() => response.destroy(), 20))
  }
  const listening = createServer(answer)
  await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve))
  const close = () => {
    listening.closeAllConnections()
    listening.close()
  }
  onTestFinished(close)
  return { asked, site, close, url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/some.gguf` }
}

function optionsFor(url: string, more: Partial<DownloadOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-download-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'models', 'some.gguf')
  const events: DownloadEvent[] = []
  const options: DownloadOptions = {
    ...{ url, path, environment: {}, again: 'cultivar providers download x', retryMs: 1 },
    observe: event => events.push(event),
    ...more,
  }
  return { options, path, part: `${path}.part`, events }
}

it('gets a file whole, says how far it is, and leaves nothing beside it', async () => {
  const { url } = await siteOf({})
  const { options, path, part, events } = optionsFor(url, { sha256 })
  expect(await downloadModel(options)).toBe(sha256)
  expect(readFileSync(path).equals(model)).toBe(true)
  expect([part, `${part}.json`].filter(existsSync)).toEqual([])
  const bytes = events.flatMap(event => (event.kind === 'progress' ? [event.bytes] : []))
  expect(bytes).toEqual(bytes.toSorted((a, b) => a - b))
  expect(events).toContainEqual({ kind: 'progress', bytes: model.length, total: model.length })
})

it('goes on where connections broke, and asks only for what is missing', async () => {
  const { url, asked } = await siteOf({ cuts: [100_000, 50_000, 1] })
  const { options, path } = optionsFor(url, { sha256 })
  await downloadModel(options)
  expect(readFileSync(path).equals(model)).toBe(true)
  expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=100000-', 'bytes=150000-', 'bytes=150001-'])
  expect(asked[1]!.ifRange).toBe('"one"')
})

it('goes on in another process, after it was stopped', async () => {
  const { url, asked } = await siteOf({ cuts: [200_000] })
  const stopping = new AbortController()
  const { options, path, part } = optionsFor(url, {
    signal: stopping.signal,
    observe: event => event.kind === 'progress' && event.bytes === 200_000 && stopping.abort(),
  })
  await expect(downloadModel(options)).rejects.toMatchObject({
    code: 'interrupted',
    hint: expect.stringContaining('cultivar providers download x'),
  })
  expect(readFileSync(part)).toHaveLength(200_000)
  const { signal: _, observe: __, ...again } = options
  await downloadModel(again)
  expect(asked[1]!.range).toBe('bytes=200000-')
  expect(readFileSync(path).equals(model)).toBe(true)
})

it.each<[string, Partial<Site>]>([
  ['knows no ranges', { ranges: false }],
  ['says nothing by which versions could be told apart', { etag: '' }],
  ['has only a weak tag', { etag: 'W/"one"' }],
])('begins anew where the server %s', async (_, site) => {
  const { url } = await siteOf({ ...site, cuts: [100_000] })
  const { options, path } = optionsFor(url, { sha256 })
  await downloadModel(options)
  expect(readFileSync(path).equals(model)).toBe(true)
})

it('never joins parts of two versions', async () => {
  const { url, site } = await siteOf({ cuts: [100_000] })
  const newer = Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(150_000, 9)])
  const { options, path } = optionsFor(url, {
    observe: event => {
      if (event.kind === 'broken') Object.assign(site, { body: newer, etag: '"two"' })
    },
  })
  await downloadModel(options)
  expect(readFileSync(path).equals(newer)).toBe(true)
})

it('takes a part that is whole already for what it is', async () => {
  const { url } = await siteOf({})
  const { options, path, part } = optionsFor(url, { sha256 })
  await downloadModel({ ...options, path: `${path}.other` })
  writeFileSync(part, model)
  writeFileSync(`${part}.json`, JSON.stringify({ url, validator: '"one"' }))
  await downloadModel(options)
  expect(readFileSync(path).equals(model)).toBe(true)
})

it('follows redirects, and reads answers of unknown length', async () => {
  const { url } = await siteOf({ chunked: true })
  const { options, path } = optionsFor(url.replace('some.gguf', 'moved.gguf'), { sha256 })
  await downloadModel(options)
  expect(readFileSync(path).equals(model)).toBe(true)
})

it('gives up where try after try brings nothing, and keeps what came', async () => {
  const { url, asked } = await siteOf({ cuts: [100_000, 0, 0, 0, 0, 0, 0, 0] })
  const { options, part } = optionsFor(url)
  await expect(downloadModel(options)).rejects.toMatchObject({
    code: 'provider-failed',
    hint: expect.stringContaining('goes on after 0.1 MB'),
  })
  expect(asked.length).toBeLessThan(8)
  expect(readFileSync(part)).toHaveLength(100_000)
})

it('removes what has another checksum', async () => {
  const { url } = await siteOf({})
  const { options, path, part } = optionsFor(url, { sha256: '0'.repeat(64) })
  await expect(downloadModel(options)).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringContaining(sha256),
  })
  expect([path, part, `${part}.json`].filter(existsSync)).toEqual([])
})

it('takes no web page for a model, and no part of a split one', async () => {
  const { url } = await siteOf({ body: Buffer.from(`<!doctype html>${'x'.repeat(1000)}`) })
  const { options, path, part } = optionsFor(url)
  await expect(downloadModel(options)).rejects.toMatchObject({
    code: 'bad-file',
    hint: expect.stringContaining('/resolve/'),
  })
  expect([path, part].filter(existsSync)).toEqual([])
  const split = { ...options, url: url.replace('some.gguf', 'some-00001-of-00003.gguf') }
  await expect(downloadModel(split)).rejects.toMatchObject({ code: 'bad-file' })
})

it.each([
  [404, 'not-found'],
  [403, 'provider-refused'],
  [503, 'provider-failed'],
  [418, 'provider-failed'],
])('says what an answer of %i means', async (status, code) => {
  const { url } = await siteOf({ status })
  const { options } = optionsFor(`${url}?signature=secret`)
  const error = await downloadModel(options).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code })
  expect(`${error}${JSON.stringify(error)}`).not.toContain('secret')
})

it('looks for room before it begins, and says so where the disk fills up', async () => {
  const { url } = await siteOf({})
  const { options, part } = optionsFor(url, { freeBytes: async () => 100_000 })
  await expect(downloadModel(options)).rejects.toMatchObject({
    code: 'storage-full',
    message: expect.stringContaining('0.1 MB are free'),
    hint: expect.stringContaining('cultivar providers download x'),
  })
  expect(existsSync(part)).toBe(false)
})

it('says that nothing listens there', async () => {
  const { url, close } = await siteOf({})
  close()
  const { options } = optionsFor(url)
  await expect(downloadModel(options)).rejects.toMatchObject({
    code: 'provider-failed',
    message: expect.stringContaining('nothing listens there'),
  })
})

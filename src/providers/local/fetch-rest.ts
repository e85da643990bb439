/** One request for a file, from where an earlier one ended. */
import { open, readFile, rm, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import type { Fetch } from '../adapter.ts'
import { CallEnded, withDeadline } from '../deadline.ts'
import { resultOfError } from '../fault.ts'
import { openFetch } from '../http-client.ts'
import type { DownloadOptions } from './download.ts'
import { BrokenOff, diskFull, gigabytes, interrupted, onDisk, shown } from './download-failures.ts'
import { checkStart, writeWhole } from './gguf-file.ts'

const mostRedirects = 8
/** A server that sends nothing for so long has gone. */
const silenceMs = 60_000
/** Kept free on the disk besides the file. */
const spareBytes = 200e6

/** What the parts on disk are parts of. */
const origin = z.object({ url: z.string(), validator: z.string() })

/** One request, from where the part ends. Returns when the part is whole. */
export async function fetchRest(options: DownloadOptions, part: string): Promise<void> {
  const { url, observe, freeBytes = freeOn } = options
  const earlier = await readOrigin(part, url)
  const have = earlier ? await sizeOf(part) : 0
  const response = await request(url, have > 0 ? { range: `bytes=${have}-`, 'if-range': earlier! } : {}, options)
  if (response.status === 416 && sizeSaid(response) === have) return cancel(response)
  if (response.status === 416) {
    await cancel(response)
    await discard(part)
    throw new BrokenOff('the server has another file there by now')
  }
  checkAnswer(response, options)
  const from = response.status === 206 ? startSaid(response) : 0
  if (response.status === 206 && from !== have)
    throw new BrokenOff('the server goes on at another place than was asked')
  const length = Number(response.headers.get('content-length') ?? Number.NaN)
  const total = Number.isFinite(length) ? from + length : undefined
  const free = await freeBytes(dirname(part))
  if (total !== undefined && total - from + spareBytes > free) {
    await cancel(response)
    throw diskFull(options, `${gigabytes(total - from)} are still to come, and ${gigabytes(free)} are free`)
  }
  await onDisk(options, part, () => writeOrigin(part, url, response))
  const file = await onDisk(options, part, () => open(part, from > 0 ? 'r+' : 'w'))
  let bytes = from
  try {
    for await (const chunk of chunksOf(response, options, () => bytes)) {
      if (bytes === 0 && chunk.length >= 4) checkStart(`What ${shown(url)} sends`, chunk)
      await onDisk(options, part, () => file.write(chunk, 0, chunk.length, bytes))
      bytes += chunk.length
      observe?.({ kind: 'progress', bytes, total })
    }
  } catch (error) {
    if (error instanceof CultivarError && error.code === 'bad-file') await discard(part)
    throw error
  } finally {
    await file.close()
  }
  if (total !== undefined && bytes < total) throw new BrokenOff('the connection ended before the file did')
}

/** Follows redirects, each through the proxy that is meant for it; never from https to http. */
async function request(url: string, headers: Record<string, string>, options: DownloadOptions): Promise<Response> {
  const { environment, signal } = options
  let at = new URL(url)
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const fetch: Fetch = await openFetch(at.href, environment)
    const ask = (signal: AbortSignal) => fetch(at, { headers: { ...headers, 'accept-encoding': 'identity' }, signal })
    const response = await brokenOff(options, at.href, 0, () => withinSilence(signal, ask))
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) return response
    await cancel(response)
    const next = new URL(location, at)
    if (at.protocol === 'https:' && next.protocol !== 'https:') {
      throw new CultivarError(
        'bad-input',
        `${shown(at.href)} sends on to an address without https.`,
        'Give the address of the file itself.',
      )
    }
    at = next
  }
  throw new BrokenOff('it is sent from one address to the next without end')
}

async function* chunksOf(
  response: Response,
  options: DownloadOptions,
  bytesSoFar: () => number,
): AsyncGenerator<Buffer> {
  if (!response.body) return
  const reader = response.body.getReader()
  try {
    for (;;) {
      const { done, value } = await brokenOff(options, options.url, bytesSoFar(), () =>
        withinSilence(options.signal, () => reader.read()),
      )
      if (done) return
      yield Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
  } finally {
    // Of a connection that broke there is nothing left to cancel.
    await reader.cancel().catch(() => undefined)
  }
}

function withinSilence<T>(signal: AbortSignal | undefined, work: (signal: AbortSignal) => PromiseLike<T>): Promise<T> {
  return withDeadline(silenceMs, signal, work)
}

/** What a network does becomes BrokenOff; settings of this machine that are wrong stay what they are. */
async function brokenOff<T>(
  options: DownloadOptions,
  endpoint: string,
  bytes: number,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CultivarError) throw error
    if (options.signal?.aborted) throw interrupted(options, bytes)
    if (error instanceof CallEnded) throw new BrokenOff(`nothing came for ${silenceMs / 1000} s`)
    const { fault } = resultOfError(error, { endpoint: shown(endpoint), redact: text => text, inputTokens: 0 })
    throw new BrokenOff(fault?.message ?? String(error))
  }
}

function checkAnswer(response: Response, { url }: DownloadOptions): void {
  const { status } = response
  if (status === 200 || status === 206) return
  const answered = `${shown(url)} answers ${status}`
  if (status === 404 || status === 410) {
    throw new CultivarError(
      'not-found',
      `${answered}: there is no such file.`,
      'Correct it: cultivar providers set NAME --model URL',
    )
  }
  if (status === 401 || status === 403) {
    throw new CultivarError(
      'provider-refused',
      `${answered}: it gives the file only to those it knows.`,
      'Get the file with your browser, and give its path as --model.',
    )
  }
  if (status === 408 || status === 429 || status >= 500) throw new BrokenOff(`the server answers ${status}`)
  throw new CultivarError('provider-failed', `${answered}, which is no file.`, 'Check the address.')
}

/** A strong ETag, else a date: what tells the server which version the part is of. */
async function writeOrigin(part: string, url: string, { headers }: Response): Promise<void> {
  const etag = headers.get('etag')
  const validator = etag && !etag.startsWith('W/') ? etag : (headers.get('last-modified') ?? '')
  await writeWhole(`${part}.json`, JSON.stringify({ url, validator }))
}

/** The validator to go on with; undefined where it would not be known whether the parts are of one file. */
async function readOrigin(part: string, url: string): Promise<string | undefined> {
  const text = await readFile(`${part}.json`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  const { data } = origin.safeParse(JSON.parse(text))
  return data?.url === url && data.validator ? data.validator : undefined
}

function startSaid(response: Response): number {
  return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN)
}

function sizeSaid(response: Response): number {
  return Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN)
}

export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 0
      throw error
    },
  )
}

async function freeOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

export async function discard(part: string): Promise<void> {
  await rm(part, { force: true })
  await rm(`${part}.json`, { force: true })
}

async function cancel(response: Response): Promise<void> {
  await response.body?.cancel()
}

/** Fetches a document from an address, within limits, and from nowhere it should not. */
import { type Agent, type Dispatcher, request } from 'undici'
import { CultivarError } from '../model/error.ts'
import type { DocumentFile } from './reader.ts'
import { fileName } from './remote/file-name.ts'
import { type Guard, guardedAgent } from './remote/guarded-agent.ts'
import { acceptedEncodings, readBody, tooLarge } from './remote/read-body.ts'

interface FetchOptions extends Partial<Guard> {
  /** Of the document, packed as it comes and unpacked. Default: 64 MB. */
  mostBytes?: number
  /** From the first connection to the last byte, redirects included. Default: a minute. */
  timeLimitMs?: number
  signal?: AbortSignal
}

const mostRedirects = 5
/** How long a server may take to begin to answer, or stop in the middle. */
const silenceMs = 20_000

/**
 * Private, loopback, link-local and other addresses off the public internet are refused unless allowed, at each redirect and each
 * connection; so are addresses with a password. No proxy is used, nothing is sent but the request.
 *
 * @throws CultivarError `bad-input` for an address that is not allowed, `not-found` if there is nothing, `bad-file` if it cannot be had, is
 * too large or takes too long.
 * @throws the signal's reason, when it is aborted.
 */
export async function fetchRemote(address: string, options: FetchOptions = {}): Promise<DocumentFile> {
  const { allowPrivate = false, lookup, mostBytes = 64 * 2 ** 20, timeLimitMs = 60_000, signal } = options
  signal?.throwIfAborted()
  const deadline = AbortSignal.timeout(timeLimitMs)
  const stop = signal ? AbortSignal.any([signal, deadline]) : deadline
  const agent = guardedAgent({ allowPrivate, ...(lookup ? { lookup } : {}) }, Math.min(silenceMs, timeLimitMs))
  let url = parsedAddress(address)
  try {
    for (let redirects = 0; ; redirects++) {
      const reply = await ask(url, agent, stop)
      const location = isRedirect(reply.statusCode) ? headerOf(reply, 'location') : ''
      if (location === '') return await received(url, reply, mostBytes)
      if (redirects === mostRedirects) throw tooManyRedirects(address)
      url = parsedAddress(location, url)
    }
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof CultivarError) throw cause
    throw deadline.aborted ? tooSlow(url, timeLimitMs) : unreachable(url, cause as Error)
  } finally {
    await agent.destroy()
  }
}

function ask(url: URL, dispatcher: Agent, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const headers = {
    accept: 'text/html, text/markdown, text/plain, application/pdf, */*;q=0.5',
    'accept-encoding': acceptedEncodings,
    'user-agent': 'cultivar',
  }
  return request(url, { dispatcher, signal, headers, reset: true })
}

async function received(url: URL, reply: Dispatcher.ResponseData, mostBytes: number): Promise<DocumentFile> {
  if (reply.statusCode !== 200) throw refusedBy(url, reply.statusCode)
  if (Number(headerOf(reply, 'content-length')) > mostBytes) throw tooLarge(shown(url), mostBytes)
  const bytes = await readBody(shown(url), reply.body, headerOf(reply, 'content-encoding'), mostBytes)
  const mediaType = headerOf(reply, 'content-type')
  const name = fileName(url, headerOf(reply, 'content-disposition'))
  return { name, bytes, ...(mediaType === '' ? {} : { mediaType }) }
}

function headerOf(reply: Dispatcher.ResponseData, name: string): string {
  const value = reply.headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

function parsedAddress(address: string, from?: URL): URL {
  const url = URL.parse(address.trim(), from?.href)
  if (!url || !/^https?:$/.test(url.protocol)) {
    const what = from ? `${shown(from)} leads to an address that` : 'The address'
    throw new CultivarError(
      'bad-input',
      `${what} is not an http:// or https:// URL.`,
      from
        ? 'Find the address of the document itself.'
        : 'Give the whole address, such as https://example.org/manual.pdf.',
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new CultivarError(
      'bad-input',
      `The address of ${url.host} has a user name or password in it.`,
      'Download the document by hand: what is in an address ends up in logs and listings.',
    )
  }
  return url
}

/** Without what follows the path, which may be secret. */
function shown(url: URL): string {
  return url.origin + url.pathname
}

function refusedBy(url: URL, status: number): CultivarError {
  if (status === 404 || status === 410) {
    return new CultivarError('not-found', `There is nothing at ${shown(url)} (status ${status}).`, 'Check the address.')
  }
  const hint =
    status === 401 || status === 403
      ? 'It may ask for a login: download the document by hand.'
      : status === 429 || status >= 500
        ? 'The server is in trouble or busy; try again later.'
        : 'Open it in a browser to see what is there.'
  return new CultivarError('bad-file', `${shown(url)} answered with status ${status} instead of the document.`, hint)
}

function tooManyRedirects(address: string): CultivarError {
  const url = parsedAddress(address)
  return new CultivarError(
    'bad-file',
    `${shown(url)} leads from address to address, more than ${mostRedirects} times.`,
    'Find the address of the document itself in a browser.',
  )
}

function tooSlow(url: URL, timeLimitMs: number): CultivarError {
  return new CultivarError(
    'bad-file',
    `${shown(url)} was not fetched within ${(timeLimitMs / 1000).toLocaleString('en')} s.`,
    'Try again later, or download it by hand.',
  )
}

function unreachable(url: URL, cause: Error): CultivarError {
  const known: Record<string, string> = {
    ENOTFOUND: 'there is no such host',
    ECONNREFUSED: 'nothing answers there',
    UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
    UND_ERR_HEADERS_TIMEOUT: 'it does not begin to answer',
    UND_ERR_BODY_TIMEOUT: 'it stopped in the middle',
    UND_ERR_SOCKET: 'it broke off in the middle',
    UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'what came is not as long as it was said to be',
  }
  const { code = '' } = cause as NodeJS.ErrnoException
  return new CultivarError(
    'bad-file',
    `${shown(url)} cannot be fetched: ${known[code] ?? (code.startsWith('Z_') ? 'what came is damaged' : cause.message)}.`,
    'Check the address and the connection. Proxies are not used: behind one, download it by hand.',
  )
}

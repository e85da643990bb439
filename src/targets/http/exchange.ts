/** One request to an endpoint: sent as often as its faults allow, and its answer read as JSON. */
import { isUtf8 } from 'node:buffer'
import { pause, withinTime } from '../stopping.ts'
import type { Endpoint } from './endpoint.ts'
import { type Fault, networkFault, redirectFault, statusFault, unreadable } from './fault.ts'
import { retryAfterMs } from './retry-after.ts'
import { readJson, serverWords } from './shapes.ts'

export type Exchange = { value: unknown; fault?: undefined } | { fault: Fault }

/** An answer that is larger is no list of predictions. */
const mostBytes = 64 * 2 ** 20
/** How long one request waits in all because the server says when to come back. */
const patienceMs = 5 * 60_000
const mostRedirects = 3

/**
 * `divisible`: whether less could be asked for; then what takes too long is not sent again as it is.
 * @throws CultivarError `interrupted` as soon as the signal aborts
 */
export async function exchange(
  endpoint: Endpoint,
  body: string,
  { divisible, signal }: { divisible: boolean; signal: AbortSignal | undefined },
): Promise<Exchange> {
  const late: Exchange = {
    fault: {
      ...{ code: 'timed-out', concerns: 'lost', again: !divisible },
      message: `No answer within ${endpoint.timeoutMs / 1000} s (the target’s timeoutMs).`,
      hint: 'Raise “timeoutMs”, or lower “batch”.',
    },
  }
  for (let failures = 0, waitedMs = 0; ; ) {
    const result = await withinTime(endpoint.timeoutMs, signal, late, within => attempt(endpoint, body, within))
    const { fault } = result
    if (!fault?.again) return result
    if (fault.retryAfterMs === undefined) {
      if (failures >= endpoint.retries) return result
      await pause(Math.min(500 * 2 ** failures++, 30_000), signal)
    } else {
      // Even a server that says 0 gets a moment, and comes to the end of our patience.
      const waitMs = Math.max(fault.retryAfterMs, 500)
      waitedMs += waitMs
      if (endpoint.retries === 0 || waitedMs > patienceMs)
        return { fault: { ...fault, message: asksToWait(fault, waitMs) } }
      await pause(waitMs, signal)
    }
  }
}

function asksToWait({ message }: Fault, waitMs: number): string {
  return `${message} (It asks to wait ${Math.ceil(waitMs / 1000)} s.)`
}

async function attempt(endpoint: Endpoint, body: string, signal: AbortSignal): Promise<Exchange> {
  try {
    return await answerTo(endpoint, body, signal)
  } catch (error) {
    return { fault: networkFault(error, endpoint.shown) }
  }
}

/** Redirects that keep the request as it is are followed on the same origin alone: elsewhere nobody allowed texts and keys to go. */
async function answerTo(
  { url: first, headers, fetch, keyed, redact }: Endpoint,
  body: string,
  signal: AbortSignal,
): Promise<Exchange> {
  let url = first
  for (let hops = 0; ; hops++) {
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
    const { status } = response
    const location = response.headers.get('location') ?? ''
    const next = URL.parse(location, url)
    if ((status === 307 || status === 308) && next?.origin === new URL(url).origin && hops < mostRedirects) {
      await response.body?.cancel()
      url = next.href
      continue
    }
    const bytes = await bytesOf(response.body)
    if (!bytes) return { fault: unreadable(`The answer is larger than ${mostBytes / 2 ** 20} MiB.`) }
    if (status >= 300 && status < 400) return { fault: redirectFault(status, next ? next.origin + next.pathname : '') }
    // Whole, since messages show parts of it, in which half a key would not be found.
    const text = redact(bytes.toString('utf8'))
    if (status >= 400) {
      const fault = statusFault(status, serverWords(text), { keyed })
      const wait = status === 429 || status >= 500 ? retryAfterMs(response.headers, text, Date.now()) : undefined
      return { fault: { ...fault, ...(wait !== undefined && { retryAfterMs: wait }) } }
    }
    if (!isUtf8(bytes)) return { fault: unreadable('The answer is not valid UTF-8.') }
    const json = readJson(text.replace(/^\ufeff/, ''))
    return 'wrong' in json ? { fault: unreadable(json.wrong) } : json
  }
}

/** Undefined if there are too many; then no more is taken in. */
async function bytesOf(body: AsyncIterable<Uint8Array> | null): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** By which addresses a studio may be asked, and from which pages: the defence against DNS rebinding and requests of other sites. */
import { isIP } from 'node:net'

export interface Site {
  /** That it listens on. */
  port: number
  /** Names it is served under, in lower case; an IPv6 address in brackets. */
  names: ReadonlySet<string>
  /** Whether any address in numbers will do: no name can be pointed at this machine by it. */
  anyAddress: boolean
  tls: boolean
  /** Whether a proxy before it is believed when it says who asked, by which name and how. */
  behindProxy: boolean
}

/** Header of a request, or what the nearest proxy said in its place. */
type Header = (name: string) => string | undefined

/** Why the request must not be answered; undefined where it may. */
export function refusalOf(site: Site, method: string, path: string, header: Header): 'name' | 'other-site' | undefined {
  const host = hostOf(site, header)
  if (host === undefined) return 'name'
  const origin = header('origin')
  if (origin !== undefined && !isOwn(origin, host, isSecure(site, header))) return 'other-site'
  const from = header('sec-fetch-site') ?? 'same-origin'
  if (from === 'same-origin' || (from === 'none' && isSafe(method))) return undefined
  // A link on another site may open a page of ours, in a tab and not in a frame; it may ask for nothing else.
  const opensPage = isSafe(method) && header('sec-fetch-mode') === 'navigate' && header('sec-fetch-dest') === 'document'
  return opensPage && !path.startsWith('/api') ? undefined : 'other-site'
}

/** Whether what is sent back travels encrypted, as far as the browser can tell. */
export function isSecure(site: Site, header: Header): boolean {
  return site.tls || (site.behindProxy && last(header('x-forwarded-proto')) === 'https')
}

/** Where a request comes from, to slow down whoever guesses; all addresses of one IPv6 network are one. */
export function addressOf(site: Site, header: Header, remote: string | undefined): string {
  const address = (site.behindProxy && last(header('x-forwarded-for'))) || remote || 'unknown'
  return isIP(address) === 6 && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address
}

/** The host asked for, if it is one of ours. */
function hostOf(site: Site, header: Header): string | undefined {
  const asked = (site.behindProxy && last(header('x-forwarded-host'))) || header('host') || ''
  const url = /^[\w.:[\]-]+$/.test(asked) ? URL.parse(`${site.tls ? 'https' : 'http'}://${asked}`) : null
  if (!url) return undefined
  const numbers = isIP(url.hostname.replaceAll(/[[\]]/g, '')) > 0
  if (!site.names.has(url.hostname) && !(site.anyAddress && numbers)) return undefined
  // A proxy has a port of its own.
  if (site.behindProxy) return asked
  return Number(url.port || (site.tls ? 443 : 80)) === site.port ? asked : undefined
}

function isOwn(origin: string, host: string, secure: boolean): boolean {
  const url = URL.parse(origin)
  if (!url || (secure && url.protocol !== 'https:')) return false
  return url.host === URL.parse(`${url.protocol}//${host}`)?.host
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** What the nearest proxy added: those before it may be what anybody made up. */
function last(list: string | undefined): string | undefined {
  return list?.split(',').at(-1)?.trim()
}

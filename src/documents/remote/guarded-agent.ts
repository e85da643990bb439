/** Opens connections to allowed addresses alone, whatever a name resolves to and however an address is written. */
import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { CultivarError } from '../../model/error.ts'
import { type AddressKind, addressKind } from './public-address.ts'

export interface Guard {
  /** Lets private addresses pass; metadata services never do. */
  allowPrivate: boolean
  /** How names are resolved. Default: as the system does. */
  lookup?: LookupFunction
}

const connectMs = 10_000

/**
 * An agent that looks at every address before it connects to it, and at the address of every connection before it sends
 * anything: a name that resolves to another address the second time gains nothing. Redirects are the caller's.
 */
export function guardedAgent(guard: Guard, headersTimeout: number): Agent {
  const connect = buildConnector({ lookup: guardedLookup(guard), timeout: connectMs, allowH2: false, keepAlive: false })
  return new Agent({
    headersTimeout,
    bodyTimeout: headersTimeout,
    pipelining: 0,
    connect(options, callback) {
      const host = options.hostname.replace(/^\[|\]$/g, '')
      const refused = isIP(host) ? refusal(guard, host, [host]) : undefined
      if (refused) return callback(refused, null)
      connect(options, (error, socket) => {
        if (error) return callback(error, null)
        const late = refusal(guard, host, [socket.remoteAddress ?? ''])
        if (!late) return callback(null, socket)
        socket.destroy()
        callback(late, null)
      })
    },
  })
}

function guardedLookup(guard: Guard): LookupFunction {
  const lookup = guard.lookup ?? (systemLookup as LookupFunction)
  return (host, options, callback) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      const all = found as LookupAddress[]
      const refused =
        error ??
        refusal(
          guard,
          host,
          all.map(({ address }) => address),
        )
      if (refused) return callback(refused, '', 0)
      if (options.all) return callback(null, all)
      callback(null, all[0]!.address, all[0]!.family)
    })
}

/** One address that is not allowed is enough: which of several is connected to is not in our hands. */
function refusal({ allowPrivate }: Guard, host: string, addresses: string[]): CultivarError | undefined {
  const kinds = new Map(addresses.map(address => [addressKind(address), address]))
  const kind = (['metadata', 'private'] satisfies AddressKind[]).find(kind => kinds.has(kind))
  if (!kind || (kind === 'private' && allowPrivate)) return undefined
  const address = kinds.get(kind)!
  const where = address === host ? host : `${host} (${address})`
  return kind === 'metadata'
    ? new CultivarError(
        'bad-input',
        `${where} is a cloud's metadata service, which is never fetched from.`,
        'Give the address of a document.',
      )
    : new CultivarError(
        'bad-input',
        `${where} is not on the public internet, so nothing is fetched from it.`,
        'If the document is on your own machine or network, say --allow-private.',
      )
}

/** Asking a server which models it has. */
import type { Provider } from '../model/provider.ts'
import type { Fault } from '../model/request.ts'
import { type ConnectionOptions, connect } from './connection.ts'
import { CallEnded, withDeadline } from './deadline.ts'
import { resultOfAnswer, resultOfError } from './fault.ts'
import { adapterOf } from './index.ts'

type ModelListing = { models: string[]; fault?: undefined } | { fault: Fault; models?: undefined }

/**
 * Names in the server's order; a fault of kind `request` where the kind of provider has no list (Azure deployments).
 * Waits for the provider's `timeoutMs`. Throws `bad-input` if the settings cannot work.
 */
export async function listModels(provider: Provider, options: ConnectionOptions): Promise<ModelListing> {
  const connection = connect(provider, options)
  const { listing } = adapterOf(provider)
  if (!listing) return { fault: { kind: 'request', message: `${provider.kind} does not list its deployments.` } }
  const fetch = await connection.openFetch()
  const [path, pageSize] = listing.path.split('?')
  const search = new URLSearchParams([...Object.entries(connection.query), ...new URLSearchParams(pageSize)]).toString()
  const context = { ...connection, inputTokens: 0 }
  try {
    const answer = await withDeadline(provider.timeoutMs, undefined, async signal => {
      const headers = { ...listing.headers(connection.apiKey), ...lowerCased(connection.headers) }
      const response = await fetch(connection.baseUrl + path + (search && `?${search}`), { headers, signal })
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    })
    if (answer.status >= 300) return { fault: resultOfAnswer(answer, context).fault ?? notAList }
    const models = listing.read(JSON.parse(answer.body))
    return models ? { models: models.map(connection.redact) } : { fault: notAList }
  } catch (error) {
    if (error instanceof SyntaxError) return { fault: notAList }
    if (error instanceof CallEnded) {
      return { fault: { kind: 'lost', message: `No answer within ${provider.timeoutMs / 1000} s.` } }
    }
    return { fault: resultOfError(error, context).fault ?? notAList }
  }
}

const notAList: Fault = { kind: 'request', message: 'What answers there does not list models.' }

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

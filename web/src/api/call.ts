/** The typed client: what is sent and what comes back follow from the endpoint table. */

import type { Answered, Endpoint, Sent } from '../../../src/model/api/endpoint.ts'
import type { Problem } from '../../../src/model/api/problem.ts'
import { type EndpointName, type Endpoints, endpoints } from '../../../src/model/api.ts'
import { writeAddress } from '../address.ts'

/** What the server refused or could not do; the message is for people. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
}

export type SentTo<N extends EndpointName> = Sent<Endpoints[N]>
export type AnswerOf<N extends EndpointName> = Answered<Endpoints[N]>

interface AnySent {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

/** Throws ProblemError; where nobody is signed in, goes to the page that says how. */
export async function call<N extends EndpointName>(
  name: N,
  sent: SentTo<N>,
  options: { signal?: AbortSignal; bytes?: Blob } = {},
): Promise<AnswerOf<N>> {
  const { method } = endpoints[name]
  const { body } = sent as AnySent
  const response = await fetch(addressOf(name, sent), {
    method,
    ...(options.signal && { signal: options.signal }),
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(options.bytes && { body: options.bytes, headers: { 'content-type': 'application/octet-stream' } }),
  }).catch(error => {
    throw options.signal?.aborted ? error : new ProblemError(unreachable)
  })
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as AnswerOf<N>
  if (response.status === 401) leaveForSignIn()
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json')
  throw new ProblemError(isProblem ? await response.json() : { ...unreachable, status: response.status })
}

let isLeaving = false

/** Once only: every open query of a page is refused together, and a browser may choke on as many navigations. */
function leaveForSignIn() {
  if (isLeaving || location.pathname === '/sign-in') return
  isLeaving = true
  location.assign('/sign-in')
}

/** Address of an endpoint, also for streams and downloads. */
export function addressOf<N extends EndpointName>(name: N, sent: SentTo<N>): string {
  const { path }: Endpoint = endpoints[name]
  const { params = {}, query = {} } = sent as AnySent
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, member: string) => encodeURIComponent(params[member] ?? ''))
  return `/api${filled}${writeAddress(query)}`
}

const unreachable: Problem = {
  type: 'urn:cultivar:unreachable',
  title: 'The studio’s server does not answer.',
  status: 0,
  code: 'unreachable',
  hint: 'Is “cultivar studio” still running in its terminal? What was stored is safe.',
  errors: [],
  details: {},
}

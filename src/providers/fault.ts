/** What an answer that is no reply means: one table of statuses, one of network errors. */
import { AISDKError, APICallError, UnsupportedFunctionalityError } from '@ai-sdk/provider'
import type { Fault, SendResult } from '../model/request.ts'
import { retryAfterMs } from './retry-after.ts'

interface FaultContext {
  endpoint: string
  redact(text: string): string
  /** Estimate of what a refused request is charged. */
  inputTokens: number
}

interface ServerAnswer {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: string
}

const longestMessage = 400
/** Nothing beyond is looked at for a message. */
const longestBody = 20_000

/** Content filters answer 400: the request was well-formed, and sending it again changes nothing. */
const refusalCodes = /"(content_filter|content_policy_violation|ResponsibleAIPolicyViolation|invalid_prompt)"/
const quotaCodes =
  /"(insufficient_quota|billing_hard_limit_reached|billing_not_active)"|PerDay|credit balance is too low/
const quotaWords = /(exceeded|exhausted|insufficient|out of|used up)[^.]{0,60}(quota|credit|balance)|billing/i
const badKeyCodes = /API_KEY_INVALID/

/** Status → kind. Any other 4xx is a fault of the request, since no 4xx unknown to us is ever sent again. */
const kindOfStatus: Record<number, Fault['kind']> = {
  401: 'account',
  402: 'quota',
  403: 'account',
  404: 'account',
  407: 'account',
  408: 'transient',
  409: 'transient',
  425: 'transient',
  429: 'rate-limit',
}

/** Makes of an error thrown on the way to a reply what a caller can act on. Own time-outs and aborts are not its business. */
export function resultOfError(error: unknown, context: FaultContext): SendResult {
  if (APICallError.isInstance(error) && error.statusCode !== undefined && error.statusCode >= 300) {
    return resultOfAnswer(
      { status: error.statusCode, headers: error.responseHeaders ?? {}, body: error.responseBody ?? '' },
      context,
    )
  }
  const network = networkFault(error, context)
  if (network) return { fault: network }
  const say = (what: string) => shortened(context.redact(what))
  if (UnsupportedFunctionalityError.isInstance(error))
    return { fault: { kind: 'request', message: say(error.message) } }
  const body = APICallError.isInstance(error) ? error.responseBody : undefined
  const detail = body ? `: ${body}` : `: ${(error as Error).message}`
  return { fault: { kind: 'transient', status: 200, message: say(`The answer was no model’s reply${detail}`) } }
}

/** The meaning of an HTTP answer with a status of 300 or more. */
export function resultOfAnswer(answer: ServerAnswer, context: FaultContext): SendResult {
  const { status, headers, body } = answer
  // Before the message is taken out, since that would take a secret with markup in it apart; and after, since it unescapes.
  const readable = { ...answer, body: context.redact(body).slice(0, longestBody) }
  const message = shortened(context.redact(serverMessage(readable)))
  if (status === 400 && refusalCodes.test(body)) {
    const text = `The provider’s content filter refused the request: ${message}`
    return { reply: { text, finish: 'refused', inputTokens: context.inputTokens, outputTokens: 0 } }
  }
  const wait = status === 429 || status >= 500 ? retryAfterMs(headers, body, Date.now()) : undefined
  const kind = kindOf(answer, wait)
  return { fault: { kind, message, status, ...(wait === undefined ? {} : { retryAfterMs: wait }) } }
}

function kindOf({ status, body }: ServerAnswer, wait: number | undefined): Fault['kind'] {
  if (status < 400) return 'account'
  if (status >= 500) return 'transient'
  if ([400, 403, 429].includes(status) && quotaCodes.test(body)) return 'quota'
  // Words alone are weak: rate limits mention quotas and billing too, but say when to come back.
  if (status === 429 && wait === undefined && quotaWords.test(body) && !/rate.?limit/i.test(body)) return 'quota'
  if (status === 400 && badKeyCodes.test(body)) return 'account'
  return kindOfStatus[status] ?? 'request'
}

/** What the server says of itself, wherever in its answer it says so. */
function serverMessage({ status, headers, body }: ServerAnswer): string {
  if (status < 400) {
    return `The server sends to another address (${headers['location'] ?? 'not named'}); if it is right, make it the endpoint.`
  }
  const plain = body.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ')
  return messageIn(parsed(body)) ?? (plain.trim() || `The server answered ${status} without a word.`)
}

function messageIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined
  if (Array.isArray(value)) return messageIn(value[0])
  if (value === null || typeof value !== 'object') return undefined
  const { error, message, detail, msg } = value as Record<string, unknown>
  return messageIn(error) ?? messageIn(message) ?? messageIn(detail) ?? messageIn(msg)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Never reached the server, by error code. */
const unreached: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no host has that name',
  EAI_AGAIN: 'its name cannot be looked up just now',
  UND_ERR_CONNECT_TIMEOUT: 'it does not accept connections',
  UND_ERR_PRX_CONN: 'the proxy does not connect to it',
  UND_ERR_PRX_TLS: 'the proxy’s certificate is not trusted',
}
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|WRONG_VERSION_NUMBER/

function networkFault(error: unknown, { endpoint, redact }: FaultContext): Fault | undefined {
  const chain = causes(error)
  const codes = chain.map(cause => cause.code).filter(code => typeof code === 'string')
  const proxyStatus = chain.map(({ message }) => /Proxy [^()]*\((\d{3})\)/.exec(message)?.[1]).find(Boolean)
  if (proxyStatus) {
    const kind = proxyStatus === '407' ? 'account' : 'transient'
    return {
      kind,
      message: `The proxy refuses to connect to ${endpoint} (HTTP ${proxyStatus}): see HTTPS_PROXY and NO_PROXY.`,
    }
  }
  const certificate = codes.find(code => untrusted.test(code))
  if (certificate) {
    const message = `Cannot connect safely to ${endpoint} (${certificate}): is it https, and is its certificate in NODE_EXTRA_CA_CERTS?`
    return { kind: 'account', message }
  }
  const known = codes.find(code => unreached[code])
  if (known || chain.some(cause => cause.syscall === 'connect' || cause.syscall === 'getaddrinfo')) {
    const why = known ? unreached[known] : codes[0]
    return { kind: 'transient', message: `Cannot connect to ${endpoint}: ${why}.` }
  }
  if (codes.length === 0 && wasAnswered(error) && !chain.some(cause => cause instanceof TypeError)) return undefined
  const why = shortened(redact(codes[0] ?? chain.at(-1)!.message))
  return { kind: 'lost', message: `The connection to ${endpoint} broke before the whole reply was here (${why}).` }
}

/** The SDK objects to what the answer holds; fetch fails with errors of its own, or with a call error that has no status. */
function wasAnswered(error: unknown): boolean {
  return AISDKError.isInstance(error) && !(APICallError.isInstance(error) && error.statusCode === undefined)
}

type SystemError = Error & { code?: string; syscall?: string }

function causes(error: unknown): SystemError[] {
  const chain: SystemError[] = []
  for (let cause = error; cause instanceof Error && !chain.includes(cause); cause = cause.cause) chain.push(cause)
  return chain
}

/** To be called on redacted text alone: a secret cut in two is not found any more. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line
}

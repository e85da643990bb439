/** What it means that a request came to no list of predictions. */
import type { FailureCode } from '../failure.ts'

export interface Fault {
  code: FailureCode
  /** A sentence, without secrets. */
  message: string
  hint: string
  status?: number
  /**
   * `request`: this one alone; fewer texts may do better. `lost`: no answer came; others may. `server`: no request will do better.
   */
  concerns: 'request' | 'lost' | 'server'
  /** Whether sending it again may help. */
  again: boolean
  retryAfterMs?: number
}

const start = 'Is the server running, and is the url right?'

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

/** What `fetch` threw, but for the caller's own abort. */
export function networkFault(error: unknown, endpoint: string): Fault {
  const codes = causes(error)
    .map(({ code }) => code)
    .filter(code => typeof code === 'string')
  const certificate = codes.find(code => untrusted.test(code))
  if (certificate) {
    return {
      ...{ code: 'no-answer', concerns: 'server', again: false },
      message: `Cannot connect safely to ${endpoint} (${certificate}).`,
      hint: 'Is it https, and is its certificate in NODE_EXTRA_CA_CERTS?',
    }
  }
  const known = codes.find(code => unreached[code] !== undefined)
  if (known || causes(error).some(({ syscall }) => syscall === 'connect' || syscall === 'getaddrinfo')) {
    const why = known ? unreached[known] : codes[0]
    const message = `Cannot connect to ${endpoint}: ${why}.`
    return { code: 'no-answer', message, hint: start, concerns: 'server', again: true }
  }
  return {
    ...{ code: 'no-answer', concerns: 'lost', again: true },
    message: `The connection to ${endpoint} broke before the whole answer was here (${codes[0] ?? causes(error).at(-1)?.message ?? 'no reason given'}).`,
    hint: 'See what the server’s log says of it.',
  }
}

type SystemError = Error & { code?: string; syscall?: string }

function causes(error: unknown): SystemError[] {
  const chain: SystemError[] = []
  for (let cause = error; cause instanceof Error && !chain.includes(cause); cause = cause.cause) chain.push(cause)
  return chain
}

/** An answer whose status is no success. `words`: what the server says of it, perhaps nothing. */
export function statusFault(status: number, words: string, { keyed }: { keyed: boolean }): Fault {
  const message = words ? `It answered ${status}: ${words}` : `It answered ${status} without a word.`
  const fault = (rest: Pick<Fault, 'concerns' | 'again' | 'hint'>): Fault => ({
    code: 'no-answer',
    message,
    status,
    ...rest,
  })
  if (status === 401 || status === 403 || status === 407) {
    const hint = keyed
      ? 'Check the key and the headers.'
      : 'Does it want a key? “keyEnv” names the variable that holds it.'
    return fault({ concerns: 'server', again: false, hint })
  }
  if (status === 402) return fault({ concerns: 'server', again: false, hint: 'Its account has nothing left to spend.' })
  if (status === 404 || status === 405) {
    const hint = 'Check the path of the url: texts are sent there by POST.'
    return fault({ concerns: 'server', again: false, hint })
  }
  if (status === 429) {
    const hint = 'Lower “concurrency”, or raise “retries”.'
    return fault({ concerns: 'lost', again: true, hint })
  }
  if ([408, 425, 502, 503, 504].includes(status)) return fault({ concerns: 'lost', again: true, hint: start })
  const hint = 'See what the server’s log says of it, and whether “body” is the form it expects.'
  return fault({ concerns: 'request', again: status >= 500, hint })
}

export function redirectFault(status: number, location: string): Fault {
  return {
    ...{ code: 'no-answer', status, concerns: 'server', again: false },
    message: `It sends to another address (${location || 'not named'}), which is not followed.`,
    hint: 'If that is right, make it the url.',
  }
}

export function unreadable(message: string): Fault {
  const hint = 'Let it answer {"predictions": […]} with one item a text, in their order.'
  return { code: 'bad-answer', message, hint, concerns: 'request', again: false }
}

/** The one error that stops an operation, and the table of its codes. What a single row can suffer is data, not an error. */

interface ErrorFacts {
  /** Exit code of the command line. */
  exit: 2 | 3 | 4 | 5 | 130
  /** HTTP status at the server's edge. */
  status: number
  /** Whether the same operation may succeed later without anybody changing anything. */
  retryable: boolean
}

const badInput: ErrorFacts = { exit: 2, status: 400, retryable: false }
const notFound: ErrorFacts = { exit: 2, status: 404, retryable: false }
const conflict: ErrorFacts = { exit: 2, status: 409, retryable: true }
const providerFailed: ErrorFacts = { exit: 5, status: 502, retryable: true }

/** Every code an operation can stop with, and what the shells make of it. */
export const errorCodes = {
  'bad-input': badInput,
  'bad-recipe': badInput,
  'bad-file': badInput,
  'not-found': notFound,
  'already-exists': { exit: 2, status: 409, retryable: false },
  'no-workspace': notFound,
  'workspace-newer': { exit: 2, status: 409, retryable: false },
  'egress-denied': { exit: 2, status: 403, retryable: false },
  'run-held': conflict,
  'run-taken-over': conflict,
  'run-changed': { exit: 2, status: 409, retryable: false },
  'record-changed': { exit: 2, status: 409, retryable: false },
  'too-large': { exit: 2, status: 413, retryable: false },
  'too-slow': { exit: 2, status: 408, retryable: true },
  'signed-out': { exit: 2, status: 401, retryable: false },
  forbidden: { exit: 2, status: 403, retryable: false },
  'too-many-tries': { exit: 2, status: 429, retryable: true },
  'storage-full': { exit: 2, status: 507, retryable: true },
  'storage-unavailable': { exit: 2, status: 503, retryable: true },
  'provider-failed': providerFailed,
  'provider-quota': { exit: 5, status: 402, retryable: false },
  'provider-refused': { exit: 5, status: 401, retryable: false },
  'short-of-target': { exit: 3, status: 200, retryable: false },
  'budget-reached': { exit: 4, status: 200, retryable: false },
  interrupted: { exit: 130, status: 499, retryable: true },
} as const satisfies Record<string, ErrorFacts>

export type ErrorCode = keyof typeof errorCodes

/**
 * What stops an operation: a stable code, a message that says what happened, and a hint that says what to do next.
 * `details` is for machines (`--json`) and must never hold a secret.
 */
export class CultivarError extends Error {
  override readonly name = 'CultivarError'
  readonly code: ErrorCode
  readonly hint: string
  readonly details: Record<string, unknown>

  constructor(code: ErrorCode, message: string, hint = '', details: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.hint = hint
    this.details = details
  }

  get exitCode(): number {
    return errorCodes[this.code].exit
  }

  toJSON() {
    return { code: this.code, message: this.message, hint: this.hint, details: this.details }
  }
}

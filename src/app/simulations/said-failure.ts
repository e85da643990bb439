/** Errors on their way from one thread to another. */
import { CultivarError } from '../../model/error.ts'

export type SaidFailure = ReturnType<CultivarError['toJSON']>

/** Details may hold what cannot leave the thread. */
export function saidFailure(error: CultivarError): SaidFailure {
  return JSON.parse(JSON.stringify(error))
}

export function failureOf({ code, message, hint, details }: SaidFailure): CultivarError {
  return new CultivarError(code, message, hint, details)
}

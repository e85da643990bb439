/** Why decisions could not be stored, as the queue must know it. */
import type { Problem } from '../../../../../src/model/api/problem.ts'
import type { StudioRecord } from '../record-types.ts'

export interface SendFault {
  /** Whether trying again may help: the server is away, starting, busy or full. */
  passing: boolean
  /** The records that somebody changed meanwhile, as they are now. */
  changed: StudioRecord[]
  title: string
  hint: string
}

export function faultOf(error: unknown): SendFault {
  const problem = (error as { problem?: Problem }).problem
  if (!problem) throw error
  const { status, code, details, title, hint } = problem
  const records = code === 'record-changed' ? details['records'] : undefined
  return {
    passing: status === 0 || status === 401 || status === 408 || status === 429 || status >= 500,
    changed: Array.isArray(records) ? (records as StudioRecord[]) : [],
    title,
    hint,
  }
}

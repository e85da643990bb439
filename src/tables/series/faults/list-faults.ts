/** The kinds of faults there are, for lists. */
import * as builtIns from './index.ts'

export function listFaults(): { kind: string; summary: string }[] {
  return Object.values(builtIns).map(({ kind, summary }) => ({ kind, summary }))
}

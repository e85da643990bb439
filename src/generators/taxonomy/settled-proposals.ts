/** What becomes of proposals that were under way side by side, when one of them came to nothing. */
import type { Proposal } from '../../engine/define.ts'
import { UnitFault } from '../../engine/run-stop.ts'

/**
 * The proposals; or one that is rejected by `critic`, where no usable reply came.
 *
 * @throws what stops a run, or makes its unit give up.
 */
export function settledProposals(end: PromiseSettledResult<Proposal[]>, critic: string): Proposal[] {
  if (end.status === 'fulfilled') return end.value
  if (!(end.reason instanceof UnitFault) || end.reason.code === 'gave-up') throw end.reason
  return [{ reject: { critic, reason: `no usable reply: ${end.reason.message}` } }]
}

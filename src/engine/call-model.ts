/** One logical call: found in the ledger, or sent, as often as its faults allow, and stored. */
import type { Fault, ModelRequest, Reply } from '../model/request.ts'
import type { RunEnd, Spending } from '../model/run.ts'
import type { Ledger } from './ledger.ts'
import type { Limiter } from './limiter.ts'
import type { Clock, LanguageModel } from './ports.ts'
import { RunStop, UnitFault } from './run-stop.ts'
import { chargeOf, worstCase } from './spending.ts'

/** Calls in a row that used up all their attempts, with no reply in between, before the provider counts as gone. */
const mostGiveUpsInARow = 3
/** How long a provider may answer with nothing but rate limits before the run stops. */
const rateLimitPatienceMs = 30 * 60_000

/** One model with what the run knows of its health. */
export interface Line {
  model: LanguageModel
  limiter: Limiter
  giveUpsInARow: number
  lastReplyMs: number
}

export interface CallContext {
  clock: Clock
  ledger: Ledger
  run: string
  fence: number
  attempts: number
  /** Calls under way by key: who asks the same meanwhile waits for the same reply. */
  underWay: Map<string, Promise<Reply>>
  /** Numbers the attempts of this process. */
  nextAttempt: number
  /** Aborted when the run stops: nothing new is sent. */
  stopping: AbortSignal
  /** Aborted when calls in flight are not waited for any more. */
  aborting: AbortSignal
}

/**
 * The reply of a call, from the ledger if it is there. Throws UnitFault when this call cannot be answered,
 * RunStop when no call can.
 */
export function callModel(
  context: CallContext,
  line: Line,
  request: ModelRequest,
  key: string,
  unit: number,
): Promise<Reply> {
  let reply = context.underWay.get(key)
  if (!reply) {
    reply = findOrSend(context, line, request, key, unit).finally(() => context.underWay.delete(key))
    context.underWay.set(key, reply)
  }
  return reply
}

async function findOrSend(
  context: CallContext,
  line: Line,
  request: ModelRequest,
  key: string,
  unit: number,
): Promise<Reply> {
  const { ledger } = context
  const known = await ledger.find(key)
  if (known) return known
  const worst = worstCase(request, line.model)
  let failures = 0
  for (;;) {
    const slot = await line.limiter.acquire(unit, worst.tokens, context.stopping)
    let result: Parameters<typeof slot.release>[0] = { served: false }
    try {
      const id = `${context.run}:${context.fence}:${context.nextAttempt++}`
      const found = await ledger.open({ id, key, run: context.run, unit, fence: context.fence, worst })
      if (found) return found
      const settle = { attempt: id, key, run: context.run }
      if (context.stopping.aborted) {
        await ledger.settle({ ...settle, charged: { calls: 0, tokens: 0, nanoUsd: 0 }, fault: 'not sent' })
        throw context.stopping.reason
      }
      const { reply, fault } = await line.model.send(request, context.aborting)
      if (reply) {
        result = { served: true }
        line.giveUpsInARow = 0
        line.lastReplyMs = context.clock.now()
        const call = { provider: line.model.name, model: line.model.model, request, reply }
        return (await ledger.settle({ ...settle, charged: chargeOf(reply, line.model), call })) ?? reply
      }
      await ledger.settle({ ...settle, charged: faultCharge(fault, worst), fault: `${fault.kind}: ${fault.message}` })
      if (context.aborting.aborted) throw context.stopping.reason
      if (fault.kind === 'rate-limit') {
        result = {
          rateLimited: true,
          ...(fault.retryAfterMs === undefined ? {} : { retryAfterMs: fault.retryAfterMs }),
        }
        checkPatience(context.clock, line, fault)
        continue
      }
      endOf(fault, line.model)
      failures++
      if (failures >= context.attempts) throw giveUp(line, fault, failures)
    } finally {
      slot.release(result)
    }
    await context.clock.sleep(500 * 2 ** (failures - 1), context.stopping)
  }
}

/** A rate limit was not served. An error answer was, and costs a call. What got lost may have been billed in full. */
function faultCharge(fault: Fault, worst: Spending): Spending {
  if (fault.kind === 'rate-limit') return { calls: 0, tokens: 0, nanoUsd: 0 }
  return fault.kind === 'lost' ? worst : { calls: 1, tokens: 0, nanoUsd: 0 }
}

/** Throws for faults that no further attempt can mend. */
function endOf(fault: Fault, model: LanguageModel): void {
  if (fault.kind === 'request') throw new UnitFault('request-refused', fault.message)
  if (fault.kind === 'account') {
    throw new RunStop(
      providerEnd(
        model,
        fault,
        `Check its key, endpoint and model with “cultivar providers check ${model.name}”, then run again: it goes on.`,
      ),
    )
  }
  if (fault.kind === 'quota') {
    throw new RunStop(
      providerEnd(
        model,
        fault,
        'Its quota is used up: add credit or wait for the quota to renew, then run again: it goes on.',
      ),
    )
  }
}

function giveUp(line: Line, fault: Fault, attempts: number): Error {
  line.giveUpsInARow++
  if (line.giveUpsInARow < mostGiveUpsInARow)
    return new UnitFault('gave-up', `${attempts} attempts failed, the last with: ${fault.message}`)
  return new RunStop(
    providerEnd(
      line.model,
      fault,
      `See that it runs and answers (“cultivar providers check ${line.model.name}”), then run again: it goes on.`,
    ),
  )
}

function checkPatience(clock: Clock, line: Line, fault: Fault): void {
  if (clock.now() - line.lastReplyMs < rateLimitPatienceMs + (fault.retryAfterMs ?? 0)) return
  throw new RunStop(
    providerEnd(
      line.model,
      fault,
      'It has answered with nothing but rate limits for half an hour: lower its concurrency or rpm, or come back later; the run goes on where it stopped.',
    ),
  )
}

function providerEnd(model: LanguageModel, fault: Fault, hint: string): RunEnd {
  const status = fault.status === undefined ? '' : ` (HTTP ${fault.status})`
  return { state: 'provider-failed', reason: `Provider “${model.name}” failed${status}: ${fault.message}`, hint }
}

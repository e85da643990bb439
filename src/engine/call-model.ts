/** One logical call: found in the ledger, or sent, as often as its faults allow, and stored. */
import type { Fault, ModelRequest, Reply, SendResult } from '../model/request.ts'
import { nothingSpent, type RunEnd, type Spending } from '../model/run.ts'
import type { Ledger } from './ledger.ts'
import type { Limiter, Slot } from './limiter.ts'
import type { Clock, LanguageModel, Settlement } from './ports.ts'
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
  ledger: Pick<Ledger, 'find' | 'open' | 'settle'>
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
  const { clock, ledger } = context
  const known = await ledger.find(key)
  if (known) return known
  const worst = worstCase(request, line.model)
  for (let failures = 0; ; ) {
    const attempt = await attemptCall(context, line, request, { key, unit, worst })
    if ('found' in attempt) return attempt.found
    const { reply, fault, opened } = attempt
    if (reply) {
      line.giveUpsInARow = 0
      line.lastReplyMs = clock.now()
      const call = { provider: line.model.name, model: line.model.model, request, reply }
      return (await ledger.settle({ ...opened, charged: chargeOf(reply, line.model), call })) ?? reply
    }
    await ledger.settle({ ...opened, charged: faultCharge(fault, worst), fault: `${fault.kind}: ${fault.message}` })
    if (context.aborting.aborted) throw context.stopping.reason
    if (fault.kind === 'rate-limit') {
      checkPatience(clock, line, fault)
      continue
    }
    endOf(fault, line.model)
    failures++
    if (failures >= context.attempts) throw giveUp(line, fault, failures)
    await clock.sleep(500 * 2 ** (failures - 1), context.stopping)
  }
}

/** What a settlement says of the attempt it ends. */
type Opened = Pick<Settlement, 'attempt' | 'key' | 'run'>

/** Sends once, unless the ledger has the reply by now. The slot is free again as soon as the answer is there, before it is stored. */
async function attemptCall(
  context: CallContext,
  line: Line,
  request: ModelRequest,
  { key, unit, worst }: { key: string; unit: number; worst: Spending },
): Promise<{ found: Reply } | (SendResult & { opened: Opened })> {
  const { ledger, run, fence, stopping } = context
  const slot = await line.limiter.acquire(unit, worst.tokens, stopping)
  let end: Parameters<typeof slot.release>[0] = { served: false }
  try {
    const opened = { attempt: `${run}:${fence}:${context.nextAttempt++}`, key, run }
    const found = await ledger.open({ id: opened.attempt, key, run, unit, fence, worst })
    if (found) return { found }
    if (stopping.aborted) {
      await ledger.settle({ ...opened, charged: nothingSpent, fault: 'not sent' })
      throw stopping.reason
    }
    const result = await line.model.send(request, context.aborting, key)
    end = slotEnd(result)
    return { ...result, opened }
  } finally {
    slot.release(end)
  }
}

function slotEnd({ reply, fault }: SendResult): Parameters<Slot['release']>[0] {
  if (reply) return { served: true }
  if (fault.kind !== 'rate-limit') return { served: false }
  return { rateLimited: true, ...(fault.retryAfterMs === undefined ? {} : { retryAfterMs: fault.retryAfterMs }) }
}

/** A rate limit was not served. An error answer was, and costs a call. What got lost may have been billed in full. */
function faultCharge(fault: Fault, worst: Spending): Spending {
  if (fault.kind === 'rate-limit') return nothingSpent
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

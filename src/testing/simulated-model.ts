/** A model for simulations: answers, delays, fails, storms and hangs as one random stream says. */
import type { Clock, LanguageModel } from '../engine/ports.ts'
import type { ChatRequest, Fault, ModelRequest, Reply, SendResult } from '../model/request.ts'
import { type RandomStream, randomStream } from '../stats/random-stream.ts'

export interface SimulatedTemper {
  /** Different things the teacher can say per cell. */
  vocabulary: number
  /** Shares of requests that end in each fault. */
  faults: {
    transient: number
    lost: number
    rateLimit: number
    request: number
    refused: number
    malformed: number
    hang: number
  }
  /** Share of candidates that the judge finds bad. */
  rejectShare: number
  latencyMs: number
  concurrency: number
}

/** Longer than any latency: what a hanging call takes until its time-out. */
const timeoutMs = 30_000

export class SimulatedModel implements LanguageModel {
  readonly kind = 'scripted'
  readonly endpoint = 'simulated:'
  readonly model = 'simulated'
  readonly jsonMode = 'schema'
  readonly loopback = true
  readonly price = { input: 3, output: 7 }
  readonly limits: { concurrency: number }
  readonly name: string
  /** Requests being served now: sent, not answered. */
  inFlight = 0
  /** Until then it answers nothing but this. */
  outage: { untilMs: number; fault: Fault } | undefined
  /** Called when a request arrives, before anything else happens. */
  onSend: () => void = () => undefined
  readonly #clock: Clock
  readonly #random: RandomStream
  readonly #temper: SimulatedTemper

  constructor(name: string, clock: Clock, random: RandomStream, temper: SimulatedTemper) {
    this.name = name
    this.#clock = clock
    this.#random = random
    this.#temper = temper
    this.limits = { concurrency: temper.concurrency }
  }

  async send(request: ModelRequest, signal: AbortSignal): Promise<SendResult> {
    this.inFlight++
    this.onSend()
    // Everything is drawn at once: what happens between awaits must not change the stream.
    const { result, waitMs } = this.#draw(request as ChatRequest)
    const arrived = await this.#clock.sleep(waitMs, signal).then(
      () => true,
      () => false,
    )
    this.inFlight--
    return arrived ? result : { fault: { kind: 'lost', message: 'aborted' } }
  }

  #draw(request: ChatRequest): { result: SendResult; waitMs: number } {
    const { faults, latencyMs } = this.#temper
    const waitMs = Math.ceil(-Math.log(1 - this.#random.float()) * latencyMs)
    const reply = this.#reply(request)
    let share = this.#random.float()
    if (this.outage && this.#clock.now() < this.outage.untilMs)
      return { result: { fault: this.outage.fault }, waitMs: 1 }
    const drawn = (chance: number) => {
      share -= chance
      return share < 0
    }
    if (drawn(faults.hang))
      return { result: { fault: { kind: 'lost', message: 'no answer in time' } }, waitMs: timeoutMs }
    if (drawn(faults.lost)) return { result: { fault: { kind: 'lost', message: 'reset' } }, waitMs }
    if (drawn(faults.transient))
      return { result: { fault: { kind: 'transient', status: 500, message: 'server error' } }, waitMs }
    // A request that a server finds at fault, it finds at fault every time.
    if (randomStream(JSON.stringify(request.messages)).float() < faults.request)
      return { result: { fault: { kind: 'request', status: 400, message: 'bad request' } }, waitMs }
    if (drawn(faults.rateLimit)) {
      const retryAfterMs = this.#random.int(2) === 0 ? undefined : this.#random.int(5000)
      return {
        result: {
          fault: {
            kind: 'rate-limit',
            status: 429,
            message: 'slow down',
            ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
          },
        },
        waitMs,
      }
    }
    if (drawn(faults.refused))
      return { result: { reply: { ...reply, finish: 'refused', text: 'I would rather not.' } }, waitMs }
    if (drawn(faults.malformed)) return { result: { reply: { ...reply, text: 'no json at all' } }, waitMs }
    return { result: { reply }, waitMs }
  }

  #reply(request: ChatRequest): Reply {
    const question = request.messages.find(message => message.role === 'user')?.content ?? ''
    const [, count, cell] = /^propose (\d+) of (\S+)/.exec(question) ?? []
    const value = cell
      ? {
          texts: Array.from(
            { length: Number(count) },
            () => `${cell} says ${this.#random.int(this.#temper.vocabulary)}`,
          ),
        }
      : { good: this.#random.float() >= this.#temper.rejectShare }
    return {
      text: JSON.stringify(value),
      finish: 'stop',
      inputTokens: 20,
      outputTokens: 1 + this.#random.int(request.maxOutputTokens),
    }
  }
}

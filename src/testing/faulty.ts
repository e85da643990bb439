/** A script made unreliable: another one's answers, with faults among them at given rates. */
import { CultivarError } from '../model/error.ts'
import { randomStream } from '../stats/random-stream.ts'
import { flaws, type Script, type ScriptedAnswer } from './script.ts'

type FaultKind = Exclude<ScriptedAnswer['kind'], 'reply'>

/** Rate (0–1) of each fault, with its details if they matter: `{ reset: 0.1, 'rate-limit': { rate: 0.2, retryAfterS: 1 } }`. */
export type FaultRates = {
  [K in FaultKind]?: number | ({ rate: number } & Omit<Extract<ScriptedAnswer, { kind: K }>, 'kind' | 'value'>)
}

/**
 * Answers as `script` does, but for the share of requests that `rates` give a fault instead; which ones follows from
 * `seed` and the request's ordinal alone. `truncated` and `malformed` spoil the script's own reply and let its faults pass.
 * Throws `bad-input` if the rates are negative or add up to more than 1.
 */
export function faulty(script: Script, rates: FaultRates, seed = 0): Script {
  const faults = Object.entries(rates).map(([kind, given]) => {
    const { rate, ...details } = typeof given === 'number' ? { rate: given } : given
    return { kind: kind as FaultKind, rate, details }
  })
  const total = faults.reduce((sum, fault) => sum + fault.rate, 0)
  if (!(total <= 1 + 1e-9) || faults.some(fault => fault.rate < 0)) {
    throw new CultivarError(
      'bad-input',
      `Fault rates add up to ${total}.`,
      'Give rates from 0 to 1 that sum to at most 1.',
    )
  }
  return request => {
    const random = randomStream(`faulty/${seed}/${request.ordinal}`)
    let roll = random.float()
    const fault = faults.find(({ rate }) => {
      roll -= rate
      return roll < 0
    })
    if (!fault) return script(request)
    const { kind, details } = fault
    if (kind !== 'truncated' && kind !== 'malformed') return { kind, ...details } as ScriptedAnswer
    const answer = script(request)
    if (answer.kind !== 'reply') return answer
    if (kind === 'truncated') return { kind, keep: random.float(), ...details, value: answer.value }
    return { kind, flaw: random.pick(flaws), ...details, value: answer.value }
  }
}

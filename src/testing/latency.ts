/** How long a scripted answer takes. */
import { randomStream } from '../stats/random-stream.ts'

/** `log-normal`: the long tail of a real service; the mean stays `meanMs` whatever `sigma`, the spread of the logarithm. */
export type Latency = { kind: 'fixed'; ms: number } | { kind: 'log-normal'; meanMs: number; sigma: number }

/** Milliseconds that the answer to the request of this ordinal takes. */
export function latencyMs(latency: Latency | undefined, seed: number, ordinal: number): number {
  if (!latency) return 0
  if (latency.kind === 'fixed') return latency.ms
  // E[exp(μ + σZ)] = exp(μ + σ²/2), hence μ = ln(mean) − σ²/2.
  const { meanMs, sigma } = latency
  return meanMs * Math.exp(sigma * normal(`latency/${seed}/${ordinal}`) - sigma ** 2 / 2)
}

/** A standard normal deviate (Box and Muller, 1958). */
function normal(name: string): number {
  const random = randomStream(name)
  return Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float())
}

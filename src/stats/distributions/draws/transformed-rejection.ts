/** Poisson and binomial draws by transformed rejection (Hörmann 1993: PTRS and BTRS), and by search from zero where few are expected. */
import type { BulkRandom } from '../../bulk-random.ts'
import { binomialMass, poissonMass } from '../../special-functions-gamma.ts'

/** Below, the hats are not proven to lie above the masses. */
const fewExpected = 10

/** A hat over the masses of whole numbers. */
interface Hat {
  a: number
  b: number
  /** Added to the transformed uniform before it is cut to a whole number. */
  centre: number
  /** Up to here the second uniform accepts without looking at the mass. */
  surely: number
  /** Times `mass`, what the hat is compared to. */
  scale: number
  mass(k: number): number
  greatest: number
}

/** Draws of the given mean, up to 1e15. */
export function poissonDraw(mean: number): (random: BulkRandom) => number {
  if (mean < fewExpected) return searchFromZero(Math.exp(-mean), k => mean / k)
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  return transformedRejection({
    a: -0.059 + 0.02483 * b,
    b,
    centre: mean + 0.43,
    surely: 0.9277 - 3.6224 / (b - 2),
    scale: 1 / (1.1239 + 1.1328 / (b - 3.4)),
    mass: k => poissonMass(k, mean),
    greatest: Infinity,
  })
}

/** Draws of successes in so many trials. */
export function binomialDraw(trials: number, probability: number): (random: BulkRandom) => number {
  if (probability > 0.5) {
    const failures = binomialDraw(trials, 1 - probability)
    return random => trials - failures(random)
  }
  const odds = probability / (1 - probability)
  if (trials * probability < fewExpected) {
    const none = Math.exp(trials * Math.log1p(-probability))
    return searchFromZero(none, k => ((trials - k + 1) * odds) / k)
  }
  const sd = Math.sqrt(trials * probability * (1 - probability))
  const b = 1.15 + 2.53 * sd
  const mass = (k: number) => binomialMass(k, trials - k, probability, 1 - probability)
  return transformedRejection({
    a: -0.0873 + 0.0248 * b + 0.01 * probability,
    b,
    centre: trials * probability + 0.5,
    surely: 0.92 - 4.2 / b,
    scale: 1 / ((2.83 + 5.1 / b) * sd * mass(Math.floor((trials + 1) * probability))),
    mass,
    greatest: trials,
  })
}

function transformedRejection({ a, b, centre, surely, scale, mass, greatest }: Hat): (random: BulkRandom) => number {
  return random => {
    for (;;) {
      const u = random.float() - 0.5
      const v = random.float()
      const edge = 0.5 - Math.abs(u)
      const k = Math.floor(((2 * a) / edge + b) * u + centre)
      if (edge >= 0.07 && v <= surely) return k
      if (!(k >= 0 && k <= greatest) || (edge < 0.013 && v > edge)) continue
      if (v <= (a / (edge * edge) + b) * scale * mass(k)) return k
    }
  }
}

/** Adds masses up from zero until they pass a uniform; `ratio(k)` is the mass of k divided by that before it. */
function searchFromZero(none: number, ratio: (k: number) => number): (random: BulkRandom) => number {
  return random => {
    let left = random.float()
    let mass = none
    let k = 0
    while (left >= mass && (mass > 0 || k === 0)) {
      left -= mass
      k += 1
      mass *= ratio(k)
    }
    return k
  }
}

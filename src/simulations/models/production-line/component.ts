/** A component of a machine: it wears while the machine runs, shows signs, and fails; a new one takes its place. */
import { exp, power } from '../../../stats/portable-math.ts'
import { logGamma } from '../../../stats/special-functions-gamma.ts'
import type { ModelRandom } from '../../model-random.ts'
import type { FailureKind } from './failure-kinds.ts'

/** How much of its life a component may have behind it when the run begins. */
const mostUsed = 0.85
/** Notice of no failure is a longer part of the mean life. */
const mostNotice = 0.5
/** Newly fitted ones that were fitted badly, and the share of a life they then have. */
const badlyFitted = 0.03
const badLife = 0.15
const noticeShape = 2.5

interface Reliability {
  hoursBetweenFailures: number
  foretold: number
}

/** Ages are running minutes of the machine. */
export class Component {
  readonly failure: FailureKind
  /** When it was fitted: the machine’s age, and the minute. */
  fittedAge = 0
  /** Undefined of those that were there before the run. */
  fittedAt: number | undefined
  /** The machine’s age when its life began to be observed: when it was fitted, or when the run began. */
  enteredAge = 0
  /** Signs begin and the machine fails at these ages; Infinity where this never happens. */
  signsFrom = Number.POSITIVE_INFINITY
  failsAt = Number.POSITIVE_INFINITY
  /** When signs began; undefined before, and of those that were there before the run. */
  signsSince: number | undefined
  /** How strongly it shows, this time. */
  strength = 1
  readonly #meanLife: number
  readonly #random: ModelRandom

  /** @param toughness of the machine: mean lives are as many times as long where wear ends them */
  constructor(
    failure: FailureKind,
    { hoursBetweenFailures, foretold }: Reliability,
    toughness: number,
    random: ModelRandom,
  ) {
    const share = failure.share === 0 ? 1 - foretold : foretold * failure.share
    this.failure = failure
    this.#meanLife =
      share === 0
        ? Number.POSITIVE_INFINITY
        : (60 * hoursBetweenFailures * (failure.share === 0 ? 1 : toughness)) / share
    this.#random = random
    if (failure.share === 0 || this.#meanLife === Number.POSITIVE_INFINITY) {
      this.fit(0)
      return
    }
    const used = random.float() * mostUsed * this.#meanLife
    // One that had failed before would not be there: lives that outlast what is behind them are those of delayed entry.
    do this.fit(-used)
    while (this.failsAt <= 0)
    this.enteredAge = 0
  }

  /** A new one, at this age of the machine. */
  fit(age: number, minute?: number): void {
    const { failure } = this
    const random = this.#random
    this.fittedAge = age
    this.enteredAge = age
    this.fittedAt = minute
    this.signsSince = undefined
    if (this.#meanLife === Number.POSITIVE_INFINITY) return
    if (failure.share === 0) {
      this.failsAt = age + random.exponential(this.#meanLife)
      return
    }
    const meanNotice = Math.min(60 * failure.noticeHours, mostNotice * this.#meanLife)
    const notice = weibullOf(meanNotice, noticeShape, random)
    const meanFirst = this.#meanLife - meanNotice
    const first = weibullOf(meanFirst, failure.shape, random)
    const lifeShare = random.chance(badlyFitted) ? badLife : 1
    this.signsFrom = age + first * lifeShare
    this.failsAt = this.signsFrom + notice
    this.strength = exp(random.normal(-0.04, 0.28))
  }

  /** The run begins now, with a machine of this age: all ages of the component are so much higher. */
  observe(age: number): void {
    this.fittedAge += age
    this.enteredAge += age
    this.signsFrom += age
    this.failsAt += age
  }

  /** How far it has come from the first sign, 0, to the failure, 1. */
  severity(age: number): number {
    if (age <= this.signsFrom) return 0
    return power(Math.min(1, (age - this.signsFrom) / (this.failsAt - this.signsFrom)), this.failure.growth)
  }
}

function weibullOf(mean: number, shape: number, random: ModelRandom): number {
  return random.weibull(shape, mean / exp(logGamma(1 + 1 / shape)))
}

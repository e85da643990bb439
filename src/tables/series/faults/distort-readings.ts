/** Planned faults of one sensor, put into its readings. */
import type { RandomStream } from '../../../stats/random-stream.ts'
import { type FaultChoice, faultOf, type Span } from './fault-choice.ts'
import type { PlannedFault } from './plan-faults.ts'

const sizeDigits = 6

export interface SensorFacts {
  /** What sizes are multiples of. */
  spread: number
  /** Digits after the point that its readings have. */
  decimals: number
}

/** Readings with faults, and the magnitude of each fault in the order given; undefined where its kind has none. */
export interface DistortedReadings {
  values: Float64Array
  magnitudes: (number | undefined)[]
}

/**
 * `clean` are readings of one entity in order of time, the first of them its reading number `offset`; `faults` are of this sensor
 * and entity and lie within. Outside of them every reading stays the very same number.
 */
export function distortReadings(
  clean: Float64Array,
  faults: readonly PlannedFault[],
  { spread, decimals }: SensorFacts,
  offset = 0,
): DistortedReadings {
  const values = clean.slice()
  const scale = 10 ** decimals
  const magnitudes = faults.map(({ choice, from, to, random }) => {
    const [first, end] = [from - offset, to - offset]
    const magnitude = faultOf(choice).distort({
      ...{ params: choice, clean, distorted: values, from: first, to: end },
      ...{ size: signedSize(choice, spread, random.fork('size')), random: random.fork('draws') },
    })
    // Adding 0 makes a 0 of −0.
    for (let at = first; at < end; at++) values[at] = Math.round(values[at]! * scale) / scale + 0
    return magnitude
  })
  return { values, magnitudes }
}

/** In the sensor’s unit, with as many digits as anybody reads; 0 for kinds without a size. */
function signedSize(choice: FaultChoice, spread: number, random: RandomStream): number {
  if (!('size' in choice)) return 0
  const size = drawNumber(choice.size, random) * (choice.units === 'own' ? 1 : spread)
  const goesDown =
    'direction' in choice && (choice.direction === 'down' || (choice.direction === 'either' && random.int(2) === 1))
  return Number((goesDown ? -size : size).toPrecision(sizeDigits))
}

function drawNumber(span: Span, random: RandomStream): number {
  return typeof span === 'number' ? span : span[0] + random.float() * (span[1] - span[0])
}

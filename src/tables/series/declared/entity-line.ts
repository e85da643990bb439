/** The entities of a declared series: how many readings each has, and the readings, part by part. */
import type { RandomStream } from '../../../stats/random-stream.ts'
import { blockRows } from '../../table.ts'
import { distortReadings } from '../faults/distort-readings.ts'
import type { PlacedFault } from '../faults/fault-intervals.ts'
import type { PlannedFault } from '../faults/plan-faults.ts'
import { type NoiseWalk, openNoise } from './correlated-noise.ts'
import { type EntityLife, openLives } from './life-line.ts'
import { openRegimes, type RegimeWalk } from './regime-chain.ts'
import { openSensor, type SensorLine, type SensorWalk } from './sensor-line.ts'
import type { SeriesDeclaration } from './series-schema.ts'
import { openTimeLine, type TimeLine, type TimeWalk } from './time-line.ts'

/** Some readings of one entity, one after another. */
export interface EntityPart {
  entity: number
  /** Its reading with which the part begins. */
  offset: number
  rows: number
  times: Float64Array
  regimes?: Int32Array
  /** Readings left until failure. */
  remaining?: Float64Array
  /** One array a sensor. */
  sensors: Float64Array[]
  /** Faults that begin, and end, in the part. */
  faults: PlacedFault[]
}

/** A fault crosses no multiple of so many readings. */
export const partRows = blockRows

export interface EntityLine {
  time: TimeLine
  regimeNames: string[]
  sensorNames: string[]
  sensors: SensorLine[]
  notes: string[]
  /** What is drawn for one entity comes from this, by name. */
  random(entity: number): RandomStream
  /** Its readings, those lost left out. */
  rowsOf(entity: number): number
  /** From the first reading on; each part but the last has `partRows` readings. Depends on the entity alone. */
  parts(entity: number, faults?: readonly PlannedFault[]): Generator<EntityPart>
}

const usualReadings = 1000

/**
 * @param first readings of each entity, at most
 * @throws CultivarError `bad-recipe` of distributions and calendars that cannot be.
 */
export function openEntities(
  declaration: SeriesDeclaration,
  random: RandomStream,
  first = Number.POSITIVE_INFINITY,
): EntityLine {
  const { life, regimes } = declaration
  const time = openTimeLine(declaration.time)
  const chain = regimes && openRegimes(regimes, time)
  const regimeNames = chain?.names ?? []
  const sensorNames = Object.keys(declaration.sensors)
  const sensors = sensorNames.map(name => openSensor(declaration.sensors[name]!, regimeNames, time.counts))
  const noise = openNoise(declaration)
  const lives = life && openLives(life)
  const most = declaration.time.until === undefined ? usualReadings : Number.POSITIVE_INFINITY
  const randomOf = (entity: number) => random.fork('entity').fork(entity)
  const ownOf = (entity: number) => {
    const own = randomOf(entity)
    const ownLife = lives?.(own.fork('life'))
    return { own, ownLife, steps: Math.min(first, ownLife?.seen ?? declaration.time.readings ?? most) }
  }
  return {
    ...{ time, regimeNames, sensorNames, sensors, notes: noise.notes, random: randomOf },
    rowsOf(entity) {
      const { own, steps } = ownOf(entity)
      return time.complete ? steps : countReadings(time.open(own.fork('time'), steps))
    },
    *parts(entity, faults = []) {
      const { own, ownLife, steps } = ownOf(entity)
      const walk = new Walk({
        ...{ entity, steps, sensors, faults, life: ownLife, mostLife: life?.most ?? Number.POSITIVE_INFINITY },
        time: time.open(own.fork('time'), steps),
        regimes: chain?.open(own.fork('regimes')),
        noise: noise.open(own.fork('noise')),
        walks: sensors.map((sensor, at) => sensor.open(own.fork('sensor').fork(sensorNames[at]!))),
        sensorNames,
      })
      for (let part = walk.next(); part; part = walk.next()) yield part
    },
  }
}

function countReadings(walk: TimeWalk): number {
  const [times, steps] = [new Float64Array(4096), new Float64Array(4096)]
  let total = 0
  for (;;) {
    const count = walk.next(times, steps)
    total += count
    if (count < times.length) return total
  }
}

interface WalkFacts {
  entity: number
  /** As many readings as there can be. */
  steps: number
  sensors: SensorLine[]
  sensorNames: string[]
  faults: readonly PlannedFault[]
  life: EntityLife | undefined
  mostLife: number
  time: TimeWalk
  regimes: RegimeWalk | undefined
  noise: NoiseWalk
  walks: SensorWalk[]
}

class Walk {
  readonly #facts: WalkFacts
  #offset = 0

  constructor(facts: WalkFacts) {
    this.#facts = facts
  }

  next(): EntityPart | undefined {
    const { entity, life, mostLife, walks } = this.#facts
    const most = Math.min(partRows, this.#facts.steps - this.#offset)
    const room = [new Float64Array(most), new Float64Array(most)] as const
    const rows = this.#facts.time.next(...room)
    if (rows === 0) return undefined
    const [times, steps] = [room[0].subarray(0, rows), room[1].subarray(0, rows)]
    const regimes = this.#facts.regimes && new Int32Array(rows)
    if (regimes) this.#facts.regimes!.next(times, regimes)
    const wear = life && steps.map(step => life.wear(step))
    const remaining = life && steps.map(step => Math.min(mostLife, life.length - 1 - step))
    const clean = this.#facts.noise.next(steps)
    clean.forEach((noise, at) => {
      walks[at]!.next(noise, { times, ...(regimes && { regimes }), ...(wear && { wear }) })
    })
    const offset = this.#offset
    this.#offset += rows
    return {
      ...{ entity, offset, rows, times, ...(regimes && { regimes }), ...(remaining && { remaining }) },
      ...this.#withFaults(clean, offset),
    }
  }

  #withFaults(clean: Float64Array[], offset: number): Pick<EntityPart, 'sensors' | 'faults'> {
    const { faults, sensorNames, sensors } = this.#facts
    const own = faults.filter(({ from }) => from >= offset && from < offset + partRows)
    const magnitudes = new Map<PlannedFault, number | undefined>()
    const faulty = clean.map((readings, at) => {
      const ofSensor = own.filter(({ choice }) => choice.column === sensorNames[at])
      if (ofSensor.length === 0) return readings
      const made = distortReadings(readings, ofSensor, sensors[at]!, offset)
      ofSensor.forEach((fault, place) => void magnitudes.set(fault, made.magnitudes[place]))
      return made.values
    })
    return { sensors: faulty, faults: own.map(fault => ({ ...fault, magnitude: magnitudes.get(fault) })) }
  }
}

/** Where the faults that were chosen go: intervals of readings, apart from one another on each sensor. */
import type { RandomStream } from '../../../stats/random-stream.ts'
import { type FaultChoice, faultOf, type Span } from './fault-choice.ts'

/** Readings of one entity on one sensor, from `from` up to, without, `to`. */
export interface PlannedFault {
  choice: FaultChoice
  entity: number
  from: number
  to: number
  /** Its own stream, for its size and for what it draws. */
  random: RandomStream
}

export interface FaultPlan {
  /** In the order of entities, then of time, then of choices. */
  faults: PlannedFault[]
  /** Where fewer found room than were asked for. */
  notes: string[]
}

interface PlanOptions {
  random: RandomStream
  /** No fault crosses a multiple of so many readings of its entity, so that they can be made by so many; default: any may. */
  stretch?: number
}

const triesPerFault = 200

/**
 * Places each choice at random, entities in proportion to their readings. Every choice has its own stream, so further choices
 * leave those before them where they are. `readings`: how many each entity has.
 */
export function planFaults(
  readings: ArrayLike<number>,
  choices: readonly FaultChoice[],
  { random, stretch = Number.POSITIVE_INFINITY }: PlanOptions,
): FaultPlan {
  const ends = runningTotals(readings)
  const taken = new TakenReadings()
  const faults: PlannedFault[] = []
  const notes: string[] = []

  choices.forEach((choice, place) => {
    const reach = faultOf(choice).reach?.(choice) ?? 0
    const tryToPlace = (own: RandomStream, entity: number): boolean => {
      const length = drawWhole(choice.length, own)
      const starts = readings[entity]! - length - reach + 1
      if (starts < 1) return false
      const from = reach + own.int(starts)
      const fault = { choice, entity, from, to: from + length, random: own.fork('distort') }
      if (Math.floor((from - reach) / stretch) !== Math.floor((fault.to - 1) / stretch)) return false
      if (!taken.add(fault)) return false
      faults.push(fault)
      return true
    }
    const entities = entitiesWanted(choice, readings, ends.at(-1) ?? 0)
    const missed = entities.filter((entity, ordinal) => {
      const own = random.fork(place).fork(ordinal)
      for (let tries = 0; tries < triesPerFault; tries++) {
        if (tryToPlace(own, entity ?? entityOf(ends, own.float()))) return false
      }
      return true
    })
    if (entities.length === 0) notes.push(tooRare(choice, ends.at(-1) ?? 0))
    if (missed.length > 0) notes.push(shortfall(choice, entities.length - missed.length, entities.length))
  })

  const rank = new Map(choices.map((choice, place) => [choice, place]))
  faults.sort((a, b) => a.entity - b.entity || a.from - b.from || rank.get(a.choice)! - rank.get(b.choice)!)
  return { faults, notes }
}

/** The number, or one between the least and the most. */
function drawWhole(span: Span, random: RandomStream): number {
  return typeof span === 'number' ? span : span[0] + random.int(span[1] - span[0] + 1)
}

/** One entry a fault: its entity, or undefined where it may be in any. */
function entitiesWanted(choice: FaultChoice, readings: ArrayLike<number>, total: number): (number | undefined)[] {
  const { each, rate, count = 1 } = choice
  if (each !== undefined) return Array.from(readings, (_, entity) => Array<number>(each).fill(entity)).flat()
  const wanted = rate === undefined ? count : Math.round((rate * total) / 1000)
  return Array<undefined>(total === 0 ? 0 : wanted).fill(undefined)
}

function runningTotals(readings: ArrayLike<number>): Float64Array {
  const totals = new Float64Array(readings.length)
  let total = 0
  for (let at = 0; at < totals.length; at++) totals[at] = total += readings[at]!
  return totals
}

/** The entity at this share of all readings, by bisection. */
function entityOf(ends: Float64Array, share: number): number {
  const reading = share * ends.at(-1)!
  let [low, high] = [0, ends.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ends[middle]! > reading) high = middle
    else low = middle + 1
  }
  return low
}

/** The intervals of each sensor of each entity, in order. */
class TakenReadings {
  readonly #intervals = new Map<string, PlannedFault[]>()

  /** Whether the fault keeps its distance from all others of its sensor, and then is one of them. */
  add(fault: PlannedFault): boolean {
    const key = `${fault.entity} ${fault.choice.column}`
    const others = this.#intervals.get(key) ?? []
    let [place, end] = [0, others.length]
    while (place < end) {
      const middle = (place + end) >> 1
      if (others[middle]!.from < fault.from) place = middle + 1
      else end = middle
    }
    if (!areApart(others[place - 1], fault) || !areApart(fault, others[place])) return false
    others.splice(place, 0, fault)
    this.#intervals.set(key, others)
    return true
  }
}

function areApart(before: PlannedFault | undefined, after: PlannedFault | undefined): boolean {
  if (before === undefined || after === undefined) return true
  return after.from - before.to >= Math.max(before.choice.distance, after.choice.distance)
}

function tooRare({ kind, column, rate = 0 }: FaultChoice, readings: number): string {
  return `No fault ${kind} on ${column}: ${rate} per 1,000 of ${readings} readings is less than one. Ask for a count, or a higher rate.`
}

function shortfall({ kind, column }: FaultChoice, placed: number, wanted: number): string {
  return `${placed} of ${wanted} faults ${kind} found room on ${column}: its series are too short or too full for more. Ask for fewer or shorter ones, or a smaller distance.`
}

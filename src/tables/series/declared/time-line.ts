/** When the readings of one entity are taken, one after another. */
import { CultivarError } from '../../../model/error.ts'
import { BulkRandom } from '../../../stats/bulk-random.ts'
import type { Distribution } from '../../../stats/distributions/define-distribution.ts'
import { openDistribution } from '../../../stats/distributions/index.ts'
import type { RandomStream } from '../../../stats/random-stream.ts'
import { durationScale, instantOf, spanOf } from './series-clock.ts'
import { type Calendar, type SeriesTime, weekdays } from './time-schema.ts'

const dayMs = 86_400_000
/** Readings in a row that no calendar lets through: it has no time for any. */
const mostClosed = 1_000_000
const bufferSize = 256
const mostReadings = 1e9

/** A declared time, ready for any number of entities. */
export interface TimeLine {
  /** Whether time is a count, not a date. */
  counts: boolean
  /** Milliseconds, or counts, from one reading to the next, on average. */
  interval: number
  /** The first reading, before an entity's own delay. */
  start: number
  type: 'integer' | 'decimal' | 'date' | 'datetime'
  /** Whether an entity has as many readings as steps, for certain: nothing is lost, ends before, or never opens. */
  complete: boolean
  open(random: RandomStream, steps: number): TimeWalk
}

/** Goes through the readings of one entity. */
export interface TimeWalk {
  /**
   * The next readings: their times, and how many steps each is from the first, those lost in gaps counted. Returns how many there
   * are, fewer than there is room for at the end alone.
   */
  next(times: Float64Array, steps: Float64Array): number
}

/** @throws CultivarError `bad-recipe` where no reading can ever be taken. */
export function openTimeLine(time: SeriesTime): TimeLine {
  const counts = typeof time.start === 'number'
  const start = typeof time.start === 'number' ? time.start : instantOf(time.start)
  const irregular = typeof time.interval === 'object' ? openDistribution(time.interval) : undefined
  const scale = durationScale(counts)
  const interval = irregular
    ? irregular.mean * scale
    : spanOf((time.interval as string | number | undefined) ?? (counts ? 1 : '1 min'))
  if (!(interval > 0) || !Number.isFinite(interval))
    throw new CultivarError(
      'bad-recipe',
      'The interval from one reading to the next is not above 0 on average.',
      'Give time.interval a distribution with a mean above 0, such as exponential.',
    )
  const until = time.until === undefined ? Number.POSITIVE_INFINITY : instantOf(time.until)
  requireReadings(start, until, interval)
  const moves = irregular !== undefined || time.jitter > 0 || time.stagger !== undefined
  const isOpen = time.calendar ? openingTimes(time.calendar) : undefined
  const rounding = counts ? (moves ? 0 : 1) : moves && interval >= 10_000 ? 1000 : 1
  const delayOf = (random: RandomStream) => {
    if (time.stagger === undefined) return 0
    const delay = random.fork('stagger').float() * spanOf(time.stagger)
    // By whole intervals, or entities that read once a day would all day be closed.
    return isOpen ? Math.floor(delay / interval) * interval : delay
  }
  const gapLength = typeof time.gaps?.length === 'object' ? openDistribution(time.gaps.length) : time.gaps?.length
  return {
    counts,
    interval,
    start,
    type: counts
      ? Number.isInteger(start) && Number.isInteger(interval) && !moves
        ? 'integer'
        : 'decimal'
      : start % dayMs === 0 && interval % dayMs === 0 && !moves
        ? 'date'
        : 'datetime',
    complete: time.gaps === undefined && time.until === undefined && time.calendar === undefined,
    open: (random, steps) =>
      new Walk(random, steps, {
        start: start + delayOf(random),
        ...{ interval, irregular, scale, until, isOpen, rounding, gapLength },
        ...{ jitter: time.jitter * interval, gapRate: (time.gaps?.rate ?? 0) / 1000 },
      }),
  }
}

function requireReadings(start: number, until: number, interval: number): void {
  if (until < start)
    throw new CultivarError('bad-recipe', 'The series ends before it starts.', 'Give a time.until after time.start.')
  if (until < Number.POSITIVE_INFINITY && (until - start) / interval > mostReadings)
    throw new CultivarError(
      'bad-recipe',
      'An entity has more than a thousand million readings up to time.until.',
      'End earlier, or take readings less often.',
    )
}

interface WalkFacts {
  start: number
  interval: number
  irregular: Distribution | undefined
  scale: number
  until: number
  isOpen: ((instantMs: number) => boolean) | undefined
  /** Times are whole multiples of it; 0: they are as they come. */
  rounding: number
  gapLength: Distribution | number | undefined
  jitter: number
  gapRate: number
}

class Walk implements TimeWalk {
  readonly #facts: WalkFacts
  readonly #steps: number
  readonly #random: RandomStream
  #jitter: BulkRandom | undefined
  #gaps: BulkRandom | undefined
  #intervals: BulkRandom | undefined
  #buffer = new Float64Array(0)
  #buffered = 0
  #step = 0
  /** Places on the regular grid that were passed, closed ones too. */
  #places = 0
  #elapsed = 0
  #last = Number.NEGATIVE_INFINITY
  #lost = 0

  constructor(random: RandomStream, steps: number, facts: WalkFacts) {
    this.#facts = facts
    this.#steps = steps
    this.#random = random
  }

  next(times: Float64Array, steps: Float64Array): number {
    const { until, gapRate, rounding, jitter } = this.#facts
    let count = 0
    while (count < times.length && this.#step < this.#steps) {
      const place = this.#nextPlace()
      if (place > until) {
        this.#step = this.#steps
        break
      }
      const step = this.#step++
      const moved = jitter > 0 ? place + jitter * (this.#jitterDraws().float() - 0.5) : place
      if (gapRate > 0 && this.#isLost(gapRate)) continue
      const rounded = rounding > 0 ? Math.round(moved / rounding) * rounding : moved
      this.#last = Math.max(rounded, this.#last)
      times[count] = this.#last
      steps[count++] = step
    }
    return count
  }

  /** The next time, before jitter, that the calendar lets through. */
  #nextPlace(): number {
    const { start, interval, irregular, scale, isOpen } = this.#facts
    for (let tries = 0; tries < mostClosed; tries++) {
      const place = start + (irregular ? this.#elapsed : this.#places * interval)
      this.#places++
      if (irregular) this.#elapsed += Math.max(0, this.#drawn(irregular)) * scale
      if (!isOpen || isOpen(place)) return place
    }
    throw new CultivarError(
      'bad-recipe',
      'The calendar of the series lets no reading through.',
      'Let the interval meet the hours and days of time.calendar: start within them, or take readings more often.',
    )
  }

  #jitterDraws(): BulkRandom {
    this.#jitter ??= new BulkRandom(this.#random.fork('jitter'))
    return this.#jitter
  }

  #drawn(intervals: Distribution): number {
    this.#intervals ??= new BulkRandom(this.#random.fork('intervals'))
    if (this.#buffered === this.#buffer.length) {
      this.#buffer = new Float64Array(bufferSize)
      intervals.fill(this.#buffer, this.#intervals)
      this.#buffered = 0
    }
    return this.#buffer[this.#buffered++]!
  }

  #isLost(rate: number): boolean {
    this.#gaps ??= new BulkRandom(this.#random.fork('gaps'))
    if (this.#lost === 0 && this.#gaps.float() < rate) this.#lost = this.#gapLength(this.#gaps)
    if (this.#lost === 0) return false
    this.#lost--
    return true
  }

  #gapLength(draws: BulkRandom): number {
    const { gapLength = 1 } = this.#facts
    if (typeof gapLength === 'number') return gapLength
    const drawn = new Float64Array(1)
    gapLength.fill(drawn, draws)
    return Math.max(1, Math.round(drawn[0]!))
  }
}

/** Whether the calendar has readings at an instant. */
function openingTimes({ days, from, to, except }: Calendar): (instantMs: number) => boolean {
  const [opens, closes] = [timeOfDay(from), timeOfDay(to)]
  const openDays = weekdays.map(day => days.includes(day))
  const closedDays = new Set(except.map(text => instantOf(text) / dayMs))
  // 1970-01-01 was a Thursday.
  const isOpenDay = (day: number) => openDays[(((day + 3) % 7) + 7) % 7]! && !closedDays.has(day)
  return instant => {
    const day = Math.floor(instant / dayMs)
    const time = instant - day * dayMs
    if (opens < closes) return time >= opens && time < closes && isOpenDay(day)
    return time >= opens ? isOpenDay(day) : time < closes && isOpenDay(day - 1)
  }
}

function timeOfDay(text: string): number {
  const [hours, minutes] = text.split(':')
  return (Number(hours) * 60 + Number(minutes)) * 60_000
}

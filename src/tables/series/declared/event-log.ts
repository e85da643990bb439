/** The log of events of a declared series: by chance, with a regime, or where readings pass a limit. */
import { BulkRandom } from '../../../stats/bulk-random.ts'
import type { Distribution } from '../../../stats/distributions/define-distribution.ts'
import { openDistribution } from '../../../stats/distributions/index.ts'
import type { RandomStream } from '../../../stats/random-stream.ts'
import type { EntityLine, EntityPart } from './entity-line.ts'
import { durationScale, spanOf } from './series-clock.ts'
import type { Duration, EventDeclaration, SeriesDeclaration } from './series-schema.ts'
import type { TimeLine } from './time-line.ts'

interface LoggedEvent {
  entity: number
  /** Place in the list of events. */
  kind: number
  start: number
  /** NaN where it has no end, or lasts beyond the last reading. */
  end: number
}

export interface EventLog {
  names: string[]
  /** What causes each, in words. */
  causes: string[]
  /** Events of one entity in order of their start, from all of its parts. */
  read(parts: Iterable<EntityPart>, random: RandomStream): LoggedEvent[]
}

/** `facts`: of the entities whose parts are read. */
export function openEventLog(
  events: SeriesDeclaration['events'],
  { time, regimeNames, sensorNames }: Pick<EntityLine, 'time' | 'regimeNames' | 'sensorNames'>,
): EventLog {
  const names = Object.keys(events)
  const facts = { time, regimeNames, sensorNames }
  return {
    names,
    causes: names.map(name => causeOf(events[name]!)),
    read(parts, random) {
      const watchers = names.map((name, kind) => watch(events[name]!, kind, facts, random.fork(name)))
      for (const part of parts) for (const watcher of watchers) watcher.see(part)
      return watchers.flatMap(watcher => watcher.logged).sort((a, b) => a.start - b.start || a.kind - b.kind)
    },
  }
}

function causeOf(event: EventDeclaration): string {
  if (event.cause === 'chance') return 'chance'
  if (event.cause === 'regime') return `regime ${event.regime}`
  return event.above === undefined ? `${event.sensor} below ${event.below}` : `${event.sensor} above ${event.above}`
}

interface WatchFacts {
  time: Pick<TimeLine, 'counts' | 'interval' | 'type'>
  regimeNames: string[]
  sensorNames: string[]
}

interface Watcher {
  logged: LoggedEvent[]
  see(part: EntityPart): void
}

function watch(event: EventDeclaration, kind: number, facts: WatchFacts, random: RandomStream): Watcher {
  const draws = new BulkRandom(random)
  const lasts = event.duration === undefined ? undefined : openDuration(event.duration, facts.time.counts, draws)
  if (event.cause === 'chance') {
    // Told reading by reading, so that nothing happens while there are none.
    const share = -Math.expm1((-event.rate * facts.time.interval) / spanOf(event.per))
    const during = event.during?.map(name => facts.regimeNames.indexOf(name))
    const logged: LoggedEvent[] = []
    let busy = Number.NEGATIVE_INFINITY
    return {
      logged,
      see({ entity, times, regimes }) {
        times.forEach((time, at) => {
          const happens = draws.float() < share
          if (!happens || time < busy || (during && !during.includes(regimes![at]!))) return
          const start = rounded(time + draws.float() * facts.time.interval, facts)
          const end = lasts ? rounded(start + lasts(), facts) : Number.NaN
          busy = lasts ? end : start
          logged.push({ entity, kind, start, end })
        })
      },
    }
  }
  if (event.cause === 'regime') {
    const regime = facts.regimeNames.indexOf(event.regime)
    return whileTrue(
      { kind, share: event.share, needed: 1, draws, lasts, facts },
      ({ regimes }) =>
        at =>
          regimes![at] === regime,
    )
  }
  const { above = Number.POSITIVE_INFINITY, below = Number.NEGATIVE_INFINITY, readings } = event
  const sensor = facts.sensorNames.indexOf(event.sensor)
  return whileTrue({ kind, share: event.share, needed: readings, draws, lasts, facts }, ({ sensors }) => {
    const values = sensors[sensor]!
    return at => values[at]! > above || values[at]! < below
  })
}

interface Occasion {
  kind: number
  share: number
  /** Readings in a row that it takes. */
  needed: number
  draws: BulkRandom
  lasts: (() => number) | undefined
  facts: WatchFacts
}

/** An event from the reading on at which a condition has held long enough, up to the one at which it no longer does. */
function whileTrue(
  { kind, share, needed, draws, lasts, facts }: Occasion,
  conditionOf: (part: EntityPart) => (at: number) => boolean,
): Watcher {
  const logged: LoggedEvent[] = []
  let inRow = 0
  let open: LoggedEvent | undefined
  return {
    logged,
    see(part) {
      const holds = conditionOf(part)
      for (let at = 0; at < part.rows; at++) {
        const start = part.times[at]!
        if (!holds(at)) {
          if (open && !lasts) open.end = start
          open = undefined
          inRow = 0
        } else if (++inRow === needed && draws.float() < share) {
          open = { entity: part.entity, kind, start, end: lasts ? rounded(start + lasts(), facts) : Number.NaN }
          logged.push(open)
        }
      }
    },
  }
}

/** Counts stay whole where those of readings are; dates have whole seconds where readings are far apart. */
function rounded(time: number, { time: { counts, interval, type } }: WatchFacts): number {
  if (counts && type !== 'integer') return time
  const step = !counts && interval >= 10_000 ? 1000 : 1
  return Math.round(time / step) * step
}

function openDuration(duration: Duration, counts: boolean, draws: BulkRandom): () => number {
  if (typeof duration !== 'object') {
    const span = spanOf(duration)
    return () => span
  }
  const distribution: Distribution = openDistribution(duration)
  const drawn = new Float64Array(1)
  return () => {
    distribution.fill(drawn, draws)
    return Math.max(0, drawn[0]!) * durationScale(counts)
  }
}

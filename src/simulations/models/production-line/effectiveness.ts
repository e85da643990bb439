/** Overall equipment effectiveness (Nakajima 1988): the share of planned time in which good parts are made at full speed. */
import type { Machine } from './machine.ts'

/** What counts of a machine, or of several together, since the run began. Minutes are of working time. */
export interface Counted {
  planned: number
  running: number
  setup: number
  idle: number
  blocked: number
  failed: number
  maintenance: number
  /** What the parts made would have taken at full speed. */
  ideal: number
  parts: number
  defective: number
}

export function countedOf(machine: Machine): Counted {
  const [running, setup, idle] = [machine.minutesIn('running'), machine.minutesIn('setup'), machine.minutesIn('idle')]
  const blocked = machine.minutesIn('blocked')
  const failed = machine.minutesIn('failed') + machine.minutesIn('repair')
  const maintenance = machine.minutesIn('maintenance')
  return {
    planned: running + setup + idle + blocked + failed + maintenance,
    running,
    setup,
    idle,
    blocked,
    failed,
    maintenance,
    ideal: machine.idealMinutes,
    parts: machine.made,
    defective: machine.defective,
  }
}

export function sumOf(counted: readonly Counted[]): Counted {
  const add = (one: Counted, other: Counted) => combine(one, other, (a, b) => a + b)
  return counted.reduce(add)
}

/** What came between two counts. */
export function between(earlier: Counted, later: Counted): Counted {
  return combine(earlier, later, (before, after) => after - before)
}

/**
 * Availability: time in which the machine could run, of planned time (setups, failures and maintenance are not). Performance: full speed
 * against that time. Quality: parts without a defect of its making. Null where there was no such time, or no part.
 */
export function effectiveness({ planned, setup, failed, maintenance, ideal, parts, defective }: Counted) {
  const available = planned - setup - failed - maintenance
  // Differences of long sums: what is less than a second is none.
  if (planned < 1 / 60) return { availability: null, performance: null, quality: null, oee: null }
  const availability = available / planned
  if (available < 1 / 60) return { availability, performance: null, quality: null, oee: 0 }
  const performance = ideal / available
  if (parts === 0) return { availability, performance, quality: null, oee: 0 }
  const quality = 1 - defective / parts
  return { availability, performance, quality, oee: availability * performance * quality }
}

function combine(one: Counted, other: Counted, by: (a: number, b: number) => number): Counted {
  const names = Object.keys(one) as (keyof Counted)[]
  return Object.fromEntries(names.map(name => [name, by(one[name], other[name])])) as unknown as Counted
}

/** Where queueing theory is exact, its value lies inside the interval of independent runs. */
import { describe, expect, it } from 'vitest'
import { columnNumbers, runLine, type TestedLine } from '../../../test/run-line.ts'

/** No failures to speak of, no shifts, no quality: machines that work on parts, and nothing else. */
const bare = {
  imbalance: 0,
  products: 1,
  setupMinutes: 0,
  shifts: 3,
  crewShifts: 3,
  weekends: true,
  inspection: 0,
  defectRate: 0,
  foretold: 0,
  hoursBetweenFailures: 100_000,
  maintenance: 'reactive',
  readingMinutes: 1440,
  sensorFaultsPerYear: 0,
  cycleMinutes: 1,
  cycleTimes: 'exponential',
  dispatch: 'first-come',
}
const steady = { ...bare, orderParts: 1, buffer: 1_000_000 }
const saturated = { ...bare, orderParts: 10_000, ordersPerDay: 20 }
const warmUp = 1000

describe('a production line and queueing theory', () => {
  it('has the mean number, times and waiting probabilities of M/M/1', () => {
    const [load, steps] = [0.7, 12_000]
    const runs = replicate(12, seed => {
      const line = runLine({ ...steady, stages: 1, ordersPerDay: 1440 * load }, seed, steps, numbersInSystem)
      const { times, waits } = timesOf(line)
      const numbers = line.observed.slice(warmUp)
      return {
        number: mean(numbers),
        empty: mean(numbers.map(number => Number(number === 0))),
        time: mean(times),
        waiting: mean(waits),
        longWait: mean(waits.map(wait => Number(wait > 2))),
      }
    })
    expectInside(runs, 'number', load / (1 - load))
    expectInside(runs, 'empty', 1 - load)
    expectInside(runs, 'time', 1 / (1 - load))
    expectInside(runs, 'waiting', load / (1 - load))
    expectInside(runs, 'longWait', load * Math.exp(-(1 - load) * 2))
  })

  it('has the waiting time of M/M/c, by Erlang’s formula', () => {
    const [machinesPerStage, offered] = [3, 2.1]
    const runs = replicate(12, seed => {
      const order = { ...steady, stages: 1, machinesPerStage, ordersPerDay: 1440 * offered }
      return { waiting: mean(timesOf(runLine(order, seed, 6000)).waits) }
    })
    const terms = [1, offered, offered ** 2 / 2, (offered ** 3 / 6) * (3 / (3 - offered))]
    const waits = terms[3]! / terms.reduce((sum, term) => sum + term)
    expectInside(runs, 'waiting', waits / (3 - offered))
  })

  it('has the product form of a tandem of queues (Jackson)', () => {
    const load = 0.6
    const runs = replicate(12, seed => {
      const order = { ...steady, stages: 3, ordersPerDay: 1440 * load }
      const line = runLine(order, seed, 9000, model => [0, 1, 2].map(stage => numberAt(model, stage)))
      const numbers = line.observed.slice(warmUp)
      const share = (test: (of: number[]) => boolean) => mean(numbers.map(of => Number(test(of))))
      return {
        time: mean(timesOf(line).times),
        last: mean(numbers.map(of => of[2]!)),
        empty: share(of => of.every(number => number === 0)),
        together: share(([first, second]) => first! >= 2 && second! >= 1),
        shipped: line.model.flow.shippedParts / 9000,
      }
    })
    expectInside(runs, 'time', 3 / (1 - load))
    expectInside(runs, 'last', load / (1 - load))
    expectInside(runs, 'empty', (1 - load) ** 3)
    expectInside(runs, 'together', load ** 3)
    expectInside(runs, 'shipped', load)
  })

  it.each([
    { stages: 2, buffer: 0, throughput: 2 / 3 },
    { stages: 2, buffer: 4, throughput: 6 / 7 },
    // Hunt (1956), Sequential arrays of waiting lines.
    { stages: 3, buffer: 0, throughput: 22 / 39 },
  ])('loses the throughput that blocking takes: $stages stages, buffers of $buffer', ({ throughput, ...order }) => {
    const runs = replicate(12, seed => {
      const line = runLine({ ...saturated, ...order }, seed, 6000, model => model.flow.shippedParts)
      return { throughput: (line.observed.at(-1)! - line.observed[warmUp]!) / (line.observed.length - 1 - warmUp) }
    })
    expectInside(runs, 'throughput', throughput)
  })

  it('is available for MTBF / (MTBF + MTTR)', () => {
    const order = {
      ...saturated,
      stages: 1,
      cycleMinutes: 10,
      cycleTimes: 'fixed',
      hoursBetweenFailures: 10,
      repairMinutes: 90,
    }
    const runs = replicate(12, seed => {
      const [machine] = runLine(order, seed, 50_000).machines
      const [up, down] = [machine!.minutesIn('running'), machine!.minutesIn('failed') + machine!.minutesIn('repair')]
      return { availability: up / (up + down), hoursBetween: up / 60 / machine!.failures }
    })
    expectInside(runs, 'availability', 600 / 690)
    expectInside(runs, 'hoursBetween', 10)
  })

  it('obeys Little’s law whatever goes on in it', () => {
    const order = {
      shifts: 3,
      crewShifts: 3,
      weekends: true,
      hoursBetweenFailures: 40,
      defectRate: 0.1,
      ordersPerDay: 9,
    }
    const line = runLine(order, 'little', 40_000, model => model.flow.inLine.size)
    const leads = columnNumbers(line, 'parts', 'leadMinutes').filter(lead => !Number.isNaN(lead))
    const number = mean(line.observed)
    const rate = leads.length / 40_000
    expect(number / (rate * mean(leads))).toBeGreaterThan(0.99)
    expect(number / (rate * mean(leads))).toBeLessThan(1.01)
  })
})

function numbersInSystem(model: TestedLine): number {
  return model.flow.book.waiting + model.flow.inLine.size
}

function numberAt(model: TestedLine, stage: number): number {
  const { buffer, machines } = model.stages[stage]!
  const before = stage === 0 ? model.flow.book.waiting : buffer.length
  return before + machines.filter(({ part }) => part !== undefined).length
}

/** In minutes, of the orders that came after the line had warmed up. */
function timesOf(line: ReturnType<typeof runLine>) {
  const [received, started, shipped] = ['received', 'started', 'shipped'].map(name =>
    columnNumbers(line, 'orders', name),
  )
  const from = Math.min(...received!) + warmUp * 60_000
  const rows = [...received!.keys()].filter(row => received![row]! > from && !Number.isNaN(shipped![row]))
  return {
    times: rows.map(row => (shipped![row]! - received![row]!) / 60_000),
    waits: rows.map(row => (started![row]! - received![row]!) / 60_000),
  }
}

function replicate<T>(count: number, run: (seed: number) => T): T[] {
  return Array.from({ length: count }, (_, seed) => run(seed))
}

/** 99.9 % of Student’s t with 11 degrees of freedom; fewer than any case here has. */
const halfWidth = 4.437

function expectInside<K extends string>(runs: readonly Record<K, number>[], name: K, exact: number): void {
  const values = runs.map(run => run[name])
  const centre = mean(values)
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
  const margin = halfWidth * Math.sqrt(variance / values.length)
  expect(Math.abs(centre - exact), `${name}: ${centre} ± ${margin}, and ${exact} is exact`).toBeLessThan(margin)
  // An interval so wide that it holds anything would say nothing.
  expect(margin / exact, `${name}: ± ${margin}`).toBeLessThan(0.2)
}

function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += values[at]!
  return sum / values.length
}

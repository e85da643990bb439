/** Faults are where their labels say, and nothing else is changed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BulkRandom } from '../../../stats/bulk-random.ts'
import { standardNormal } from '../../../stats/distributions/draws/ziggurat.ts'
import { randomStream } from '../../../stats/random-stream.ts'
import type { CategoryColumn, NumberColumn, Table } from '../../table.ts'
import { type FaultChoiceInput, faultChoiceSchema, faultKinds } from './fault-choice.ts'
import { type InjectOptions, injectFaults } from './inject-faults.ts'

const machines = ['A', 'B', 'C']
const decimals = 2

/** Three machines in turn, one reading a minute: two quiet sensors with noise of standard deviation 1, one whole number, one constant. */
function plant(rows = 3000, seed = 'plant'): Table {
  const noise = new BulkRandom(randomStream(seed))
  const numbers = (
    name: string,
    of: (row: number) => number,
    type: NumberColumn['type'] = 'decimal',
  ): NumberColumn => ({
    ...{ storage: 'numbers', name, type },
    values: Float64Array.from({ length: rows }, (_, row) => of(row)),
  })
  const sensor = (level: number) => (row: number) =>
    Math.round((level + 10 * (row % 3) + standardNormal(noise)) * 10 ** decimals) / 10 ** decimals
  return {
    name: 'plant',
    rows,
    columns: [
      numbers('time', row => Date.UTC(2026, 0, 1) + 60_000 * Math.floor(row / 3), 'datetime'),
      {
        ...{ storage: 'codes', name: 'machine', type: 'category', dictionary: machines },
        codes: Int32Array.from({ length: rows }, (_, row) => row % 3),
      },
      numbers('temperature', sensor(60)),
      numbers('pressure', sensor(5)),
      numbers('count', row => row, 'integer'),
      numbers('constant', () => 7),
    ],
  }
}

function inject(table: Table, faults: FaultChoiceInput[], options: Partial<InjectOptions> = {}) {
  const checked = faults.map(fault => faultChoiceSchema.parse(fault))
  return injectFaults(table, { time: 'time', entity: 'machine', seed: 1, ...options, faults: checked })
}

function column<T>(table: Table, name: string): T {
  return table.columns.find(each => each.name === name) as T
}
const numbersOf = (table: Table, name: string) => column<NumberColumn>(table, name).values
function textsOf(table: Table, name: string): string[] {
  const { codes, dictionary } = column<CategoryColumn>(table, name)
  return Array.from(codes, code => (code < 0 ? '' : dictionary[code]!))
}

interface Found {
  machine: string
  fault: string
  from: number
  to: number
  readings: number
  magnitude: number
  clean: number[]
  faulty: number[]
  /** Readings right before it, as many as it has. */
  before: number[]
}

/** Each interval with the readings that are there, in order of time. */
function intervalsOf(table: Table, { table: faulty, intervals }: ReturnType<typeof injectFaults>): Found[] {
  const [time, machine] = [numbersOf(table, 'time'), textsOf(table, 'machine')]
  return Array.from({ length: intervals.rows }, (_, at) => {
    const own = textsOf(intervals, 'machine')[at]!
    const sensor = textsOf(intervals, 'sensor')[at]!
    const [from, to] = [numbersOf(intervals, 'from')[at]!, numbersOf(intervals, 'to')[at]!]
    const rows = Array.from(time.keys())
      .filter(row => machine[row] === own)
      .sort((a, b) => time[a]! - time[b]!)
    const inside = rows.filter(row => time[row]! >= from && time[row]! <= to)
    const first = rows.indexOf(inside[0]!)
    const pick = (values: Float64Array, picked: number[]) => picked.map(row => values[row]!)
    return {
      ...{ machine: own, fault: textsOf(intervals, 'fault')[at]!, from, to },
      ...{ readings: numbersOf(intervals, 'readings')[at]!, magnitude: numbersOf(intervals, 'magnitude')[at]! },
      clean: pick(numbersOf(table, sensor), inside),
      faulty: pick(numbersOf(faulty, sensor), inside),
      before: pick(numbersOf(faulty, sensor), rows.slice(Math.max(0, first - inside.length), first)),
    }
  })
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const spread = (values: number[]) => Math.sqrt(mean(values.map(value => (value - mean(values)) ** 2)))

const anyFault = fc
  .record({
    kind: fc.constantFrom(...faultKinds),
    column: fc.constantFrom('temperature', 'pressure'),
    count: fc.integer({ min: 1, max: 6 }),
    length: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant([5, 40])),
    distance: fc.integer({ min: 0, max: 20 }),
  })
  .map(fault => fault as FaultChoiceInput)

/** The same rows in another order. */
function shuffled(table: Table): Table {
  const order = randomStream('order').shuffle(Array.from({ length: table.rows }, (_, row) => row))
  const columns = table.columns.map(each => {
    if (each.storage === 'numbers') return { ...each, values: Float64Array.from(order, row => each.values[row]!) }
    if (each.storage === 'codes') return { ...each, codes: Int32Array.from(order, row => each.codes[row]!) }
    return each
  })
  return { ...table, columns }
}

describe('the laws of injected faults', () => {
  it.each([
    ['rows in order of time', plant()],
    ['rows in any order', shuffled(plant())],
  ])('change nothing outside of the intervals, and label what is inside, in %s', (_, table) => {
    fc.assert(
      fc.property(fc.array(anyFault, { minLength: 1, maxLength: 5 }), fc.nat(), (faults, seed) => {
        const made = inject(table, faults, { seed })
        const [time, machine] = [numbersOf(table, 'time'), textsOf(table, 'machine')]
        const expected: string[][] = Array.from({ length: table.rows }, () => [])
        const allowed = { temperature: new Uint8Array(table.rows), pressure: new Uint8Array(table.rows) }
        for (let at = 0; at < made.intervals.rows; at++) {
          const sensor = textsOf(made.intervals, 'sensor')[at] as keyof typeof allowed
          for (let row = 0; row < table.rows; row++) {
            if (machine[row] !== textsOf(made.intervals, 'machine')[at]) continue
            if (time[row]! < numbersOf(made.intervals, 'from')[at]!) continue
            if (time[row]! > numbersOf(made.intervals, 'to')[at]!) continue
            expect(allowed[sensor][row]).toBe(0)
            allowed[sensor][row] = 1
            expected[row]!.push(`${textsOf(made.intervals, 'fault')[at]}:${sensor}`)
          }
        }
        expect(textsOf(made.table, 'fault')).toEqual(expected.map(labels => labels.sort().join(' + ')))
        for (const { name, ...each } of table.columns) {
          const after = column<NumberColumn>(made.table, name)
          if (each.storage !== 'numbers' || !(name in allowed)) {
            expect(after).toBe(table.columns.find(before => before.name === name))
            continue
          }
          const free = allowed[name as keyof typeof allowed]
          const changed = each.values.findIndex((value, row) => free[row] === 0 && !Object.is(value, after.values[row]))
          expect(changed).toBe(-1)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('keep the distance of faults of one sensor, and let those of several overlap', () => {
    const table = plant()
    const made = inject(table, [
      { kind: 'bias', column: 'temperature', each: 8, length: [10, 30], distance: 25 },
      { kind: 'stuck', column: 'temperature', each: 4, length: 20, distance: 5 },
      { kind: 'noise-burst', column: 'pressure', each: 8, length: 60 },
    ])
    const places = (sensor: string, machine: string) =>
      Array.from({ length: made.intervals.rows }, (_, at) => at)
        .filter(
          at => textsOf(made.intervals, 'sensor')[at] === sensor && textsOf(made.intervals, 'machine')[at] === machine,
        )
        .map(at => ({
          fault: textsOf(made.intervals, 'fault')[at]!,
          from: numbersOf(made.intervals, 'from')[at]! / 60_000,
          to: numbersOf(made.intervals, 'to')[at]! / 60_000,
        }))
    for (const machine of machines) {
      const own = places('temperature', machine)
      expect(own).toHaveLength(12)
      for (const [at, { fault, from }] of own.entries()) {
        const before = own[at - 1]
        if (before) expect(from - before.to - 1).toBeGreaterThanOrEqual([before.fault, fault].includes('bias') ? 25 : 5)
      }
    }
    expect(textsOf(made.table, 'fault').some(label => label === 'bias:temperature + noise-burst:pressure')).toBe(true)
  })

  it('are the same for the same seed, and leave earlier choices where they are when one is added', () => {
    const table = plant()
    const first: FaultChoiceInput = { kind: 'drift', column: 'temperature', count: 3 }
    const [alone, again] = [inject(table, [first]), inject(table, [first])]
    expect(again).toEqual(alone)
    const both = inject(table, [first, { kind: 'bias', column: 'temperature', count: 2 }])
    const drifts = (made: typeof alone) =>
      intervalsOf(table, made)
        .filter(({ fault }) => fault === 'drift')
        .map(({ machine, from, magnitude }) => [machine, from, magnitude])
    expect(drifts(both)).toEqual(drifts(alone))
    expect(drifts(inject(table, [first], { seed: 2 }))).not.toEqual(drifts(alone))
  })

  it('come as often as count, each and rate say', () => {
    const rows = (fault: Partial<FaultChoiceInput>) =>
      inject(plant(), [{ kind: 'spike', column: 'temperature', ...fault } as FaultChoiceInput]).intervals.rows
    expect(rows({})).toBe(1)
    expect(rows({ count: 7 })).toBe(7)
    expect(rows({ each: 2 })).toBe(6)
    expect(rows({ rate: 4 })).toBe(12)
  })

  it('say so where there is no room for all', () => {
    const made = inject(plant(300), [{ kind: 'bias', column: 'pressure', each: 5, length: 40 }])
    expect(made.intervals.rows).toBeLessThan(15)
    expect(made.notes).toEqual([expect.stringMatching(/^\d+ of 15 faults bias found room on pressure/)])
    expect(made.intervals.rows).toBe(Number(made.notes[0]!.split(' ')[0]))
  })
})

describe('each kind of fault, by a simple detector', () => {
  const table = plant(9000)
  const found = (fault: FaultChoiceInput) => {
    const intervals = intervalsOf(table, inject(table, [fault]))
    expect(intervals.length).toBeGreaterThan(0)
    for (const { readings, faulty } of intervals) expect(faulty).toHaveLength(readings)
    return intervals
  }

  it('drift: what is added grows in a straight line up to the magnitude', () => {
    for (const { clean, faulty, magnitude } of found({
      kind: 'drift',
      column: 'temperature',
      count: 9,
      size: [3, 6],
    })) {
      const added = faulty.map((value, at) => value - clean[at]!)
      expect(added.at(-1)).toBeCloseTo(magnitude, 1)
      added.forEach((value, at) => void expect(Math.abs(value - (magnitude * (at + 1)) / 100)).toBeLessThan(0.011))
      expect(Math.abs(magnitude)).toBeGreaterThan(2.8)
      const [early, late] = [mean(faulty.slice(0, 20)), mean(faulty.slice(-20))]
      expect(Math.sign(late - early)).toBe(Math.sign(magnitude))
    }
  })

  it('bias: the mean jumps by the magnitude, both ways unless told', () => {
    const both = found({ kind: 'bias', column: 'temperature', count: 20, distance: 60 })
    for (const { before, faulty, magnitude } of both.filter(({ before }) => before.length > 20))
      expect(Math.abs(mean(faulty) - mean(before) - magnitude)).toBeLessThan(1)
    expect(new Set(both.map(({ magnitude }) => Math.sign(magnitude))).size).toBe(2)
    for (const { magnitude } of found({ kind: 'bias', column: 'temperature', each: 3, direction: 'down' }))
      expect(magnitude).toBeLessThan(-2.5)
  })

  it('stuck: the first reading is repeated', () => {
    for (const { clean, faulty, magnitude } of found({ kind: 'stuck', column: 'pressure', each: 3 })) {
      expect(new Set(faulty)).toEqual(new Set([clean[0]]))
      expect(magnitude).toBe(clean[0])
    }
  })

  it('spike: a reading stands out by the magnitude', () => {
    for (const { before, faulty, magnitude } of found({ kind: 'spike', column: 'pressure', count: 20, distance: 30 })) {
      expect(faulty).toHaveLength(1)
      expect(Math.abs(faulty[0]! - before[0]!)).toBeGreaterThan(3)
      expect(Math.abs(magnitude)).toBeGreaterThan(7)
    }
  })

  it('dropout: nothing is there, or what stands in its place', () => {
    for (const { faulty } of found({ kind: 'dropout', column: 'pressure', count: 4 }))
      expect(faulty.every(value => Number.isNaN(value))).toBe(true)
    for (const { faulty, magnitude } of found({ kind: 'dropout', column: 'pressure', count: 4, value: -999 })) {
      expect(new Set(faulty)).toEqual(new Set([-999]))
      expect(magnitude).toBe(-999)
    }
  })

  it('noise-burst: readings vary by the noise and their own spread', () => {
    const bursts = found({ kind: 'noise-burst', column: 'temperature', each: 4, length: 100, size: 5, distance: 100 })
    for (const { faulty, before, magnitude } of bursts.filter(({ before }) => before.length > 50)) {
      expect(spread(faulty) / Math.hypot(magnitude, 1)).toBeGreaterThan(0.75)
      expect(spread(faulty) / Math.hypot(magnitude, 1)).toBeLessThan(1.25)
      expect(spread(before)).toBeLessThan(spread(faulty) / 2)
    }
  })

  it('delayed: readings are those from before', () => {
    for (const { clean, faulty, before, magnitude } of found({
      kind: 'delayed',
      column: 'pressure',
      each: 3,
      lag: 7,
    })) {
      expect(magnitude).toBe(7)
      const all = [...before, ...clean]
      expect(faulty).toEqual(all.slice(before.length - 7, all.length - 7))
    }
    // Machines with 30 readings: there is one place for 20 readings that are 10 late.
    const short = inject(plant(90), [{ kind: 'delayed', column: 'pressure', each: 1, length: 20, lag: 10 }])
    const starts = numbersOf(short.intervals, 'from').map(time => (time - Date.UTC(2026, 0, 1)) / 60_000)
    expect([...starts]).toEqual([10, 10, 10])
  })

  it('saturation: the share beyond the limit is at the limit', () => {
    for (const side of ['high', 'low'] as const)
      for (const { clean, faulty, magnitude } of found({ kind: 'saturation', column: 'temperature', each: 3, side })) {
        const limited = (value: number) => (side === 'high' ? Math.min(value, magnitude) : Math.max(value, magnitude))
        expect(faulty).toEqual(clean.map(limited))
        const share = faulty.filter(value => value === magnitude).length / faulty.length
        expect(share).toBeGreaterThanOrEqual(0.68)
        expect(share).toBeLessThan(0.8)
      }
  })
})

describe('values', () => {
  it('keep the decimals of their column, and nulls stay null', () => {
    const table = plant(900)
    numbersOf(table, 'temperature').fill(Number.NaN, 300, 600)
    const made = inject(table, [
      { kind: 'noise-burst', column: 'temperature', each: 2, length: 100 },
      { kind: 'drift', column: 'count', each: 1, length: 100 },
    ])
    numbersOf(made.table, 'temperature').forEach((value, row) => {
      expect(Number.isNaN(value)).toBe(row >= 300 && row < 600)
      if (!Number.isNaN(value)) expect(Number(value.toFixed(decimals))).toBe(value)
    })
    expect(numbersOf(made.table, 'count').every(Number.isInteger)).toBe(true)
    expect(numbersOf(made.table, 'count')).not.toEqual(numbersOf(table, 'count'))
  })

  it('outside of the intervals keep more decimals than their column is written with', () => {
    const table = plant(900)
    const columns = table.columns.map(each => (each.name === 'pressure' ? { ...each, decimals: 1 } : each))
    const made = inject({ ...table, columns } as Table, [{ kind: 'bias', column: 'pressure', length: 100 }])
    const label = textsOf(made.table, 'fault')
    numbersOf(made.table, 'pressure').forEach((value, row) => {
      if (label[row] === '') expect(value).toBe(numbersOf(table, 'pressure')[row])
      else expect(Number(value.toFixed(1))).toBe(value)
    })
  })

  it('count rows where there is neither time nor entity', () => {
    const { table, intervals } = injectFaults(plant(300), {
      faults: [faultChoiceSchema.parse({ kind: 'dropout', column: 'pressure', length: 10 })],
      seed: 3,
    })
    const missing = Array.from(numbersOf(table, 'pressure').keys()).filter(row =>
      Number.isNaN(numbersOf(table, 'pressure')[row]),
    )
    expect(intervals.columns.map(({ name }) => name)).toEqual([
      'sensor',
      'fault',
      'from',
      'to',
      'readings',
      'magnitude',
    ])
    expect(missing).toHaveLength(10)
    expect([numbersOf(intervals, 'from')[0], numbersOf(intervals, 'to')[0]]).toEqual([missing[0]! + 1, missing[9]! + 1])
  })
})

it('asks for the entity where many rows share their time', () => {
  const faults = [faultChoiceSchema.parse({ kind: 'stuck', column: 'pressure' })]
  expect(injectFaults(plant(), { time: 'time', faults, seed: 1 }).notes).toEqual([
    expect.stringMatching(/^Many rows have the same time/),
  ])
  expect(inject(plant(), faults).notes).toEqual([])
})

describe('what cannot be done', () => {
  it.each<[string, () => unknown, RegExp, RegExp]>([
    [
      'a column that is not there',
      () => inject(plant(), [{ kind: 'bias', column: 'presure' }]),
      /no column “presure”/,
      /Did you mean “pressure”/,
    ],
    [
      'a column of texts',
      () => inject(plant(), [{ kind: 'bias', column: 'machine' }]),
      /cannot have a fault/,
      /temperature, pressure/,
    ],
    ['a constant', () => inject(plant(), [{ kind: 'bias', column: 'constant' }]), /never varies/, /units=own/],
    [
      'a time of texts',
      () => inject(plant(), [{ kind: 'stuck', column: 'pressure' }], { time: 'machine' }),
      /cannot be the time/,
      /dates/,
    ],
    [
      'a label that is there',
      () => inject(plant(), [{ kind: 'stuck', column: 'pressure' }], { label: 'count' }),
      /column “count” already/,
      /another name/,
    ],
  ])('says what to do about %s', (_, work, message, hint) => {
    expect(work).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), hint: expect.stringMatching(hint) }),
    )
  })
})

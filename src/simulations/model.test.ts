/** What a model promises whoever extends it. */
import { expect, test } from 'vitest'
import { agent, pointAgent } from './agent.ts'
import { Model } from './model.ts'

class Worker extends agent({ done: 'i32' }) {}
class Bird extends pointAgent({}) {}

class Diary extends Model<object> {
  readonly entries: (string | number)[][] = []
  note(what: string) {
    this.entries.push([what, this.time])
  }
  override step() {
    this.note('step')
  }
}

function started<M extends Model<object>>(type: new (start: { parameters: object; seed: number }) => M): M {
  return new type({ parameters: {}, seed: 1 })
}

test('what is due before a step acts before it, what is due at its time after it; now is when it is due', () => {
  class Planned extends Diary {
    override setup() {
      for (const time of [2, 0.5, 1, 1.75, 0]) this.at(time, () => this.note(`due ${time}`))
    }
  }
  const model = started(Planned)
  model.begin()
  expect(model.entries).toEqual([])
  model.advance()
  model.advance()
  expect(model.entries).toEqual([
    ['due 0', 0],
    ['due 0.5', 0.5],
    ['step', 1],
    ['due 1', 1],
    ['due 1.75', 1.75],
    ['step', 2],
    ['due 2', 2],
  ])
})

test('of events at one time the higher priority is first, then who was scheduled first; a cancelled one never acts', () => {
  class Planned extends Diary {
    override setup() {
      this.at(1, () => this.note('usual'))
      this.at(1, () => this.note('usual, later'))
      this.at(1, () => this.note('urgent'), 5)
      this.at(1, () => this.note('leisurely'), -1)
      const withdrawn = this.at(1, () => this.note('withdrawn'))
      this.at(0.5, () => {
        withdrawn.cancel()
      })
    }
  }
  const model = started(Planned)
  model.begin()
  model.advance()
  expect(model.entries.map(([what]) => what)).toEqual(['step', 'urgent', 'usual', 'usual, later', 'leisurely'])
})

test('events schedule events: at once, within the step, and round after round', () => {
  class Clock extends Diary {
    override setup() {
      const tick = () => {
        this.note('tick')
        this.after(0.75, tick)
      }
      this.after(0.75, tick)
      this.at(1, () => this.after(0, () => this.note('at once')))
    }
  }
  const model = started(Clock)
  model.begin()
  for (let step = 0; step < 3; step++) model.advance()
  expect(model.entries).toEqual([
    ['tick', 0.75],
    ['step', 1],
    ['at once', 1],
    ['tick', 1.5],
    ['step', 2],
    ['tick', 2.25],
    ['step', 3],
    ['tick', 3],
  ])
})

test('an event in the past is an error, and so are more events than a step can have', () => {
  class Endless extends Model<object> {
    override setup() {
      const again = () => this.after(0, again)
      this.after(3, again)
    }
  }
  const model = started(Endless)
  model.begin()
  model.advance()
  expect(() => model.at(0.5, () => undefined)).toThrow('An event was scheduled for 0.5, and it is 1.')
  expect(() => model.after(-1, () => undefined)).toThrow('scheduled for 0, and it is 1')
  expect(() => model.at(Number.NaN, () => undefined)).toThrow('scheduled for NaN')
  model.advance()
  expect(() => model.advance()).toThrow('events acted within one step')
})

test('rows are collected before the first step and after every so many, one or several at a time', () => {
  class Counting extends Model<object> {
    readonly workers = this.createPopulation(Worker)
    readonly sums = this.createTable(
      'sums',
      { workers: 'integer' },
      { every: 2, row: () => ({ workers: this.workers.size }) },
    )
    readonly each = this.createTable(
      'each',
      { worker: 'integer' },
      { every: 3, row: () => [...this.workers].map(({ id }) => ({ worker: id })) },
    )
    override step() {
      this.workers.add()
    }
  }
  const model = started(Counting)
  model.begin()
  for (let step = 0; step < 4; step++) model.advance()
  const tables = Object.fromEntries(
    model
      .takeBlocks(true)
      .map(({ name, columns }) => [
        name,
        columns.map(column => (column.storage === 'numbers' ? [...column.values] : [])),
      ]),
  )
  expect(tables).toEqual({
    sums: [
      [0, 2, 4],
      [0, 2, 4],
    ],
    each: [
      [3, 3, 3],
      [1, 2, 3],
    ],
  })
  expect(model.takeBlocks(true)).toEqual([])
})

test('the slots of the dead are free again only after the step, events and all', () => {
  class Passing extends Model<object> {
    readonly workers = this.createPopulation(Worker)
    readonly slots: number[] = []
    override setup() {
      this.workers.add()
      this.at(1, () => this.slots.push(this.workers.add().slot))
    }
    override step() {
      this.workers.find(1)?.remove()
      if (this.steps > 1) this.slots.push(this.workers.add().slot)
    }
  }
  const model = started(Passing)
  model.begin()
  model.advance()
  model.advance()
  expect(model.slots).toEqual([1, 0])
})

test('what happens every so often goes on until it is cancelled, also by itself', () => {
  class Watch extends Model<object> {
    readonly acted: number[] = []
    override setup() {
      const rounds = this.every(1.5, () => {
        this.acted.push(this.time)
        if (this.time > 4) rounds.cancel()
      })
    }
  }
  const model = started(Watch)
  model.begin()
  for (let step = 0; step < 9; step++) model.advance()
  expect(model.acted).toEqual([1.5, 3, 4.5])
  expect(() => model.every(0, () => undefined)).toThrow('every 0')
})

test('the last step is collected where it is asked for, and once', () => {
  class Kept extends Model<object> {
    readonly usual = this.createTable('usual', { at: 'integer' }, { every: 4, row: () => ({ at: this.steps }) })
    readonly whole = this.createTable(
      'whole',
      { at: 'integer' },
      { every: 4, last: true, row: () => ({ at: this.steps }) },
    )
  }
  for (const [steps, collected] of [
    [6, [0, 4, 6]],
    [8, [0, 4, 8]],
  ] as const) {
    const model = started(Kept)
    model.begin()
    for (let step = 0; step < steps; step++) model.advance()
    model.conclude()
    const [usual, whole] = model.takeBlocks(true).map(({ columns }) => columns[1])
    expect(usual).toMatchObject({ values: Float64Array.from(collected.filter(step => step % 4 === 0)) })
    expect(whole).toMatchObject({ values: Float64Array.from(collected) })
  }
})

test('a table that is made while the run goes on is an error', () => {
  const model = started(Diary)
  model.createTable('in time', {})
  model.begin()
  expect(() => model.createTable('late', {})).toThrow('made while the run goes on')
})

test('a model of events alone needs no step', () => {
  class Once extends Model<object> {
    readonly acted: number[] = []
    override setup() {
      this.at(1.5, () => this.acted.push(this.steps))
    }
  }
  const model = started(Once)
  model.begin()
  model.advance()
  model.advance()
  expect(model.acted).toEqual([1])
})

test('names are given once: to tables and to populations', () => {
  class Two extends Model<object> {
    readonly one = this.createPopulation(Worker)
    readonly other = this.createPopulation(Worker, undefined, 'helpers')
  }
  const model = started(Two)
  expect(model.populations.map(({ name }) => name)).toEqual(['worker', 'helpers'])
  expect(() => model.createPopulation(Worker)).toThrow('Two populations are called “worker”.')
  model.createTable('counts', {})
  expect(() => model.createTable('counts', {})).toThrow('Two tables are called “counts”.')
})

test.each([0, 1.5, Number.NaN])('a table that is collected every %d steps is an error', every => {
  expect(() => started(Diary).createTable('counts', {}, { every, row: () => ({}) })).toThrow(`every ${every} steps`)
})

test.each([{ width: 0 }, { width: Number.NaN }, { width: 5, height: -1 }, { width: Number.POSITIVE_INFINITY }])(
  'a plane of %j is an error',
  options => {
    expect(() => started(Diary).createPlane(options)).toThrow('cannot be made')
  },
)

test('populations in every kind of space count against the one limit of agents', () => {
  class Crowd extends Model<object> {
    readonly workers = this.createPopulation(Worker, this.createGrid({ width: 3 }))
    readonly birds = this.createPopulation(Bird, this.createPlane({ width: 3 }))
  }
  const model = new Crowd({ parameters: {}, seed: 1, mostAgents: 5 })
  model.workers.addMany(3)
  model.birds.addMany(2)
  expect(() => model.workers.add()).toThrow('The model has 5 agents, as many as it may have.')
  expect(model.workers.size).toBe(3)
  model.birds.find(1)!.remove()
  expect(model.workers.add().id).toBe(4)
})

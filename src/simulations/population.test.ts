/** Laws of populations, against plain objects, under any sequence of births, deaths and writes. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { agent } from './agent.ts'
import { Model } from './model.ts'

const moods = ['calm', 'hungry', 'afraid'] as const

class Animal extends agent({
  f64: 'f64',
  f32: 'f32',
  i32: 'i32',
  u32: 'u32',
  i16: 'i16',
  u16: 'u16',
  i8: 'i8',
  u8: 'u8',
  tame: 'bool',
  mood: moods,
}) {}

class Herd extends Model {
  readonly animals = this.createPopulation(Animal)
}

/** What an ordinary object would hold, were each number kept as its field keeps it. */
interface Reference {
  id: number
  values: Record<Field, unknown>
}

const kept = {
  f64: (value: number) => value,
  f32: Math.fround,
  i32: (value: number) => value | 0,
  u32: (value: number) => value >>> 0,
  i16: (value: number) => (value << 16) >> 16,
  u16: (value: number) => value & 0xffff,
  i8: (value: number) => (value << 24) >> 24,
  u8: (value: number) => value & 0xff,
  tame: (value: number) => value % 2 === 1,
  mood: (value: number) => moods[Math.abs(value % 3) | 0],
} as const
type Field = keyof typeof kept
const fields = Object.keys(kept) as Field[]

const newborn = { f64: 0, f32: 0, i32: 0, u32: 0, i16: 0, u16: 0, i8: 0, u8: 0, tame: false, mood: 'calm' }

const single = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('add' as const) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('remove' as const), who: fc.nat() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('write' as const),
      who: fc.nat(),
      field: fc.constantFrom(...fields),
      value: fc.integer(),
    }),
  },
)
type Single = typeof single extends fc.Arbitrary<infer T> ? T : never
const steps = fc.oneof(
  { weight: 8, arbitrary: single },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('settle' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('do' as const, 'shuffleDo' as const),
      nested: fc.boolean(),
      turns: fc.array(fc.array(single, { maxLength: 3 }), { minLength: 1, maxLength: 5 }),
    }),
  },
)

/** A population and a list of plain objects that the same things are done to. */
class Twins {
  readonly herd = new Herd({ parameters: {}, seed: 1 })
  readonly alive = new Map<number, { animal: Animal; reference: Reference }>()
  readonly diedInStep: { animal: Animal; reference: Reference }[] = []
  born = 0

  run(step: Single): void {
    if (step.act === 'add') {
      const animal = this.herd.animals.add()
      this.alive.set(animal.id, { animal, reference: { id: ++this.born, values: { ...newborn } } })
      return
    }
    if (this.alive.size === 0) return
    const { animal, reference } = [...this.alive.values()][step.who % this.alive.size]!
    if (step.act === 'remove') {
      animal.remove()
      this.alive.delete(reference.id)
      this.diedInStep.push({ animal, reference })
    } else {
      const { field } = step
      const value = kept[field](step.value)
      Object.assign(animal, { [field]: field === 'tame' || field === 'mood' ? value : step.value })
      reference.values[field] = value
    }
  }

  /** Lets all act, each doing what the next of `turns` says, and checks who did. */
  activate(how: 'do' | 'shuffleDo', turns: Single[][], nested: boolean): void {
    const due = new Set(this.alive.keys())
    const acted: number[] = []
    this.herd.animals[how](animal => {
      expect(animal.alive).toBe(true)
      expect(this.herd.actingAgent).toBe(animal)
      acted.push(animal.id)
      for (const step of turns[acted.length % turns.length]!) this.run(step)
      if (nested && acted.length === 2) this.activate('shuffleDo', turns, false)
      expect(this.herd.actingAgent).toBe(animal)
      for (const id of due) if (!this.alive.has(id) && !acted.includes(id)) due.delete(id)
    })
    expect(acted.toSorted((one, other) => one - other)).toEqual([...due])
    if (how === 'do') expect(acted).toEqual([...due])
  }

  settle(): void {
    this.herd.animals.settle()
    this.diedInStep.length = 0
  }

  check(): void {
    const { animals } = this.herd
    expect(animals.size).toBe(this.alive.size)
    expect([...animals].map(({ id }) => id)).toEqual([...this.alive.keys()])
    for (const { animal, reference } of [...this.alive.values(), ...this.diedInStep]) {
      expect(Object.fromEntries(fields.map(field => [field, animal[field]]))).toEqual(reference.values)
      expect(animal.alive).toBe(this.alive.has(reference.id))
      expect(animals.find(reference.id)).toBe(animal.alive ? animal : undefined)
    }
    const references = [...this.alive.values()].map(({ reference }) => reference.values)
    expect(animals.count(({ tame }) => tame)).toBe(references.filter(({ tame }) => tame).length)
    expect(animals.sum(({ i32 }) => i32)).toBe(references.reduce((sum, { i32 }) => sum + (i32 as number), 0))
  }
}

test('agents behave as plain objects do, whatever is added, removed, written and activated, in whatever order', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 120 }), script => {
      const twins = new Twins()
      for (const step of script) {
        if (step.act === 'settle') twins.settle()
        else if (step.act === 'do' || step.act === 'shuffleDo') twins.activate(step.act, step.turns, step.nested)
        else twins.run(step as Single)
        twins.check()
      }
    }),
    { numRuns: 200 },
  )
})

test('a population that outgrows its columns many times, with births while all act, keeps every value', () => {
  const { animals } = new Herd({ parameters: {}, seed: 1 })
  animals.addMany(50, (animal, index) => {
    animal.f64 = index / 7
    animal.mood = moods[index % 3]!
  })
  for (let step = 0; step < 6; step++) {
    animals.shuffleDo(animal => {
      const young = animals.add()
      young.f64 = animal.f64
      young.mood = animal.mood
    })
    if (step % 2 === 1) animals.select(animal => animal.id % 5 === 0).do(animal => animal.remove())
    animals.settle()
  }
  expect(animals.size).toBeGreaterThan(1000)
  for (const { f64, mood } of animals) expect(mood).toBe(moods[Math.round(f64 * 7) % 3])
})

test('a slot that is used again holds a newborn, not what its last owner was; whoever holds the dead one reads nothing', () => {
  const { animals } = new Herd({ parameters: {}, seed: 1 })
  const first = animals.add()
  Object.assign(first, { f64: 3.5, tame: true, mood: 'afraid' })
  first.remove()
  const beside = animals.add()
  expect(beside.slot).not.toBe(first.slot)
  expect(first.mood).toBe('afraid')
  animals.settle()
  const second = animals.add()
  expect(second.slot).toBe(0)
  expect([second.f64, second.tame, second.mood]).toEqual([0, false, 'calm'])
  first.f64 = 99
  expect([second.f64, first.f64, first.slot, first.alive]).toEqual([0, undefined, -1, false])
  first.remove()
  expect(animals.size).toBe(2)
})

test('shuffleDo gives every order equally often', () => {
  const { animals } = new Herd({ parameters: {}, seed: 7 })
  animals.addMany(3)
  const orders = new Map<string, number>()
  const rounds = 6000
  for (let round = 0; round < rounds; round++) {
    let order = ''
    animals.shuffleDo(({ id }) => {
      order += id
    })
    orders.set(order, (orders.get(order) ?? 0) + 1)
  }
  expect(orders.size).toBe(6)
  // χ² with 5 degrees of freedom: beyond 20.5 once in a thousand.
  const expected = rounds / 6
  expect([...orders.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(20.5)
})

test('pick gives each of the living equally often, and never one that died in this step', () => {
  const { animals } = new Herd({ parameters: {}, seed: 7 })
  animals.addMany(6)
  for (const id of [1, 4]) animals.find(id)!.remove()
  const picked = new Map<number, number>()
  for (let round = 0; round < 4000; round++) {
    const { id } = animals.pick()!
    picked.set(id, (picked.get(id) ?? 0) + 1)
  }
  expect([...picked.keys()].sort()).toEqual([2, 3, 5, 6])
  // χ² with 3 degrees of freedom: beyond 16.3 once in a thousand.
  expect([...picked.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(16.3)
  for (const animal of animals) animal.remove()
  expect(animals.pick()).toBeUndefined()
  expect(animals.mean(({ f64 }) => f64)).toBeNaN()
})

test('after an action threw, the model knows whose turn it was; after the step, nobody’s', () => {
  const herd = new Herd({ parameters: {}, seed: 1 })
  const { animals } = herd
  animals.addMany(5)
  const failing = (animal: Animal) => {
    if (animal.id === 3) throw new Error('torn')
  }
  expect(() => animals.do(failing)).toThrow('torn')
  expect(herd.actingAgent?.id).toBe(3)
  herd.advance()
  expect(herd.actingAgent).toBeUndefined()
  expect(() => animals.select(({ id }) => id > 1).do(failing)).toThrow('torn')
  expect(herd.actingAgent?.id).toBe(3)
})

test('agents of another population are not removed by this one, and stay alive', () => {
  class Two extends Model {
    readonly space = this.createGrid({ width: 3 })
    readonly flats = [this.createPopulation(Animal), this.createPopulation(Animal, undefined, 'others')] as const
    readonly cells = [
      this.createPopulation(Animal, this.space, 'here'),
      this.createPopulation(Animal, this.space, 'there'),
    ] as const
  }
  const { flats, cells } = new Two({ parameters: {}, seed: 1 })
  for (const [own, other] of [flats, cells]) {
    const stranger = other.add()
    expect(() => own.remove(stranger)).toThrow(`${other.name} 1 is none of “${own.name}”`)
    expect([stranger.alive, other.size, own.size]).toEqual([true, 1, 0])
  }
})

test('a field that a class declares a second time, with a value, is an error at the first birth', () => {
  class Eager extends agent({ energy: 'f32' }) {
    override energy = 10
  }
  const { population } = new (class extends Model {
    readonly population = this.createPopulation(Eager)
  })({ parameters: {}, seed: 1 })
  expect(() => population.add()).toThrow('“energy” a value where it declares it')
})

test('a word that is none of its field’s is an error that lists them', () => {
  const { animals } = new Herd({ parameters: {}, seed: 1 })
  const animal = animals.add()
  animal.mood = 'hungry'
  expect(() => Object.assign(animal, { mood: 'merry' })).toThrow('“merry” is none of calm, hungry, afraid.')
  expect(animal.mood).toBe('hungry')
})

test('a field of more words than a byte holds reads back each of them', () => {
  const words = Array.from({ length: 700 }, (_, at) => `word ${at}`)
  class Speaker extends agent({ word: words }) {}
  class Hall extends Model {
    readonly speakers = this.createPopulation(Speaker)
  }
  const { speakers } = new Hall({ parameters: {}, seed: 1 })
  speakers.addMany(700, (speaker, index) => {
    speaker.word = words[index]!
  })
  expect([...speakers].map(({ word }) => word)).toEqual(words)
})

test.each(['id', 'cell', 'alive', 'remove', 'moveTo', 'population', 'slot'])(
  'a field called %s, which every agent has already, is an error',
  name => {
    expect(() => agent({ [name]: 'f64' })).toThrow(`“${name}”`)
  },
)

test('a field of no words is an error', () => {
  class Mute extends agent({ word: [] }) {}
  class Hall extends Model {
    readonly mutes = this.createPopulation(Mute)
  }
  expect(() => new Hall({ parameters: {}, seed: 1 })).toThrow('A field is f64')
})

test('agents in no space cannot be moved', () => {
  const { animals } = new Herd({ parameters: {}, seed: 1 })
  expect(() => animals.add().moveTo(0)).toThrow('The agents of “animal” are in no space')
})

/** A population: all the living agents of one class in a model, their fields in columns. */
import { CultivarError } from '../model/error.ts'
import type { Agent, AgentClass } from './agent.ts'
import { AgentSet } from './agent-set.ts'
import { type FieldColumn, newColumn } from './fields.ts'
import { longer } from './longer.ts'
import type { ModelRandom } from './model-random.ts'

const firstCapacity = 64
/** Agents looked at before the first of them acts: so the waits for their memory, which lies anywhere, overlap instead of adding up. */
const together = 16
/** So few lie close to the processor anyway, and looking ahead costs more than it saves. */
const fewAgents = 5000

/** What a population needs of its model. */
export interface PopulationOwner {
  readonly random: ModelRandom
  /** Whose turn it is: an agent’s, or that of the agent which this population has come to. */
  acting: Agent | Population | undefined
  /** Called before each birth. @throws CultivarError `too-large` where the model has as many agents as it may have. */
  admit(): void
}

export class Population<A extends Agent = Agent> implements Iterable<A> {
  readonly name: string
  readonly type: AgentClass<A>
  readonly columns: FieldColumn[]
  /** How many are alive. */
  size = 0
  protected readonly owner: PopulationOwner
  /** Agents by slot; what lies in a free slot died. */
  protected readonly bySlot: A[] = []
  protected capacity = firstCapacity
  readonly #create: AgentMaker<A>
  /** By slot, 1 for who is alive: to end a step is to look at all of them, and bytes are nearer than agents. */
  #living = new Uint8Array(firstCapacity)
  readonly #freeSlots: number[] = []
  /** Died in this step: their slots are not used again before it has ended, so that whoever holds them reads their last values. */
  readonly #died: Agent[] = []
  /** Slots in order of birth; among them some that died in this step. */
  #order = new Int32Array(firstCapacity)
  #ordered = 0
  #turns: Int32Array = new Int32Array(firstCapacity)
  /** Place in `#turns` of whose turn it is; −1 between activations. A number, for a reference would cost a write barrier each turn. */
  #turn = -1
  #born = 0

  constructor(name: string, type: AgentClass<A>, owner: PopulationOwner) {
    this.name = name
    this.type = type
    this.owner = owner
    this.#create = makerOf(type)
    this.columns = Object.values(type.fields).map(kind => newColumn(kind, firstCapacity))
  }

  /** A newborn. It does not act in an activation that is under way. */
  add(): A {
    this.owner.admit()
    const free = this.#freeSlots.pop()
    const slot = free ?? this.bySlot.length
    if (slot === this.capacity) this.grow(2 * this.capacity)
    if (free !== undefined) for (let at = 0; at < this.columns.length; at++) this.columns[at]![slot] = 0
    const born = this.#create(this as unknown as Population, slot, ++this.#born)
    this.bySlot[slot] = born
    this.#living[slot] = 1
    if (this.#ordered === this.#order.length) this.#order = longer(this.#order, 2 * this.#ordered)
    this.#order[this.#ordered++] = slot
    this.size++
    if (born.id === 1) this.#checkFields(born)
    return born
  }

  /** What a class gives its fields where it declares them would lie beside the columns, and be read by nobody else. */
  #checkFields(born: A): void {
    const covered = Object.keys(this.type.fields).find(name => Object.hasOwn(born, name))
    if (covered === undefined) return
    throw new CultivarError(
      'bad-input',
      `The class of “${this.name}” gives its field “${covered}” a value where it declares it.`,
      `Fields are declared by agent({ … }) alone; give newborn agents their values: const born = this.${this.name}.add(); born.${covered} = …`,
    )
  }

  /** So many newborn, each given to `begin` with its place in the row: 0, 1, 2 … */
  addMany(count: number, begin?: (agent: A, index: number) => void): void {
    for (let index = 0; index < count; index++) {
      const born = this.add()
      begin?.(born, index)
    }
  }

  remove(agent: Agent): void {
    if (!agent.alive) return
    if (!this.isOwn(agent)) this.#refuse(agent)
    ;(agent as { alive: boolean }).alive = false
    this.#living[agent.slot] = 0
    this.#died.push(agent)
    this.size--
  }

  protected isOwn({ population }: Agent): boolean {
    return (population as unknown) === this
  }

  #refuse({ population, id }: Agent): never {
    throw new RangeError(`${population.name} ${id} is none of “${this.name}”: agents are removed by agent.remove().`)
  }

  /** Each that is alive now, in order of birth. Who is born meanwhile is not called; who dies before its turn neither. */
  do(action: (agent: A) => void): void {
    this.#call(this.#take(), this.#ordered, action)
  }

  /** The same in random order. */
  shuffleDo(action: (agent: A) => void): void {
    const turns = this.#take()
    this.owner.random.shuffleFirst(turns, this.#ordered)
    this.#call(turns, this.#ordered, action)
  }

  /** Copies the order, so that births and deaths do not disturb who has a turn. */
  #take(): Int32Array {
    // An activation within an activation of the same population has turns of its own.
    if (this.#turn >= 0) return this.#order.slice(0, this.#ordered)
    if (this.#turns.length < this.#ordered) this.#turns = new Int32Array(this.#order.length)
    this.#turns.set(this.#order.subarray(0, this.#ordered))
    return this.#turns
  }

  #call(turns: Int32Array, count: number, action: (agent: A) => void): void {
    const { bySlot, owner } = this
    const before = this.#turn
    const turnsBefore = this.#turns
    const actingBefore = owner.acting
    this.#turns = turns
    owner.acting = this as unknown as Population
    const group = count < fewAgents ? count : together
    for (let first = 0; first < count; first += group) {
      const end = Math.min(first + group, count)
      if (group === together && !this.#anyAlive(turns, first, end)) continue
      for (let turn = first; turn < end; turn++) {
        const agent = bySlot[turns[turn]!]!
        if (!agent.alive) continue
        this.#turn = turn
        action(agent)
      }
    }
    // Not where an action threw: an error names whose turn it was.
    this.#turn = before
    this.#turns = turnsBefore
    owner.acting = actingBefore
  }

  /** Looks at every one of them, though the first may be enough. */
  #anyAlive(turns: Int32Array, first: number, end: number): boolean {
    let living = 0
    for (let turn = first; turn < end; turn++) if (this.bySlot[turns[turn]!]!.alive) living++
    return living > 0
  }

  /** The one that an activation has come to, or had come to when an action threw. */
  get current(): A | undefined {
    return this.#turn < 0 ? undefined : this.bySlot[this.#turns[this.#turn]!]
  }

  /** Says whose turn it is, and gives whose it was: a set of agents calls it for each. */
  startTurn(acting: PopulationOwner['acting']): PopulationOwner['acting'] {
    const before = this.owner.acting
    this.owner.acting = acting
    return before
  }

  /** Ends a step: the slots of the dead are free for others. The model calls it. */
  settle(): void {
    const died = this.#died
    // Nobody acts between steps, also where the model caught what an action threw.
    this.#turn = -1
    if (died.length === 0) return
    const order = this.#order
    let kept = 0
    for (let at = 0; at < this.#ordered; at++) {
      const slot = order[at]!
      if (this.#living[slot] === 1) order[kept++] = slot
    }
    this.#ordered = kept
    for (let at = 0; at < died.length; at++) {
      const agent = died[at] as { slot: number }
      this.#freeSlots.push(agent.slot)
      agent.slot = -1
    }
    died.length = 0
  }

  /** In order of birth. */
  *[Symbol.iterator](): Generator<A> {
    const slots = this.#order.slice(0, this.#ordered)
    for (const slot of slots) if (this.bySlot[slot]!.alive) yield this.bySlot[slot]!
  }

  /** All that are alive now, in order of birth. */
  all(): AgentSet<A> {
    return new AgentSet([...this], this.owner.random)
  }

  /** Those of which it is true, in order of birth; the first `atMost` of them. */
  select(test: (agent: A) => boolean, atMost?: number): AgentSet<A> {
    return this.all().select(test, atMost)
  }

  count(test: (agent: A) => boolean): number {
    let count = 0
    for (let at = 0; at < this.#ordered; at++) {
      const agent = this.bySlot[this.#order[at]!]!
      if (agent.alive && test(agent)) count++
    }
    return count
  }

  sum(of: (agent: A) => number): number {
    let sum = 0
    for (let at = 0; at < this.#ordered; at++) {
      const agent = this.bySlot[this.#order[at]!]!
      if (agent.alive) sum += of(agent)
    }
    return sum
  }

  /** NaN where there is none. */
  mean(of: (agent: A) => number): number {
    return this.sum(of) / this.size
  }

  /** One of them, each equally likely; undefined where there is none. */
  pick(): A | undefined {
    if (this.size === 0) return undefined
    for (;;) {
      const drawn = this.bySlot[this.#order[this.owner.random.int(this.#ordered)]!]!
      if (drawn.alive) return drawn
    }
  }

  /** The living one of this id; undefined where it died or was never born. */
  find(id: number): A | undefined {
    // The order of birth is that of the ids.
    let low = 0
    let high = this.#ordered - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const agent = this.bySlot[this.#order[middle]!]!
      if (agent.id === id) return agent.alive ? agent : undefined
      if (agent.id < id) low = middle + 1
      else high = middle - 1
    }
    return undefined
  }

  /** @throws CultivarError `bad-input`: a population without a space has no places. */
  place(_agent: Agent, _cell: number): void {
    throw new CultivarError(
      'bad-input',
      `The agents of “${this.name}” are in no space, and one was moved.`,
      `Give the population a space: createPopulation(${this.type.name}, grid).`,
    )
  }

  protected grow(capacity: number): void {
    for (const [at, column] of this.columns.entries()) this.columns[at] = longer(column, capacity)
    this.#living = longer(this.#living, capacity)
    this.capacity = capacity
  }
}

type AgentMaker<A extends Agent> = (population: Population, slot: number, id: number) => A

const makers = new WeakMap<AgentClass, AgentMaker<Agent>>()

/** A function for each class: one that made agents of several would be compiled for none of them, and births would take longer. */
function makerOf<A extends Agent>(type: AgentClass<A>): AgentMaker<A> {
  const known = makers.get(type as AgentClass) as AgentMaker<A> | undefined
  if (known) return known
  const maker: AgentMaker<A> = (population, slot, id) => new type(population, slot, id)
  makers.set(type as AgentClass, maker as AgentMaker<Agent>)
  return maker
}

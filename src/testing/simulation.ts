/** Whole histories of a run in virtual time, drawn from one number, with every invariant checked at every step. */
import type { AnyCritic } from '../engine/define.ts'
import { grow } from '../engine/grow.ts'
import type { Advance, Lease, RunStore } from '../engine/ports.ts'
import { type PreparedRun, prepareRun } from '../engine/prepare-run.ts'
import type { RunPlugins } from '../engine/run-plugins.ts'
import { CultivarError } from '../model/error.ts'
import { type Recipe, recipe as recipeSchema } from '../model/recipe.ts'
import type { Feedback, RunEnd } from '../model/run.ts'
import { type RandomStream, randomStream } from '../stats/random-stream.ts'
import { SimulatedModel, type SimulatedTemper } from './simulated-model.ts'
import { simulatedPlugins } from './simulated-plugins.ts'
import { Incarnation, reading, type StoreWatch, type StoreWeather, storeSeenBy } from './simulated-store.ts'
import { type Facts, findDifference, findViolation, Violation } from './simulation-invariants.ts'
import { VirtualClock } from './virtual-clock.ts'

/** A store of its own for one history, and a way to look into it from outside. */
export interface SimulatedDatabase {
  runs: RunStore
  /** Creates the project that the history grows. */
  createProject(name: string): Promise<void>
  facts(run: string): Promise<Facts>
  /** A person decides on one of the candidates selected so far, if there are any: rejects it, edits it, or takes in what was not kept. */
  decide(project: string, choice: number): Promise<void>
  /** Copies the ledger into this database. */
  takeLedger(from: SimulatedDatabase): Promise<void>
  close(): Promise<void>
}

export interface SimulationResult {
  end: RunEnd
  kept: number
  lives: number
  deaths: number
  /** Deaths by the transaction they fell into. */
  deathsIn: Record<string, number>
  /** Calls under way when the process died, added up. */
  inFlightAtDeath: number
}

/** After so many lives the weather is fine, so that every history ends. */
const stormyLives = 14
const mostLives = 60
/** More than any life needs. */
const mostTimers = 100_000

/** Throws Violation, naming the seed, if anything the engine promises does not hold. */
export async function simulate(
  seed: number,
  open: () => Promise<SimulatedDatabase>,
  unique: AnyCritic,
): Promise<SimulationResult> {
  const [database, replay] = [await open(), await open()]
  try {
    return await new Simulation(seed, database, unique).run(replay)
  } catch (error) {
    if (error instanceof Violation) throw error
    throw new Violation(
      `the engine threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      seed,
    )
  } finally {
    await database.close()
    await replay.close()
  }
}

/** The lease that a fenced transaction comes with. */
function leaseIn(name: keyof RunStore, input: unknown[]): Lease | undefined {
  if (name === 'advance') return (input[0] as Advance).lease
  return name === 'planRound' || name === 'renewLease' || name === 'closeRun' ? (input[0] as Lease) : undefined
}

const calm = { transient: 0, lost: 0, rateLimit: 0, request: 0, refused: 0, malformed: 0, hang: 0 }

async function* nothing(): AsyncGenerator<never> {
  yield* []
}

class Simulation {
  readonly #seed: number
  readonly #random: RandomStream
  readonly #clock = new VirtualClock()
  readonly #database: SimulatedDatabase
  readonly #unique: AnyCritic
  readonly #temper: SimulatedTemper
  readonly #recipe: Recipe
  readonly #acknowledged = new Set<string>()
  readonly #teachers: { life: Incarnation; models: SimulatedModel[] }[] = []
  #run = ''
  #budget: PreparedRun['budget']
  #targets: Record<string, number> = {}
  #facts: Facts | undefined
  #broken: Violation | undefined
  readonly #result: SimulationResult = {
    end: { state: 'failed', reason: '', hint: '' },
    kept: 0,
    lives: 0,
    deaths: 0,
    deathsIn: {},
    inFlightAtDeath: 0,
  }

  constructor(seed: number, database: SimulatedDatabase, unique: AnyCritic) {
    const random = randomStream(`simulation ${seed}`)
    this.#seed = seed
    this.#random = random
    this.#database = database
    this.#unique = unique
    const share = (most: number) => (random.int(3) === 0 ? 0 : random.float() * most)
    this.#temper = {
      vocabulary: random.int(4) === 0 ? 5 + random.int(10) : 200,
      faults: {
        transient: share(0.2),
        lost: share(0.1),
        rateLimit: share(0.2),
        request: share(0.05),
        refused: share(0.1),
        malformed: share(0.1),
        hang: share(0.03),
      },
      rejectShare: share(0.5),
      latencyMs: 10 + random.int(3000),
      concurrency: 1 + random.int(16),
    }
    const cells = ['oak', 'elm', 'ash'].slice(0, 1 + random.int(3))
    this.#targets = Object.fromEntries(cells.map(cell => [cell, 4 + random.int(24)]))
    this.#recipe = recipeSchema.parse({
      project: 'grove',
      generator: 'simulated',
      params: { perUnit: 1 + random.int(4) },
      target: this.#targets,
      seed,
      rounds: { size: 2 + random.int(12), stall: 2 + random.int(2) },
      limits: { attempts: 2 + random.int(3), drainMs: random.int(2) * 5000 },
    })
    this.#budget =
      random.int(3) === 0
        ? { calls: 5 + random.int(60), tokens: 20_000 + random.int(60_000), nanoUsd: 200_000 + random.int(500_000) }
        : {}
  }

  async run(replay: SimulatedDatabase): Promise<SimulationResult> {
    await this.#database.createProject('grove')
    for (;;) {
      if (++this.#result.lives > mostLives) throw this.#violation(`it did not end in ${mostLives} lives`)
      const end = await this.#live()
      if (end === undefined) continue
      this.#result.end = end
      if (end.state === 'budget')
        this.#budget = Object.fromEntries(
          Object.entries(this.#budget).map(([unit, most]) => [unit, Math.ceil((most as number) * 1.7)]),
        )
      else if (end.state === 'done' || end.state === 'short') break
    }
    await this.#inspect()
    const facts = this.#facts as Facts
    this.#result.kept = facts.kept.length
    if (this.#result.end.state === 'done') {
      for (const [cell, target] of Object.entries(this.#targets)) {
        const kept = facts.kept.filter(record => record.cell === cell).length
        if (kept !== target) throw this.#violation(`cell ${cell} ended done with ${kept} of ${target}`)
      }
    }
    await this.#replay(replay, facts)
    return this.#result
  }

  /** One process, until it ends, dies or falls asleep. Undefined if it did not come to an end of its own. */
  async #live(): Promise<RunEnd | undefined> {
    const random = this.#random.fork(`life ${this.#result.lives}`)
    const stormy = this.#result.lives < stormyLives
    const life = new Incarnation(this.#result.lives, this.#clock)
    const fate = stormy ? random.int(6) : 0
    const weather: StoreWeather = stormy
      ? {
          failShare: random.float() * 0.05,
          lostShare: random.float() * 0.05,
          latencyMs: random.int(40),
          fullUntilMs: random.int(8) === 0 ? this.#clock.now() + random.int(60_000) : 0,
        }
      : { failShare: 0, lostShare: 0, latencyMs: 5, fullUntilMs: 0 }
    const models = this.#modelsFor(life, random, stormy)
    const cancel = new AbortController()
    if (fate === 1) this.#at(random.int(20_000), () => cancel.abort())
    if (fate === 2) this.#at(random.int(20_000), () => this.#die(life, 'between', models))
    if (fate === 3)
      this.#at(random.int(10_000), () => (life.asleepUntilMs = this.#clock.now() + 30_000 + random.int(60_000)))
    for (let decisions = 0; decisions < 3; decisions++)
      this.#at(random.int(15_000), () => void this.#database.decide('grove', random.int(1000)))
    const dieAt = fate >= 4 ? random.int(60) : -1
    const watch = this.#watch(life, models, dieAt, random.int(2) === 0)

    let ended: { end?: RunEnd; error?: unknown } | undefined
    const store = storeSeenBy(life, this.#database.runs, this.#clock, random.fork('store'), weather, watch)
    const prepared = await this.#prepare(models)
    this.#run = prepared.run.id
    const growing = grow({
      prepared: { ...prepared, budget: this.#budget },
      plugins: this.#plugins(models),
      store,
      clock: life.clock(),
      holder: life.holder,
      // Only a process known to be dead loses its lease at once.
      isAlive: holder => !this.#teachers.some(other => other.life.holder.token === holder.token && other.life.over),
      limits: { ...this.#recipe.limits, concurrency: [1, 8, 64, 3][random.int(4)] as number },
      signal: cancel.signal,
    })
    growing.then(
      ({ end }) => (ended = { end }),
      error => (ended = { error }),
    )
    const asleep = () => life.asleepUntilMs > this.#clock.now()
    await this.#untilOver(() => ended !== undefined || life.over || asleep())
    // A sleeper is left alone for longer than its lease lasts, or wakes as if nothing had been.
    if (!ended && !life.over && asleep()) {
      if (random.int(2) === 0) await this.#passTime(25_000)
      else await this.#untilOver(() => ended !== undefined || life.over)
    }
    if (ended?.error !== undefined) return this.#afterError(ended.error)
    return ended?.end && ended.end.state !== 'cancelled' && ended.end.state !== 'provider-failed'
      ? ended.end
      : undefined
  }

  #modelsFor(life: Incarnation, random: RandomStream, stormy: boolean): SimulatedModel[] {
    const temper = stormy
      ? this.#temper
      : { ...this.#temper, faults: { ...calm, request: this.#temper.faults.request } }
    const models = ['teacher', 'judge'].map(name => new SimulatedModel(name, life.clock(), random.fork(name), temper))
    if (stormy && random.int(5) === 0) {
      const kind = (['rate-limit', 'transient', 'quota', 'account'] as const)[random.int(4)] as 'quota'
      const outage = {
        untilMs: this.#clock.now() + 5000 + random.int(30_000),
        fault: { kind, message: `outage: ${kind}` },
      }
      this.#at(random.int(10_000), () => ((models[0] as SimulatedModel).outage = outage))
    }
    this.#teachers.push({ life, models })
    return models
  }

  #watch(life: Incarnation, models: SimulatedModel[], dieAt: number, after: boolean): StoreWatch {
    let transactions = 0
    // Transactions that began when somebody else had taken over: they must not commit.
    const outdated = new Set<unknown[]>()
    for (const model of models) model.onSend = () => void (life.over || this.#checkReserved(life, models))
    return {
      before: (name, input) => {
        const lease = leaseIn(name, input)
        if (lease && this.#facts && lease.fence < this.#facts.fence) outdated.add(input)
        if (transactions++ !== dieAt) return 'go on'
        this.#die(life, name, models)
        life.over = false
        return after ? 'die after' : 'die before'
      },
      committed: async (name, input) => {
        if (outdated.has(input)) throw this.#violation(`${name} went through although another process had taken over`)
        if (!reading.has(name)) await this.#inspect()
      },
      acknowledged: (name, input, output) => {
        if (name === 'settleAttempts')
          for (const { key, call } of input[0] as { key: string; call?: object }[])
            if (call) this.#acknowledged.add(key)
        if (name !== 'openAttempts') return
        for (const [i, { key }] of (input[0] as { key: string }[]).entries()) {
          if ((output as { kind: string }[])[i]?.kind === 'opened' && this.#acknowledged.has(key))
            throw this.#violation(`call ${key} is sent again though its reply was stored`)
        }
      },
    }
  }

  #die(life: Incarnation, where: string, models: SimulatedModel[]): void {
    if (life.over) return
    life.over = true
    this.#result.deaths++
    this.#result.deathsIn[where] = (this.#result.deathsIn[where] ?? 0) + 1
    this.#result.inFlightAtDeath += models.reduce((sum, model) => sum + model.inFlight, 0)
  }

  /** No call is under way without a durable reservation. */
  #checkReserved(life: Incarnation, models: SimulatedModel[]): void {
    const sent = models.reduce((sum, model) => sum + model.inFlight, 0)
    // Whoever was taken over has had its open attempts charged in full already.
    const open = this.#facts?.openAttempts[life.holder.token]
    if (open !== undefined && sent > open)
      throw this.#violation(`${sent} calls are under way, but only ${open} are reserved`)
  }

  async #inspect(): Promise<void> {
    const before = this.#facts
    this.#facts = await this.#database.facts(this.#run)
    const what = findViolation(this.#facts, before, { budget: this.#budget, targets: this.#targets })
    if (what) throw this.#violation(what)
  }

  /** Being refused or taken over is part of life; whoever was refused comes back later. */
  async #afterError(error: unknown): Promise<undefined> {
    const expected = ['run-held', 'run-taken-over', 'storage-unavailable', 'storage-full']
    if (!(error instanceof CultivarError && expected.includes(error.code))) throw error
    await this.#passTime(10_000)
  }

  /** The same run on a calm day, one unit at a time, from what was recorded: it must select the same. */
  async #replay(database: SimulatedDatabase, facts: Facts): Promise<void> {
    await database.createProject('grove')
    await database.takeLedger(this.#database)
    const life = new Incarnation(0, this.#clock)
    const random = randomStream('replay')
    const temper = { ...this.#temper, faults: { ...calm, request: 1 } }
    const models = ['teacher', 'judge'].map(name => new SimulatedModel(name, this.#clock, random, temper))
    const failed = new Set(
      facts.units.filter(unit => unit.state === 'failed').map(unit => `${unit.cell} ${unit.cellOrdinal}`),
    )
    const plugins = this.#plugins(models, failed)
    const feedback: (Feedback | undefined)[] = facts.rounds.map(round => round.feedback)
    let planned = 0
    const store: RunStore = {
      ...database.runs,
      readFeedback: async () => feedback[planned] ?? {},
      planRound: async (lease, round, units) => {
        planned = round.number + 1
        await database.runs.planRound(lease, round, units)
      },
    }
    let ended: unknown
    const prepared = await this.#prepare(models)
    grow({
      prepared,
      plugins,
      store,
      clock: this.#clock,
      holder: life.holder,
      limits: { ...this.#recipe.limits, concurrency: 1 },
    }).then(
      result => (ended = result),
      error => (ended = error),
    )
    await this.#untilOver(() => ended !== undefined)
    if (ended instanceof Error) throw ended
    const what = findDifference(facts, await database.facts(this.#run))
    if (what) throw this.#violation(what)
  }

  #prepare(models: SimulatedModel[]): Promise<PreparedRun> {
    return prepareRun({
      recipe: this.#recipe,
      plugins: this.#plugins(models),
      position: 0,
      decisions: 0,
      existing: () => 0,
      records: nothing,
      readText: () => Promise.reject(new Error('nothing to read')),
      findRun: async () => undefined,
    })
  }

  #plugins(models: SimulatedModel[], failed = new Set<string>()): RunPlugins {
    const [teacher, judge] = models as [SimulatedModel, SimulatedModel]
    return simulatedPlugins({
      cells: Object.keys(this.#targets),
      perUnit: this.#recipe.params['perUnit'] as number,
      usesFeedback: this.#seed % 2 === 0,
      teacher,
      judge: this.#seed % 3 === 0 ? undefined : judge,
      unique: this.#unique,
      failed,
    })
  }

  #at(afterMs: number, happen: () => void): void {
    void this.#clock.sleep(afterMs).then(happen)
  }

  /** Lets time pass until it is over, or until something was seen that must not be. */
  async #untilOver(isOver: () => boolean): Promise<void> {
    await this.#clock.run(() => this.#broken !== undefined || isOver(), mostTimers)
    if (this.#broken) throw this.#broken
  }

  async #passTime(ms: number): Promise<void> {
    let over = false
    this.#at(ms, () => (over = true))
    await this.#untilOver(() => over)
  }

  /** Remembered as well, since the engine may make a unit’s failure of whatever is thrown into it. */
  #violation(what: string): Violation {
    this.#broken ??= new Violation(what, this.#seed)
    return this.#broken
  }
}

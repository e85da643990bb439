/** Thousands of decisions made while a run goes on, stops and goes on again: none is lost, and the run selects what it would have selected alone. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { thisProcess } from '../../src/app/process-holder.ts'
import { systemClock } from '../../src/app/system-clock.ts'
import { unique } from '../../src/critics/unique.ts'
import { promptGenerator } from '../../src/engine/define.ts'
import { grow } from '../../src/engine/grow.ts'
import type { LanguageModel } from '../../src/engine/ports.ts'
import { prepareRun } from '../../src/engine/prepare-run.ts'
import type { Decision } from '../../src/model/decision.ts'
import { project as projectSchema } from '../../src/model/project.ts'
import { recipe as recipeSchema } from '../../src/model/recipe.ts'
import type { Feedback } from '../../src/model/run.ts'
import { randomStream } from '../../src/stats/random-stream.ts'
import { openPostgres } from '../../src/stores/postgres.ts'
import { runStore } from '../../src/stores/run-store.ts'
import { type WorkspaceStore, workspaceStore } from '../../src/stores/workspace-store.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { teacher } from '../../src/testing/teacher.ts'
import { allOf } from '../all-of.ts'
import { type TestDatabase, testDatabases } from '../databases.ts'

const name = 'grove'
const project = projectSchema.parse({ name })
const target = 600
const manyDecisions = 5000
/** How many times the run stops and goes on. */
const stops = 3

describe.each(testDatabases())('While a run goes on, on $name,', kind => {
  it('5,000 decisions are all stored, and it keeps byte for byte what it keeps without a reviewer', async () => {
    const alone = await plant(kind)
    const undisturbed = await alone.finish()
    expect(undisturbed).toHaveLength(target)

    const grove = await plant(kind)
    const reviewer = new Reviewer(grove.store, manyDecisions)
    const [kept] = await Promise.all([grove.finish(reviewer), reviewer.review()])
    expect(kept).toEqual(undisturbed)
    expect(grove.lives).toBe(stops + 1)
    await reviewer.expectNothingLost()
  })

  it('its next rounds are told what a person rejected, and nothing else is', async () => {
    const grove = await plant(kind, { usesFeedback: true })
    const reviewer = new Reviewer(grove.store, 300)
    await Promise.all([grove.finish(reviewer), reviewer.review()])
    const rejected = new Set(
      (await grove.store.listDecisions(name, 1000))
        .filter(({ kind }) => kind === 'reject')
        .flatMap(({ record }) => [...reviewer.textsOf(record)]),
    )
    const told = (await grove.feedback()).flatMap(feedback => feedback['all']?.disliked ?? [])
    expect(told.length).toBeGreaterThan(0)
    expect(told.filter(text => !rejected.has(text))).toEqual([])
    await reviewer.expectNothingLost()
  })
})

/** A project of a few imports, and a run with a teacher that repeats itself. */
async function plant(kind: TestDatabase, { usesFeedback = false } = {}) {
  const { database, address, close } = await kind.open()
  onTestFinished(close)
  // Within one process, an SQLite connection that waits for another's lock would keep it from letting go: they share one.
  const own = database.dialect === 'sqlite' ? database : openPostgres(address)
  if (own !== database) onTestFinished(() => own.close())
  const runs = runStore(own)
  const store = workspaceStore(database)
  await store.createProject(project, 1)
  await store.addRecords(
    name,
    Array.from({ length: 40 }, (_, i) => imported(`seed ${i}`, i)),
    1,
  )

  const recipe = recipeSchema.parse({
    ...{
      project: name,
      generator: 'texts',
      target,
      rounds: usesFeedback ? { size: 8 } : {},
      limits: { concurrency: 6 },
    },
  })
  const generator = promptGenerator({
    ...{ kind: 'texts', summary: 'asks for texts', params: z.strictObject({}), prompts: ['texts@1'], usesFeedback },
    units: () => ({ cells: ['all'], material: null, perUnit: 5, notes: [] }),
    prompt: ({ cellOrdinal, asks, feedback }) => ({
      prompt: 'texts@1',
      messages: [
        { role: 'user', content: `Part ${cellOrdinal}: write ${asks} texts. Not like: ${feedback.disliked.join(' ')}` },
      ],
      schema: z.object({ texts: z.array(z.string()) }),
      maxOutputTokens: 2000,
    }),
    parse: ({ texts }) => texts.map(text => ({ fields: { text } })),
  })
  // With feedback what is asked depends on when people decide: there must be enough to say however that falls.
  const answer = teacher({ vocabulary: usesFeedback ? 9000 : 900 })
  const steady = scriptedModel({ script: request => answer({ ...request, ordinal: 0, repeat: 0 }), clock: systemClock })
  const grove = {
    store,
    lives: 0,
    /** Grows the run to its end; with a reviewer at work, it stops several times on the way. */
    async finish(reviewer?: Reviewer): Promise<string[]> {
      const plugins = {
        ...{ project, generator, params: {}, critics: [{ critic: unique, params: unique.params.parse({}) }] },
        teacher: reviewer ? pacedBy(reviewer, steady) : steady,
      }
      for (let state = 'cancelled'; state !== 'done'; grove.lives++) {
        const { nextPosition, decisions } = (await store.findProject(name))!
        const prepared = await prepareRun({
          ...{ recipe, plugins, position: nextPosition, decisions, existing: () => 0, findRun: store.findRun },
          records: () => store.streamRecords(name),
          readText: () => Promise.reject(new Error('nothing to read')),
        })
        const stop = new AbortController()
        if (reviewer && grove.lives < stops) reviewer.after((grove.lives + 1) / (stops + 1), () => stop.abort())
        const holder = { ...thisProcess(systemClock.now()), token: `life ${grove.lives}` }
        const { end } = await grow({
          ...{ prepared, plugins, store: runs, clock: systemClock, holder, limits: recipe.limits, signal: stop.signal },
        })
        expect(['done', 'cancelled'], end.reason).toContain(end.state)
        state = end.state
      }
      return sequence()
    },
    /** What each round was told. */
    feedback: async (): Promise<Feedback[]> =>
      (
        await database.read(connection => connection.selectFrom('round').select('feedback').orderBy('number').execute())
      ).map(({ feedback }) => JSON.parse(feedback)),
  }

  /** All that was kept, in order and to the byte, as it was kept. */
  async function sequence(): Promise<string[]> {
    const rows = await database.read(connection =>
      connection.selectFrom('record').selectAll().where('outcome', '=', 'kept').orderBy('position').execute(),
    )
    const was = new Map<string, string>()
    for (const { record, before } of await store.listDecisions(name, manyDecisions * 2)) {
      if (before.content) was.set(record, JSON.stringify(before.content))
    }
    return rows.map(({ id, content, cell, unit, item, origin, verdicts, seeds }) =>
      JSON.stringify({ id, content: was.get(id) ?? content, cell, unit, item, origin, verdicts, seeds }),
    )
  }

  return grove
}

/** Answers as fast as the reviewer decides: the run lasts as long as the review. */
function pacedBy(reviewer: Reviewer, model: LanguageModel): LanguageModel {
  /** About as many calls as the run needs. */
  const calls = target / 5
  let sent = 0
  return {
    ...model,
    async send(request, signal) {
      const due = Math.min(1, sent++ / calls)
      while (reviewer.progress < due && !signal.aborted) await systemClock.sleep(1)
      return model.send(request, signal)
    },
  }
}

/** Decides at random, a few records at a time, on whatever is there, and remembers what should have come of it. */
class Reviewer {
  readonly #store: WorkspaceStore
  readonly #many: number
  readonly #random = randomStream('a reviewer')
  readonly #texts = new Map<string, Set<string>>()
  readonly #waiting: { share: number; happen: () => void }[] = []
  #made = 0
  #stored = 0

  constructor(store: WorkspaceStore, many: number) {
    this.#store = store
    this.#many = many
  }

  /** Share of the decisions made. */
  get progress(): number {
    return this.#made / this.#many
  }

  /** Every text the record had when it was decided on. */
  textsOf(record: string): Set<string> {
    return this.#texts.get(record) ?? new Set()
  }

  after(share: number, happen: () => void): void {
    this.#waiting.push({ share, happen })
  }

  async review(): Promise<void> {
    const random = this.#random
    while (this.#made < this.#many) {
      const dataset = await allOf(this.#store.streamRecords(name))
      const candidates = await this.#outside()
      // Each decides on a few hundred, so that reading them is not most of the work.
      for (let batch = 0; batch < 20 && this.#made < this.#many; batch++) {
        // A synchronous database would leave the run no turn.
        await systemClock.sleep(1)
        if (random.int(8) === 0 && this.#stored > 0) {
          const undone = await this.#store.undo(name, { last: 1 }, 'ada', 1).catch(() => [])
          this.#count(undone.length, undone.length)
          continue
        }
        const size = Math.min(this.#many - this.#made, 1 + random.int(30))
        const decisions = Array.from({ length: size }, (_, i): Decision => {
          const candidate = i === 0 && random.int(3) === 0 ? candidates.pop() : undefined
          if (candidate !== undefined) return { kind: 'restore', record: candidate }
          const { id, fields } = random.pick(dataset)
          this.#texts.set(id, this.textsOf(id).add(String(fields['text'])))
          return this.#decisionOn(id, String(random.pick(dataset).fields['text']))
        })
        const decided = await this.#store.decide(name, decisions, 'ada', 1)
        for (const { record, before, after } of decided.decisions)
          for (const { content } of [before, after])
            if (content) this.#texts.set(record, this.textsOf(record).add(String(content.fields['text'])))
        this.#count(decided.decisions.length + decided.unchanged.length, decided.decisions.length)
      }
    }
  }

  /** The log is whole and in order, and made the records what they are. */
  async expectNothingLost(): Promise<void> {
    const log = (await this.#store.listDecisions(name, this.#stored + 1000)).toReversed()
    expect(log.map(({ sequence }) => sequence)).toEqual(Array.from({ length: this.#stored }, (_, i) => i + 1))
    const expected = new Map<string, object>()
    for (const { record, before, after, sequence } of log) {
      const state = expected.get(record) ?? {}
      for (const [member, value] of Object.entries(before))
        if (member in state) expect(value, `${sequence} ${member}`).toEqual(state[member as never])
      expected.set(record, { ...state, ...after })
    }
    for (const [id, { content, ...state }] of expected as Map<string, { content?: object }>) {
      const [record] = await this.#store.recordsById([id])
      expect(record).toMatchObject({ ...state, ...content })
    }
  }

  #decisionOn(record: string, text: string): Decision {
    const { kind } = this.#random.pick(kinds.map(kind => ({ kind })))
    if (kind === 'edit')
      return { kind, record, fields: { text: this.#random.int(2) === 0 ? text : `${text}, rewritten` } }
    if (kind === 'relabel') return { kind, record, labels: [this.#random.pick(['good', 'bad'])] }
    if (kind === 'tag' || kind === 'untag') return { kind, record, tag: this.#random.pick(['odd', 'long']) }
    return { kind, record }
  }

  #count(made: number, stored: number): void {
    this.#made += made
    this.#stored += stored
    for (const { share, happen } of this.#waiting) if (this.progress >= share) happen()
  }

  async #outside(): Promise<string[]> {
    const [run] = await this.#store.listRuns(name)
    return run ? (await allOf(this.#store.streamRejects(run.id))).map(({ id }) => id) : []
  }
}

const kinds = ['accept', 'reject', 'reset', 'edit', 'edit', 'relabel', 'tag', 'untag'] as const

function imported(text: string, i: number) {
  return {
    ...{ id: `import${i}`, fields: { text }, labels: [], spans: [], tags: [], cell: 'all', source: `a file:${i}` },
    ...{ split: 'train' as const, status: 'pending' as const },
  }
}

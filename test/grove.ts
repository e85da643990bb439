/** A project grown in virtual time on a database in memory, with a teacher that a script plays: where tests of the engine plant their runs. */
import { z } from 'zod'
import { type AnyGenerator, promptGenerator } from '../src/engine/define.ts'
import { type GrowInput, type GrowResult, grow } from '../src/engine/grow.ts'
import type { LanguageModel, RunStore } from '../src/engine/ports.ts'
import { prepareRun } from '../src/engine/prepare-run.ts'
import type { ChosenCritic, RunPlugins } from '../src/engine/run-plugins.ts'
import { project as projectSchema } from '../src/model/project.ts'
import { type RecipeInput, recipe as recipeSchema } from '../src/model/recipe.ts'
import type { RunEvent } from '../src/model/run-event.ts'
import type { Database } from '../src/stores/database.ts'
import { migrate } from '../src/stores/migrate.ts'
import { runStore } from '../src/stores/run-store.ts'
import { openSqlite } from '../src/stores/sqlite.ts'
import type { RecordTable } from '../src/stores/tables.ts'
import { VirtualClock } from '../src/testing/virtual-clock.ts'

const name = 'grove'

export interface Wish extends Pick<RecipeInput, 'target' | 'budget' | 'seed' | 'rounds' | 'limits'> {
  teacher: LanguageModel
  /** Default: one cell, `oak`. */
  cells?: string[]
  /** Candidates a unit is asked for; default 1. */
  perUnit?: number
  critics?: ChosenCritic[]
  usesFeedback?: boolean
  /** Instead of one that asks for some texts a unit. */
  generator?: AnyGenerator
  /** Judges between the stages of such a generator. */
  critic?: LanguageModel
  /** Instead of the real one. */
  store?: RunStore
  signal?: AbortSignal
  stopNow?: AbortSignal
}

interface Grown extends GrowResult {
  events: RunEvent[]
  /** Virtual time from the first to the last. */
  tookMs: number
}

export interface Grove extends AsyncDisposable {
  clock: VirtualClock
  database: Database
  runs: RunStore
  /** Grows a run to its end, whatever it is; the same wish again goes on with the same run. */
  grow(wish: Wish): Promise<Grown>
  /** Something that happens in so many milliseconds of virtual time. */
  after(ms: number, happen: () => void): void
  /** All that was kept, in order and to the byte, times left out. */
  kept(): Promise<string[]>
  /** The same of what was rejected, up to the last unit of each cell that was kept of: beyond it, timing says what is proposed. */
  rejected(): Promise<string[]>
  /** Its texts alone. */
  texts(cell?: string): Promise<string[]>
}

/** Which unit of its cell a request of the generator comes from, whoever sees it. */
export function unitAsked(messages: { content: string }[]): { cell: string; ordinal: number } {
  const [, cell = '', ordinal] = /for (\S+), part (\d+):/.exec(messages[0]?.content ?? '') ?? []
  return { cell, ordinal: Number(ordinal) }
}

/** Asks for some texts a unit; a request says its cell and its place there, so that no two are alike. */
function generator({ cells = ['oak'], perUnit = 1, usesFeedback = false }: Wish) {
  return promptGenerator({
    kind: 'texts',
    summary: 'asks for texts',
    params: z.strictObject({}),
    prompts: ['texts@1'],
    usesFeedback,
    units: () => ({ cells, material: null, perUnit, notes: [] }),
    prompt: ({ cell, cellOrdinal, asks, feedback }) => ({
      prompt: 'texts@1',
      messages: [
        {
          role: 'user',
          content: `for ${cell}, part ${cellOrdinal}: write ${asks} texts. Avoid: ${feedback.kept.join(' ')}`,
        },
      ],
      schema: z.object({ texts: z.array(z.string()) }),
      maxOutputTokens: 2000,
    }),
    parse: ({ texts }) => texts.map(text => ({ fields: { text } })),
  })
}

function written({ created_ms: _, ...row }: RecordTable): string {
  return JSON.stringify(row)
}

export async function openGrove(): Promise<Grove> {
  const clock = new VirtualClock()
  const database = openSqlite(':memory:')
  await migrate(database)
  const project = projectSchema.parse({ name })
  await database.transact(connection =>
    connection
      .insertInto('project')
      .values({ name, settings: JSON.stringify(project), next_position: 0, created_ms: 0 })
      .execute(),
  )
  const runs = runStore(database)
  const keptRows = () =>
    database.read(connection =>
      connection.selectFrom('record').selectAll().where('position', 'is not', null).orderBy('position').execute(),
    )
  let lives = 0
  return {
    clock,
    database,
    runs,
    async grow(wish) {
      const recipe = recipeSchema.parse({
        ...{ project: name, generator: 'texts', target: wish.target, budget: wish.budget, seed: wish.seed },
        ...{ rounds: wish.rounds, limits: wish.limits },
      })
      const plugins: RunPlugins = {
        ...{ project, generator: wish.generator ?? generator(wish), params: {}, critics: wish.critics ?? [] },
        ...{ teacher: wish.teacher, ...(wish.critic && { critic: wish.critic }) },
      }
      const prepared = await prepareRun({
        ...{ recipe, plugins, position: 0, decisions: 0, existing: () => 0, findRun: async () => undefined },
        async *records() {
          yield* []
        },
        readText: path => Promise.reject(new Error(`There is nothing to read at ${path}.`)),
      })
      const events: RunEvent[] = []
      const input: GrowInput = {
        ...{ prepared, plugins, clock, store: wish.store ?? runs, limits: recipe.limits },
        holder: { token: `life ${lives++}`, pid: 1, host: 'grove', sinceMs: clock.now() },
        ...(wish.signal ? { signal: wish.signal } : {}),
        ...(wish.stopNow ? { stopNow: wish.stopNow } : {}),
        observe: event => events.push(event),
      }
      const startedMs = clock.now()
      let over = false
      const growing = grow(input).finally(() => (over = true))
      // Looked at below: meanwhile a failure must not count as unhandled.
      growing.catch(() => undefined)
      await clock.run(() => over)
      return { ...(await growing), events, tookMs: clock.now() - startedMs }
    },
    after: (ms, happen) => void clock.sleep(ms).then(happen),
    kept: async () => (await keptRows()).map(written),
    async rejected() {
      const lastKept = new Map((await keptRows()).map(({ cell, unit }) => [cell, unit ?? 0]))
      const rows = await database.read(connection =>
        connection
          .selectFrom('record')
          .selectAll()
          .where('outcome', '=', 'rejected')
          .orderBy('unit')
          .orderBy('item')
          .execute(),
      )
      return rows.filter(({ cell, unit }) => (unit ?? 0) <= (lastKept.get(cell) ?? -1)).map(written)
    },
    texts: async cell =>
      (await keptRows())
        .filter(row => cell === undefined || row.cell === cell)
        .map(({ content }) => String(JSON.parse(content).fields.text)),
    [Symbol.asyncDispose]: () => database.close(),
  }
}

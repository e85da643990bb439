/** The process that is killed: grows a run over HTTP and says on file descriptor 3 which transaction it is in. */
import { writeSync } from 'node:fs'
import { z } from 'zod'
import { isAlive, thisProcess } from '../../src/app/process-holder.ts'
import { systemClock } from '../../src/app/system-clock.ts'
import { unique } from '../../src/critics/unique.ts'
import { promptGenerator } from '../../src/engine/define.ts'
import { grow } from '../../src/engine/grow.ts'
import type { AttemptOpening, Clock, OpeningAnswer, RunStore, Settlement } from '../../src/engine/ports.ts'
import { prepareRun } from '../../src/engine/prepare-run.ts'
import { project } from '../../src/model/project.ts'
import { provider } from '../../src/model/provider.ts'
import { recipe as recipeSchema } from '../../src/model/recipe.ts'
import { createLanguageModel } from '../../src/providers/language-model.ts'
import { openDatabase } from '../../src/stores/open-database.ts'
import { runStore } from '../../src/stores/run-store.ts'

/** What the parent passes as the only argument, as JSON. */
export interface Job {
  where: { file: string } | { url: string }
  endpoint: string
  project: string
  target: number
  concurrency: number
  roundSize: number
}

/** Sleeps are this many times shorter, so that even a short life renews its lease. */
const haste = 50

const hastyClock: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / haste, signal) }

/** Marks reach the parent even if this process dies in the next instant: the write is done when it returns. */
function mark(line: string): void {
  writeSync(3, `${line}\n`)
}

/** The store with `begin NAME` before each transaction and `end NAME UNITS` after it: those of the calls opened or settled. */
function marked(store: RunStore): RunStore {
  const unitOf = new Map<string, number>()
  const unitsIn = (name: string, input: unknown, output: unknown): (number | undefined)[] => {
    if (name === 'openAttempts') {
      const answers = output as OpeningAnswer[]
      const opened = (input as AttemptOpening[]).filter((_, i) => answers[i]?.kind === 'opened')
      for (const { key, unit } of opened) unitOf.set(key, unit)
      return opened.map(({ unit }) => unit)
    }
    if (name === 'settleAttempts')
      return (input as Settlement[]).filter(({ call }) => call).map(it => unitOf.get(it.key))
    return []
  }
  const methods = Object.entries(store).map(([name, method]) => {
    if (name === 'streamKnown') return [name, method]
    const transaction = async (...input: unknown[]) => {
      mark(`begin ${name}`)
      const output = await (method as (...input: unknown[]) => Promise<unknown>)(...input)
      mark(`end ${name} ${unitsIn(name, input[0], output).join(',')}`)
      return output
    }
    return [name, transaction]
  })
  return Object.fromEntries(methods)
}

const generator = promptGenerator({
  kind: 'numbered',
  summary: 'asks for one text a unit, by its number',
  params: z.strictObject({}),
  prompts: ['numbered@1'],
  units: () => ({ cells: ['all'], material: null, perUnit: 1, notes: [] }),
  prompt: ({ cellOrdinal }) => ({
    prompt: 'numbered@1',
    messages: [{ role: 'user', content: `Text number ${cellOrdinal}, please.` }],
    maxOutputTokens: 100,
  }),
  parse: (text: string) => [{ fields: { text } }],
})

const job = JSON.parse(process.argv[2] ?? '') as Job
const database = await openDatabase(job.where)
const teacher = createLanguageModel(
  provider.parse({
    ...{ name: 'teacher', kind: 'openai-compatible', model: 'scripted-1' },
    ...{ endpoint: job.endpoint, concurrency: job.concurrency },
  }),
  { environment: {} },
)
const recipe = recipeSchema.parse({
  ...{ project: job.project, generator: generator.kind, target: job.target },
  rounds: { size: job.roundSize },
  limits: { concurrency: job.concurrency },
})
const plugins = {
  project: project.parse({ name: job.project }),
  generator,
  params: {},
  critics: [{ critic: unique, params: unique.params.parse({ exact: true }) }],
  teacher,
}
const prepared = await prepareRun({
  recipe,
  plugins,
  position: 0,
  decisions: 0,
  existing: () => 0,
  async *records() {
    yield* []
  },
  readText: path => Promise.reject(new Error(`There is nothing to read at ${path}.`)),
  findRun: async () => undefined,
})
const { end } = await grow({
  prepared,
  plugins,
  store: marked(runStore(database)),
  clock: hastyClock,
  holder: thisProcess(systemClock.now()),
  isAlive,
  limits: recipe.limits,
})
await database.close()
mark(`ended ${end.state}`)

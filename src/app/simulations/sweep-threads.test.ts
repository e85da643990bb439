/** Threads of a sweep: what ends one ends all. */
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findSimulation } from './find-simulation.ts'
import { RunThread, reasonOf } from './run-thread.ts'
import { makeRuns } from './sweep-threads.ts'
import { sweepWord, sweepWorker } from './sweep-worker.ts'
import { readSweptRun } from './swept-run.ts'

const library = join(import.meta.dirname, '../../simulations/index.ts')

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sweep-threads-'))
})

afterAll(() => rm(folder, { recursive: true }))

it('makes no more runs once a thread has ended by itself', async () => {
  const model = join(folder, 'model.ts')
  await writeFile(
    model,
    `import { defineSimulation, Model, z } from '${library}'
const parameters = z.object({ ends: z.boolean().default(false) })
class Short extends Model<z.infer<typeof parameters>> {
  override step() {
    if (this.parameters.ends) process.exit()
    const until = Date.now() + 100
    while (Date.now() < until);
  }
}
export default defineSimulation({ name: 'short', version: 1, summary: 'Short', parameters, steps: 1, model: Short })
`,
  )
  const planned = Array.from({ length: 40 }, (_, at) => ({ run: at + 1, parameters: { ends: at === 0 }, seed: 1 }))
  let made = 0
  const order = { asked: { simulation: model, seed: 1, stepTimeoutMs: 60_000 }, folder, hashed: undefined }
  await expect(makeRuns(planned, order, 2, { observe: () => made++ })).rejects.toThrow(/ended early/)
  expect(made).toBeLessThan(planned.length - 1)
  const madeThen = made
  await new Promise(resolve => setTimeout(resolve, 300))
  expect(made).toBe(madeThen)
})

it('makes no run of a model that changed since it was planned, in whatever thread', async () => {
  const model = join(folder, 'changing.ts')
  await writeFile(
    model,
    `import { defineSimulation, Model, z } from '${library}'
class Still extends Model {}
export default defineSimulation({ name: 'still', version: 1, summary: 'Still', parameters: z.object({}), steps: 1, model: Still })
`,
  )
  const { hashed } = await findSimulation(model)
  await appendFile(model, ' ')
  const planned = { run: 1, parameters: {}, seed: 1 }
  const order = { asked: { simulation: model, seed: 1, stepTimeoutMs: 60_000 }, folder, hashed }
  const changed = { code: 'run-changed', message: expect.stringContaining('changed since this program loaded it') }
  await expect(makeRuns([planned], order, 2, { observe: () => undefined })).rejects.toMatchObject(changed)
  const workerData = { startWord: sweepWord, order }
  const thread = new RunThread<typeof planned, void>(sweepWorker, workerData, 60_000)
  const refused: unknown = await thread.make(planned).catch(reasonOf)
  expect(refused).toMatchObject(changed)
  expect(readSweptRun(folder, 1)).toBeUndefined()
})

/** A folder with a model of one’s own that can go wrong in several ways, and the real command line on it. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { cultivar, type Ended } from './e2e/command-line.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Ten agents that write a row each a step; at a step of one's choice, agent 7 does what no model should. */
const ownModel = `
import { agent, defineSimulation, Model, z } from 'cultivar/simulations'

const parameters = z.object({
  at: z.int().min(0).max(10_000).default(0).describe('When it goes wrong; 0: never'),
  how: z.enum(['throw', 'hang', 'births']).default('throw'),
})

class Worker extends agent({ done: 'u32' }) {
  step(model: Workshop) {
    this.done += 1
    model.work.add({ worker: this.id, done: this.done, mood: this.id % 2 ? 'glad' : null })
    if (model.steps === model.parameters.at && this.id === 7) model.goWrong()
  }
}

class Workshop extends Model<z.infer<typeof parameters>> {
  readonly workers = this.createPopulation(Worker, undefined, 'workers')
  readonly work = this.createTable('work', { worker: 'integer', done: 'integer', mood: ['glad'] })
  readonly sums = this.createTable('sums', { done: 'integer' }, {
    every: 2,
    row: () => ({ done: this.workers.sum(worker => worker.done) }),
  })
  override setup() {
    this.workers.addMany(10, () => {})
  }
  override step() {
    this.workers.do(worker => worker.step(this))
  }
  goWrong() {
    const { how } = this.parameters
    if (how === 'throw') throw new RangeError('out of nails')
    for (;;) if (how === 'births') this.workers.add()
  }
}

export default defineSimulation({
  name: 'workshop', version: 1, summary: 'Workers work', parameters, steps: 10_000, model: Workshop,
  keys: [{ table: 'sums', primaryKey: ['step'], foreignKeys: [] }],
})
`

export function workshop() {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'workshop.ts'), ownModel)
  const run = (...args: string[]) => cultivar(folder, ['simulations', ...args])
  const well = async (...args: string[]): Promise<Ended> => {
    const ended = await run(...args)
    expect(ended.code, `${args.join(' ')}\n${ended.stdout}\n${ended.stderr}`).toBe(0)
    return ended
  }
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const rows = (name: string) => read(name).trimEnd().split('\n').slice(1)
  return { folder, run, well, read, rows }
}

/** SHA-256 of each file, by its name. */
export function hashesIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map(name => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  )
}

/** Sweeps and the folders they write to: whose files are whose, two at once, and runs that are tried again. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/temporary-folder.ts'
import { readTable } from '../../table-files/index.ts'
import { runToFiles } from './run-to-files.ts'
import { type FinishedSweep, planSweep, type SweepChoice, sweep } from './sweep.ts'

const library = pathToFileURL(join(import.meta.dirname, '../../simulations/index.ts')).href

/** Notes each run that is made. With host 2 it takes its time, with 3 it is full, with 4 it throws. */
function ownModel(folder: string): string {
  const path = join(folder, 'hall.ts')
  writeFileSync(
    path,
    `import { appendFileSync } from 'node:fs'
import { agent, defineSimulation, Model, z } from '${library}'
const parameters = z.object({ host: z.int().default(1), run: z.int().default(0), steps: z.int().default(0), slow: z.int().default(0) })
class Guest extends agent({ came: 'u32' }) {}
class Hall extends Model<z.infer<typeof parameters>> {
  readonly guests = this.createPopulation(Guest, undefined, 'guests')
  readonly visits = this.createTable('visits', { run: 'integer', guests: 'integer' })
  override setup() {
    appendFileSync(${JSON.stringify(join(folder, 'made'))}, this.parameters.host + '\\n')
    this.guests.addMany(this.parameters.host === 3 ? 20 : 2)
  }
  override step() {
    const until = Date.now() + (this.parameters.host === 2 ? this.parameters.slow : 0)
    while (Date.now() < until);
    if (this.parameters.host === 4) throw new Error('no chairs')
    this.visits.add({ run: this.steps, guests: this.guests.size })
  }
}
export default defineSimulation({
  name: 'hall', version: 1, summary: 'A hall', parameters, steps: 3, model: Hall,
  keys: [{ table: 'visits', primaryKey: ['run'], foreignKeys: [] }],
})
`,
  )
  return path
}

function hall() {
  const folder = temporaryFolder()
  const simulation = ownModel(folder)
  const out = join(folder, 'sw')
  const choice: SweepChoice = {
    ...{ simulation, grid: [], seeds: '1', out, format: 'csv', mostRuns: 100, threads: 1, stepTimeoutMs: 60_000 },
  }
  const made = () => {
    const path = join(folder, 'made')
    const seeds = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').map(Number) : []
    rmSync(path, { force: true })
    return seeds.sort()
  }
  /** Also says of which hosts runs were made. */
  const swept = async (hosts = '1', more: Partial<SweepChoice> = {}): Promise<FinishedSweep & { made: number[] }> => {
    const finished = await sweep(await planSweep({ ...choice, grid: [`host=${hosts}`], ...more }))
    return { ...finished, made: made() }
  }
  return { folder, out, choice, swept, simulation, lines: (name: string) => linesOf(join(out, name)) }
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').trimEnd().split('\n')
}

it('lets the user’s own files be, whatever they are called', async () => {
  const { out, swept } = hall()
  const own = ['runs/notes.txt', '.sweep-unfinished/notes.txt']
  for (const name of own) {
    mkdirSync(join(out, name, '..'), { recursive: true })
    writeFileSync(join(out, name), 'mine')
  }
  await swept()
  await swept()
  for (const name of own) expect(readFileSync(join(out, name), 'utf8')).toBe('mine')
  expect(readdirSync(join(out, '.sweep-unfinished'))).toEqual(['notes.txt'])
})

it.each(['runs.csv', 'visits.csv', 'card.md'])('replaces no %s that it did not write', async name => {
  const { out, swept } = hall()
  mkdirSync(out)
  writeFileSync(join(out, name), 'mine')
  await expect(swept()).rejects.toMatchObject({ code: 'already-exists', message: expect.stringContaining(name) })
  expect(readFileSync(join(out, name), 'utf8')).toBe('mine')
  rmSync(join(out, name))
  expect(await swept()).toMatchObject({ runs: 1, failed: 0 })
})

it('sweeps into a folder once at a time, and says who does', async () => {
  const { choice, swept, out } = hall()
  const both = await Promise.allSettled([swept('1,5,6,7,8,9'), swept('1,5,6,7,8,9')])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const refused = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult
  expect(refused.reason).toMatchObject({ code: 'run-held', message: expect.stringContaining(`${process.pid} on`) })
  expect(existsSync(join(out, '.sweep-unfinished'))).toBe(false)
  expect((await sweep(await planSweep({ ...choice, grid: ['host=1,5,6,7,8,9'] }))).already).toBe(6)
})

it('takes over from a process that died, and not from one that lives', async () => {
  const { out, swept } = hall()
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const token = '00000000-0000-4000-8000-000000000000'
  mkdirSync(join(out, '.sweep-unfinished'), { recursive: true })
  const holder = { token, pid: other.pid, host: hostname(), sinceMs: 0 }
  writeFileSync(join(out, '.sweep-unfinished', `holder-${token}.json`), JSON.stringify(holder))
  try {
    await expect(swept()).rejects.toThrow(`${other.pid} on ${hostname()}`)
  } finally {
    other.kill('SIGKILL')
    await once(other, 'exit')
  }
  expect(await swept()).toMatchObject({ already: 0, made: [1] })
  expect(existsSync(join(out, '.sweep-unfinished'))).toBe(false)
})

it('keeps runs and sweeps apart, in either order', async () => {
  const { folder, out, swept, simulation } = hall()
  const run = (out: string) => runToFiles({ simulation, seed: 1, out, format: 'csv', stepTimeoutMs: 60_000 })
  await swept()
  const before = linesOf(join(out, 'visits.csv'))
  await expect(run(out)).rejects.toMatchObject({
    code: 'already-exists',
    message: expect.stringContaining('sweep.json'),
  })
  expect(linesOf(join(out, 'visits.csv'))).toEqual(before)
  const other = join(folder, 'run')
  await run(other)
  await expect(swept('1', { out: other })).rejects.toMatchObject({
    ...{ code: 'already-exists', message: expect.stringContaining('simulation.json') },
  })
  expect(readdirSync(other).sort()).toEqual(['card.md', 'simulation.json', 'visits.csv'])
})

it('writes the sweep again where its files are not those that it wrote', async () => {
  const { out, swept, lines } = hall()
  await swept('1,5')
  const [runs, visits] = [lines('runs.csv'), lines('visits.csv')]
  writeFileSync(join(out, 'visits.csv'), 'other\n1\n')
  expect(await swept('1,5')).toMatchObject({ already: 0, made: [1, 5] })
  expect(lines('visits.csv')).toEqual(visits)
  rmSync(join(out, 'runs.csv'))
  await swept('1,5')
  expect(lines('runs.csv')).toEqual(runs)
  rmSync(join(out, 'card.md'))
  expect(await swept('1,5')).toMatchObject({ already: 2, made: [] })
  expect(existsSync(join(out, 'card.md'))).toBe(true)
})

it('takes nothing from runs whose sweep.json is gone', async () => {
  const { out, swept, lines } = hall()
  const slow = { spelled: ['slow=1500'], stepTimeoutMs: 500 }
  expect(await swept('1,2', slow)).toMatchObject({ shortOfMeans: 1 })
  for (const name of ['sweep.json', 'runs.csv', 'card.md', 'visits.csv']) rmSync(join(out, name))
  expect(await swept('1,2', { ...slow, spelled: ['slow=0'], steps: 2 })).toMatchObject({
    already: 0,
    failed: 0,
    made: [1, 2],
  })
  expect(lines('visits.csv')).toHaveLength(1 + 2 * 2)
})

it('tries again what failed for want of time, also once the sweep has ended, and nothing else', async () => {
  const { folder, out, swept, lines } = hall()
  const asked = { spelled: ['slow=1500'], steps: 1, stepTimeoutMs: 500 }
  expect(await swept('1,2,4', asked)).toMatchObject({ failed: 2, shortOfMeans: 1, made: [1, 2, 4] })
  expect(lines('runs.csv')[2]).toMatch(/,failed,/)
  expect(await swept('1,2,4', { ...asked, stepTimeoutMs: 60_000, threads: 2 })).toMatchObject({
    ...{ failed: 1, shortOfMeans: 0, already: 2, made: [2] },
  })
  expect(existsSync(join(out, '.sweep-unfinished'))).toBe(false)
  const whole = await swept('1,2,4', { ...asked, stepTimeoutMs: 60_000, out: join(folder, 'whole') })
  for (const file of whole.files) expect(lines(file.slice(whole.folder.length + 1))).toEqual(linesOf(file))
  expect(await swept('1,2,4', asked)).toMatchObject({ already: 3, made: [] })
})

it('tries again what had too many agents once more are allowed', async () => {
  const { out, swept } = hall()
  expect(await swept('1,3', { mostAgents: 10 })).toMatchObject({ failed: 1, shortOfMeans: 1, made: [1, 3] })
  expect(await swept('1,3', { mostAgents: 10 })).toMatchObject({ failed: 1, already: 2, made: [] })
  expect(await swept('1,3', { mostAgents: 50 })).toMatchObject({ failed: 0, already: 1, made: [3] })
  expect(JSON.parse(readFileSync(join(out, 'sweep.json'), 'utf8')).mostAgents).toBe(50)
  expect(await swept('1,3', { mostAgents: 10 })).toMatchObject({ already: 2, made: [] })
})

it('makes runs again that failed by the model’s own fault only where that is asked for', async () => {
  const { swept } = hall()
  await swept('4')
  expect(await swept('4')).toMatchObject({ failed: 1, made: [] })
  expect(await swept('4', { retryFailed: true })).toMatchObject({ failed: 1, made: [4] })
})

it('goes on however the path of the model is spelled', async () => {
  const { folder, simulation, swept } = hall()
  await swept()
  expect(await swept('1', { simulation: `${folder}/./${simulation.slice(folder.length + 1)}` })).toMatchObject({
    made: [],
  })
})

it('has no column twice, and keys name the columns that there are', async () => {
  const { out, swept, lines } = hall()
  await swept('1,5', { spelled: ['run=7', 'steps=8'] })
  expect(lines('runs.csv')[0]).toBe('sweep.run,host,run,steps,slow,seed,sweep.steps,ended,error')
  expect(lines('runs.csv')[1]).toBe('1,1,7,8,0,1,3,steps,')
  expect(lines('visits.csv').slice(0, 2)).toEqual(['sweep.run,step,run,guests', '1,1,1,2'])
  expect(readFileSync(join(out, 'card.md'), 'utf8')).toContain('named by `sweep.run`, `run`')
  const database = join(out, 'database')
  await swept('1,5', { format: 'sqlite', out: database })
  const { table } = await readTable(`sqlite:${join(database, 'tables.sqlite')}`)
  expect(table.columns.map(({ name }) => name)).toEqual(['sweep.run', 'step', 'run', 'guests'])
  expect(table.rows).toBe(6)
})

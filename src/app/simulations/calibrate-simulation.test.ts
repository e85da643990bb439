/** Calibration as the command line asks for it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CalibrateSimulation, calibrateSimulation } from './calibrate-simulation.ts'
import { calibrationText } from './calibration-text.ts'
import { readPopulations } from './population-sources.ts'

const library = join(import.meta.dirname, '../../simulations/index.ts')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calibrate-'))
})
afterEach(() => rm(folder, { recursive: true }))

const usual: CalibrateSimulation = {
  simulation: 'wolf-sheep',
  spelled: ['size=10', 'wolves=0'],
  fit: ['sheep=5..80'],
  targets: ['counts.sheep:at0=50~1'],
  budget: 60,
  seeds: 1,
  method: 'nelder-mead',
  seed: 1,
  steps: 1,
  stepTimeoutMs: 10_000,
}

it('writes the same report for people and for programs, with the command that runs what was found', async () => {
  const shares: number[] = []
  const [json, markdown] = [join(folder, 'report.json'), join(folder, 'report.md')]
  const { report, file } = await calibrateSimulation({
    ...usual,
    out: json,
    observe: ({ share }) => shares.push(share),
  })
  expect(file).toBe(json)
  expect(report.matched).toBe(true)
  expect(report.parameters).toEqual({ size: 10, wolves: 0, sheep: expect.closeTo(50, -0.5) })
  expect(JSON.parse(await readFile(json, 'utf8'))).toEqual(report)
  expect(shares).toEqual(shares.toSorted((one, other) => one - other))
  expect(shares.at(-1)).toBeLessThanOrEqual(1)
  expect((await calibrateSimulation({ ...usual, out: markdown })).report).toEqual(report)
  const found = `--param sheep=${report.parameters['sheep']}`
  expect(await readFile(markdown, 'utf8')).toMatch(new RegExp(`counts.sheep:at0 \\| 50 \\|[^]*${found} --out fitted\n`))
  const text = calibrationText(report, './my.ts', 80)
  expect(text).toContain('1 of 1 target reached')
  expect(text).toContain(
    `cultivar simulations run ./my.ts --steps 1 --param size=10 --param wolves=0 ${found} --out fitted`,
  )
})

it('begins each run with the population that was given', async () => {
  const flock = join(folder, 'flock.csv')
  await writeFile(flock, `energy\n${'3\n'.repeat(33)}`)
  const { populations } = await readPopulations([`sheep=${flock}`], 1)
  const { report } = await calibrateSimulation({ ...usual, fit: ['sheepGain=1..5'], populations })
  expect(report.matched).toBe(false)
  expect(report.targets[0]).toMatchObject({ lowest: 33, highest: 33, reached: 33 })
})

it('takes a model of one’s own, cuts off steps that never end, and stops when it is asked to', async () => {
  const path = join(folder, 'own.ts')
  await writeFile(
    path,
    `import { defineSimulation, Model, z } from '${library}'
class Own extends Model<{ rate: number }> {
  table = this.createTable('levels', { level: 'decimal' }, { every: 1, row: () => ({ level: this.steps * this.parameters.rate }) })
  override step() { while (this.parameters.rate > 8) {} }
}
export default defineSimulation({ name: 'own', version: 1, summary: 'Own', parameters: z.object({ rate: z.number().min(0).max(10).default(1) }), steps: 4, model: Own })
`,
  )
  const own = {
    ...usual,
    simulation: path,
    spelled: [],
    steps: 4,
    fit: ['rate'],
    targets: ['levels.level:last=20'],
    budget: 30,
  }
  const { report } = await calibrateSimulation({ ...own, stepTimeoutMs: 20 })
  expect(report.matched).toBe(true)
  expect(report.failedRuns).toBeGreaterThan(0)
  expect(report.notes.join()).toContain('was not done within 0.02 s')
  const stop = new AbortController()
  const stopped = calibrateSimulation({ ...own, fit: ['rate=0..8'], signal: stop.signal, observe: () => stop.abort() })
  expect((await stopped).report.notes[0]).toContain('stopped')
  await expect(calibrateSimulation({ ...own, signal: AbortSignal.abort() })).rejects.toThrow('before a point')
})

it('cuts off what never ends while it is set up, and a file that never ends while it is loaded', async () => {
  const path = join(folder, 'endless.ts')
  const write = (loading: string) =>
    writeFile(
      path,
      `import { defineSimulation, Model, z } from '${library}'
${loading}
class Own extends Model<{ rate: number }> {
  table = this.createTable('levels', { level: 'decimal' }, { every: 1, row: () => ({ level: this.parameters.rate }) })
  override setup() { while (this.parameters.rate >= 1) {} }
}
export default defineSimulation({ name: 'own', version: 1, summary: 'Own', parameters: z.object({ rate: z.number().min(0).max(2).default(2) }), steps: 1, model: Own })
`,
    )
  const own = {
    ...usual,
    simulation: path,
    spelled: [],
    fit: ['rate'],
    targets: ['levels.level:last=0.5~0.3'],
    budget: 30,
  }
  await write('')
  const { report } = await calibrateSimulation({ ...own, stepTimeoutMs: 20 })
  expect(report.matched).toBe(true)
  expect(report.failedRuns).toBeGreaterThan(0)
  await rm(path)
  await write('for (;;);')
  const stop = new AbortController()
  const loading = calibrateSimulation({ ...own, stepTimeoutMs: 60_000, signal: stop.signal })
  setTimeout(() => stop.abort(), 300)
  await expect(loading).rejects.toMatchObject({ code: 'interrupted' })
})

it('says how a report can be called before it runs anything', async () => {
  await expect(calibrateSimulation({ ...usual, out: 'report.pdf' })).rejects.toThrow('not written as “report.pdf”')
})

/** Levels that wander upwards; what each thread of it does is to be seen in a file that grows as long as there is one. */
function wanderer(beats: string, step: string): string {
  return `import { appendFileSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { defineSimulation, Model, z } from '${library}'
if (workerData?.startWord) setInterval(() => appendFileSync('${beats}', '.'), 5)
const parameters = z.object({ rate: z.number().min(0).max(10).default(1), jumps: z.int().min(0).max(4).default(0), up: z.boolean().default(true) })
class Wanderer extends Model<z.infer<typeof parameters>> {
  level = 0
  table = this.createTable('levels', { level: 'decimal' }, { every: 1, row: () => ({ level: this.level }) })
  override step() {
    const { rate, jumps, up } = this.parameters
    ${step}
    this.level += (up ? 1 : -1) * (rate * this.random.float() + jumps)
  }
}
export default defineSimulation({ name: 'wanderer', version: 1, summary: 'Wanders', parameters, steps: 20, model: Wanderer })
`
}

describe('threads', () => {
  let model: string
  let beats: string
  const asked = { fit: ['rate', 'jumps', 'up'], targets: ['levels.level:last=60~3'], seeds: 2, spelled: [] }
  const write = (step: string) => writeFile(model, wanderer(beats, step))
  const beaten = () => readFile(beats, 'utf8').catch(() => '')
  beforeEach(() => {
    model = join(folder, 'wanderer.ts')
    beats = join(folder, 'beats')
  })
  afterEach(async () => {
    const before = await beaten()
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(await beaten()).toBe(before)
  })

  it('give the same report, byte for byte, whatever their number', async () => {
    // Some runs take longer than others, and some fail.
    await write(`if (rate > 8) throw new RangeError(\`too fast: \${rate}\`)
    if (this.steps === 1) for (const end = performance.now() + jumps; performance.now() < end; );`)
    const reports = [1, 3].map(async threads => {
      const out = join(folder, `${threads}.json`)
      const order = { ...usual, ...asked, simulation: model, steps: 20, budget: 120, threads, out }
      const { report } = await calibrateSimulation(order)
      expect(report.failedRuns).toBeGreaterThan(1)
      expect(report.notes[0]).toContain('too fast')
      return readFile(out, 'utf8')
    })
    expect(await reports[0]).toBe(await reports[1])
    expect(await beaten()).not.toBe('')
  })

  it('are all given up at once when it is stopped, and what was found is reported', async () => {
    // A step that would take a minute can be left.
    await write(
      `if (rate > 5 && this.steps === 1) for (const end = performance.now() + 60_000; performance.now() < end; );`,
    )
    const stop = new AbortController()
    const order = { ...usual, ...asked, simulation: model, steps: 20, stepTimeoutMs: 100_000, threads: 3 }
    const watching = { signal: stop.signal, observe: () => stop.abort() }
    const { report } = await calibrateSimulation({ ...order, ...watching, fit: ['rate'] })
    expect(report.points).toBeLessThan(6)
    expect(report.failedRuns).toBe(0)
    expect(report.notes[0]).toContain('stopped before')
    expect(report.targets[0]!.reached).toBeGreaterThan(0)
  })

  it('refuse a model that changed since the first of them loaded it', async () => {
    await write(`if (this.steps === 1) appendFileSync('${join(folder, 'wanderer.ts')}', ' ')`)
    const order = { ...usual, ...asked, simulation: model, steps: 20, threads: 2 }
    await expect(calibrateSimulation(order)).rejects.toMatchObject({
      code: 'run-changed',
      message: expect.stringContaining('changed since this program loaded it'),
    })
  })

  it('are all given up when one of them ends by itself', async () => {
    await write('if (jumps === 3) process.exit(1)')
    const order = { ...usual, ...asked, simulation: model, steps: 20, threads: 3 }
    await expect(calibrateSimulation(order)).rejects.toThrow('ended early')
  })

  it('are all given up when what a run left behind goes wrong after it', async () => {
    await write('if (jumps === 3) setTimeout(() => { throw new Error("left behind") }, 1)')
    const order = { ...usual, ...asked, simulation: model, steps: 20, budget: 100, threads: 3 }
    await expect(calibrateSimulation(order)).rejects.toThrow('left behind')
  })
})

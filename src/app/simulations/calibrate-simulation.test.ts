/** Calibration as the command line asks for it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
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
  expect(await readFile(markdown, 'utf8')).toMatch(new RegExp(`counts.sheep:at0 \\| 50 \\|[^]*${found}\n`))
  const text = calibrationText(report, './my.ts', 80)
  expect(text).toContain('1 of 1 target reached')
  expect(text).toContain(`cultivar simulations run ./my.ts --steps 1 --param size=10 --param wolves=0 ${found}`)
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

it('says how a report can be called before it runs anything', async () => {
  await expect(calibrateSimulation({ ...usual, out: 'report.pdf' })).rejects.toThrow('not written as “report.pdf”')
})

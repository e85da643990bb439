/** Sweeps by the real command line: killed, gone on with, and two in one folder. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hashesIn, workshop } from '../simulated-workshop.ts'
import { json, start } from './command-line.ts'

it('sweeps a grid to the same bytes at any number of threads, killed on the way or not', async () => {
  const { folder, well, run, rows } = workshop()
  const sweep = ['./workshop.ts', '--grid', 'at=0,40', '--seeds', '1..8', '--steps', '1500', '--format', 'parquet']
  await well('sweep', ...sweep, '--threads', '1', '--out', 'one')

  const killed = start(folder, ['simulations', 'sweep', ...sweep, '--threads', '2', '--out', 'two'])
  const passing = join(folder, 'two/.sweep-unfinished')
  const ended = () => (existsSync(passing) ? readdirSync(passing) : []).filter(isOutcome)
  while (ended().length < 3) await new Promise(resolve => setTimeout(resolve, 5))
  killed.child.kill('SIGKILL')
  await killed.ended
  const before = ended().length
  const resumed = json(await well('sweep', ...sweep, '--threads', '2', '--out', 'two', '--json'))
  expect(resumed).toMatchObject({ runs: 16, failed: 8, already: before, rows: { work: 8 * 15_000 + 8 * 397 } })
  expect(hashesIn(join(folder, 'two'))).toEqual(hashesIn(join(folder, 'one')))

  const lines = rows('two/runs.csv')
  expect(lines).toHaveLength(16)
  expect(lines[0]).toMatch(/^1,0,throw,1,1500,steps,,15000,/)
  expect(lines[8]).toMatch(/^9,40,throw,1,39,failed,.*out of nails",380,190$/)
  const clash = await run('sweep', ...sweep.slice(0, -2), '--out', 'two')
  expect(clash.stderr).toContain('its format is not the same')
})

const isOutcome = (name: string) => /^\d+\.json$/.test(name)

it('says that another process sweeps there, and goes on once that was killed', async () => {
  const { folder, run, well } = workshop()
  const sweep = ['sweep', './workshop.ts', '--seeds', '1..2', '--threads', '1', '--out', 'sw']
  const endless = ['--grid', 'at=0,9', '--param', 'how=hang']
  const first = start(folder, ['simulations', ...sweep, ...endless, '--step-timeout', '600'])
  const passing = join(folder, 'sw/.sweep-unfinished')
  while (!(existsSync(passing) && readdirSync(passing).some(isOutcome))) await new Promise(go => setTimeout(go, 20))
  const second = await run(...sweep, ...endless)
  expect(second.code).toBe(2)
  expect(second.stderr).toContain(`Another process is sweeping into ${join(folder, 'sw')}: ${first.child.pid} on`)
  first.child.kill('SIGKILL')
  await first.ended

  const resumed = await well(...sweep, ...endless, '--step-timeout', '1')
  expect(resumed.stdout).toContain('2 of them had too little time or memory: the same command tries again')
  const again = json(await well(...sweep, ...endless, '--step-timeout', '1', '--retry-failed', '--json'))
  expect(again).toMatchObject({ runs: 4, failed: 2, shortOfMeans: 2, already: 2 })
})

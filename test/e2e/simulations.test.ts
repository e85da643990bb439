/** Simulations by the real command line: run, failed, stopped and run again. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { wolfSheep } from '../../src/simulations/models/wolf-sheep.ts'
import { startSimulation } from '../../src/simulations/run-simulation.ts'
import { hashesIn, workshop } from '../simulated-workshop.ts'
import { json, start } from './command-line.ts'

it('writes the rows that the model makes in this thread, with a card and what is needed to make them again', async () => {
  const { well, read, folder } = workshop()
  const asked = ['--param', 'size=30', '--param', 'sheepReproduce=0.15', '--steps', '120', '--seed', '9']
  const { lineage } = json(await well('run', 'wolf-sheep', ...asked, '--out', 'flock', '--json'))
  const order = { parameters: { size: 30, sheepReproduce: 0.15 }, steps: 120, seed: 9 }
  const lines: string[] = []
  for (const { rows, columns } of startSimulation(wolfSheep as never, order).run()) {
    for (let row = 0; row < rows; row++)
      lines.push(columns.map(column => (column.storage === 'numbers' ? column.values[row] : '?')).join(','))
  }
  expect(read('flock/counts.csv').trimEnd().split('\n').slice(1)).toEqual(lines)
  const { 'counts.csv': sha256 } = hashesIn(join(folder, 'flock'))
  expect(JSON.parse(read('flock/simulation.json'))).toEqual(lineage)
  expect(lineage).toMatchObject({
    simulation: { name: 'wolf-sheep', version: 1, from: 'built-in' },
    parameters: { size: 30, sheep: 60, sheepReproduce: 0.15 },
    ...{ seed: 9, steps: 120, ended: { why: 'steps', steps: 120 } },
    files: [{ file: 'counts.csv', sha256 }],
  })
  expect(read('flock/card.md')).toMatch(
    /### Accuracy[\s\S]+### Bias[\s\S]+### Privacy[\s\S]+### Over-fitting[\s\S]+### Expense[\s\S]+### Legal/,
  )
  // The same again, in another form: what was there of the first is gone, so that the folder says one thing.
  await well('run', 'wolf-sheep', ...asked, '--out', 'flock', '--format', 'parquet')
  expect(Object.keys(hashesIn(join(folder, 'flock')))).toEqual(['card.md', 'counts.parquet', 'simulation.json'])
})

it('lists what is built in, and shows a model of one’s own with ranges, tables and keys', async () => {
  const { well } = workshop()
  expect((await well('list')).stdout).toMatch(/^wolf-sheep +Wolves eat sheep/m)
  const { stdout } = await well('list', './workshop.ts')
  expect(stdout).toMatch(/at +integer 0 to 10000 +default 0 +When it goes wrong/)
  expect(stdout).toMatch(/how +throw \| hang \| births/)
  expect(stdout).toMatch(/Table sums\n +step +integer +names the row/)
})

it('keeps what was collected when a step throws, never ends or bears without end, and says where that was', async () => {
  const { run, rows, read } = workshop()
  const wrong = (how: string, ...more: string[]) =>
    run('run', './workshop.ts', '--param', 'at=4000', '--param', `how=${how}`, '--out', how, ...more, '--json')

  const thrown = await wrong('throw')
  expect(thrown.code).toBe(2)
  const { error } = json(thrown)
  expect(error.message).toBe('“workshop” stopped at step 4000, when workers 7 acted: RangeError: out of nails')
  expect(error.hint).toContain('workshop.ts, line ')
  expect(error.details).toMatchObject({ step: 4000, agent: 7, population: 'workers', steps: 3999 })
  expect(rows('throw/work.csv')).toHaveLength(3999 * 10 + 7)
  expect(rows('throw/sums.csv').at(-1)).toBe('3998,39980')
  expect(read('throw/card.md')).toContain('The run failed after 3,999 steps')

  const endless = json(await wrong('hang', '--step-timeout', '2'))
  expect(endless.error).toMatchObject({ code: 'too-slow', details: { step: 4000, agent: 7 } })
  expect(rows('hang/work.csv')).toEqual(rows('throw/work.csv').slice(0, 3999 * 10))

  const births = json(await wrong('births', '--most-agents', '1000', '--format', 'sqlite'))
  expect(births.error).toMatchObject({ code: 'too-large', details: { agents: 1000, rows: { work: 3999 * 10 + 7 } } })
})

it('says what is wrong with an order before it runs', async () => {
  const { run, folder } = workshop()
  writeFileSync(join(folder, 'none.ts'), 'export const x = 1')
  writeFileSync(join(folder, 'enum.ts'), 'enum Kind { A }\nexport default Kind.A')
  const said = async (...args: string[]) => {
    const { code, stderr } = await run('run', ...args)
    expect(code).toBe(2)
    return stderr
  }
  expect(await said('wolf-shep')).toContain('Did you mean “wolf-sheep”?')
  expect(await said('wolf-sheep', '--param', 'shep=3')).toContain('Did you mean “sheep”?')
  expect(await said('wolf-sheep', '--param', 'size=9999')).toMatch(/“size”.*2000/)
  expect(await said('./none.ts')).toContain('defines no model: it exports x')
  expect(await said('./enum.ts')).toContain('no enums')
  expect(existsSync(join(folder, 'wolf-sheep'))).toBe(false)
})

it('ends at Ctrl-C with what there is', async () => {
  const { folder, rows } = workshop()
  const running = start(folder, ['simulations', 'run', 'wolf-sheep', '--steps', '100000000', '--out', 'long'])
  await running.said('running')
  running.child.kill('SIGINT')
  const { code, stderr } = await running.ended
  expect(code).toBe(130)
  const [, steps] = /was stopped after ([\d,]+) steps?/.exec(stderr) ?? []
  expect(rows('long/counts.csv')).toHaveLength(Number(steps!.replaceAll(',', '')) + 1)
})

it('replaces a run by another only where that is said', async () => {
  const { run, well, rows } = workshop()
  const asked = ['run', './workshop.ts', '--out', 'mine', '--steps']
  await well(...asked, '20')
  await well(...asked, '20')
  const refused = await run(...asked, '10')
  expect(refused.code).toBe(2)
  expect(refused.stderr).toMatch(/another run of “workshop”: not the same in steps[\s\S]*--overwrite/)
  expect(rows('mine/work.csv')).toHaveLength(200)
  await well(...asked, '10', '--overwrite')
  expect(rows('mine/work.csv')).toHaveLength(100)
})

/** Synthetic tables by the real command line: declared, learned, drawn, faults put in, compared. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, examples, json } from './command-line.ts'

const patients = join(examples, 'tables', 'patients.yaml')

function clinic() {
  const folder = temporaryFolder()
  const run = async (...args: string[]) => {
    const ended = await cultivar(folder, ['tables', ...args])
    expect(ended.code, `${args.join(' ')}\n${ended.stdout}\n${ended.stderr}`).toBe(0)
    return ended
  }
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  return { folder, run, read }
}

it('leads from a private table to a copy, its card and a report, and says the same for the same seed', async () => {
  const { run, read, folder } = clinic()
  await run('sample', patients, '--rows', '1600', '--out', 'all.csv')
  const [names, ...rows] = read('all.csv').trimEnd().split('\n')
  writeFileSync(join(folder, 'patients.csv'), [names, ...rows.slice(0, 1000), ''].join('\n'))
  writeFileSync(join(folder, 'held-out.csv'), [names, ...rows.slice(1000), ''].join('\n'))

  const fitted = await run('fit', 'patients.csv')
  expect(fitted.stdout).toContain('Learned patients from 1,000 rows')
  const model = 'patients.table.json'
  // Nobody’s name or number is in what was learned.
  for (const row of rows.slice(0, 1000)) {
    const [patient, name] = row.split(',')
    expect(read(model)).not.toContain(patient)
    expect(read(model)).not.toContain(name)
  }
  expect((await run('show', model)).stdout).toMatch(/patient +text +new texts of the same pattern/)

  await run('sample', model, '--rows', '70000', '--threads', '1', '--out', 'one.csv')
  const sampled = await run('sample', model, '--rows', '70000', '--threads', '4', '--out', 'two.csv', '--card')
  expect(read('two.csv')).toBe(read('one.csv'))
  expect(sampled.stdout).toContain('70,000 rows')
  expect(read('two.card.md')).toMatch(
    /### Accuracy[\s\S]+### Bias[\s\S]+### Privacy[\s\S]+### Over-fitting[\s\S]+### Expense[\s\S]+### Legal/,
  )
  const few = (await run('sample', model, '--rows', '200', '--where', "age >= 60 and sex = 'F'")).stdout
    .trimEnd()
    .split('\n')
  expect(few).toHaveLength(201)
  expect(few.slice(1).map(row => row.split(',')[2])).toEqual(few.slice(1).map(() => 'F'))
  const many = (await run('sample', model, '--rows', '2000', '--share', 'readmitted=yes:0.5')).stdout
    .trimEnd()
    .split('\n')
  const readmitted = many.filter(row => row.endsWith(',yes')).length
  expect(Math.abs(readmitted - 1000)).toBeLessThan(120)

  await run('sample', model, '--out', 'synthetic.csv')
  const compared = await run(
    'compare',
    'patients.csv',
    'synthetic.csv',
    '--holdout',
    'held-out.csv',
    '--out',
    'report.html',
    '--json',
  )
  const { quality, verdict } = json(compared)
  expect(quality.score).toBeGreaterThan(0.85)
  expect(verdict.findings.map(({ about }: { about: string }) => about)).toContain('privacy')
  expect(read('report.html')).toMatch(/^<!doctype html>/i)
  expect(`${JSON.stringify(verdict)}${read('report.html')}`.toLowerCase()).not.toMatch(/\bis anonymous|are anonymous/)
}, 120_000)

it('makes a database of tables whose keys fit, from files or from a declaration', async () => {
  const { run, folder } = clinic()
  await run('sample', join(examples, 'tables', 'plant.yaml'), '--out', 'plant')
  expect(existsSync(join(folder, 'plant', 'readings_faults.csv'))).toBe(true)
  const keys = ['--key', 'machines.machine', '--key', 'orders.order', '--key', 'orders.machine=machines.machine']
  await run('fit', 'plant/machines.csv', 'plant/orders.csv', ...keys, '--out', 'plant.table.json')
  const copied = await run('sample', 'plant.table.json', '--size', 'machines=30', '--out', 'sqlite:copy.sqlite')
  expect(copied.stdout).toContain('machines: 30 rows')
  const compared = json(await run('compare', 'plant/orders.csv', 'sqlite:copy.sqlite#orders', '--json'))
  expect(compared.tables[0].quality).toBeDefined()
}, 120_000)

it('puts labelled faults into a file, and tells where', async () => {
  const { run, read, folder } = clinic()
  const readings = Array.from(
    { length: 600 },
    (_, at) => `${at};${(20 + Math.sin(at / 20)).toFixed(3).replace('.', ',')}`,
  )
  writeFileSync(join(folder, 'sensor.csv'), ['minute;temperature', 'min;°C', ...readings, ''].join('\n'))
  await run(
    'inject',
    'sensor.csv',
    '--fault',
    'stuck:temperature:count=2,length=40',
    '--time',
    'minute',
    '--out',
    'faulty.csv',
    '--intervals',
    'faults.csv',
  )
  const [head, ...rows] = read('faulty.csv').trimEnd().split('\n')
  expect(head).toBe('minute,temperature,fault')
  expect(rows.filter(row => row.endsWith(',stuck:temperature'))).toHaveLength(80)
  expect(read('faults.csv').trimEnd().split('\n')).toHaveLength(3)
}, 60_000)

/** Faults put into files: read as plants write them, written with labels and intervals. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseFault } from '../../tables/series/faults/parse-fault.ts'
import { injectIntoFile } from './inject-faults.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inject-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** As a plant writes it: semicolons, decimal commas, days first. */
const rows = Array.from({ length: 120 }, (_, at) => {
  const clock = `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
  return [`31.01.2026 ${clock}`, `${60 + (at % 7)},${at % 10}`, String(at)]
})
const lines = (path: string, delimiter: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map(line => line.split(delimiter))

it('puts faults into a plant’s file, with labels and intervals, and leaves every other value as it was', async () => {
  const source = join(folder, 'plant.csv')
  writeFileSync(source, [['time', 'temp', 'count'], ...rows].map(row => row.join(';')).join('\n'))
  const injected = await injectIntoFile(source, {
    ...{ faults: [parseFault('dropout:temp:count=2,length=10,value=-1')], seed: 1, time: 'time' },
    ...{ out: join(folder, 'faulty.csv'), intervals: join(folder, 'faults.csv') },
  })
  expect(injected).toMatchObject({ rows: 120, labelled: 20, faults: { 'dropout:temp': 2 } })
  expect(injected.text).toBeUndefined()
  const [header, ...faulty] = lines(join(folder, 'faulty.csv'), ',')
  expect(header).toEqual(['time', 'temp', 'count', 'fault'])
  expect(faulty).toHaveLength(120)
  for (const [at, [, temp, count, label]] of faulty.entries()) {
    expect(count).toBe(rows[at]![2])
    expect(Number(temp)).toBe(label === '' ? Number(rows[at]![1]!.replace(',', '.')) : -1)
  }
  const [titles, ...intervals] = lines(join(folder, 'faults.csv'), ',')
  expect(titles).toEqual(['sensor', 'fault', 'from', 'to', 'readings', 'magnitude'])
  for (const [sensor, fault, from, to, readings, magnitude] of intervals) {
    expect([sensor, fault, Number(readings), Number(magnitude)]).toEqual(['temp', 'dropout', 10, -1])
    const labelled = faulty.slice(
      faulty.findIndex(([time]) => time === from),
      faulty.findIndex(([time]) => time === to) + 1,
    )
    expect(labelled.map(row => row.at(-1))).toEqual(Array(10).fill('dropout:temp'))
  }
})

it('gives the table as text where it is written nowhere, and says that rows count as ordered', async () => {
  const source = join(folder, 'plant.csv')
  writeFileSync(source, [['temp'], ...rows.map(([, temp]) => [temp!.replace(',', '.')])].join('\n'))
  const { text, notes, files } = await injectIntoFile(source, { faults: [parseFault('stuck:temp:length=5')], seed: 2 })
  let csv = ''
  for await (const part of text!) csv += Buffer.from(part).toString()
  expect(files).toEqual([])
  expect(csv.split('\n').filter(line => line.includes('stuck:temp'))).toHaveLength(5)
  expect(notes.at(-1)).toMatch(/^Rows count as being in order of time/)
})

/** First agents from files and from models of tables. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { wolfSheep } from '../../simulations/models/wolf-sheep.ts'
import { startSimulation } from '../../simulations/run-simulation.ts'
import { fitTables } from '../tables/fit-tables.ts'
import { writeTableModel } from '../tables/table-model-file.ts'
import { readPopulations } from './population-sources.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'populations-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function flock(): Promise<string> {
  const path = join(folder, 'flock.csv')
  const rows = Array.from({ length: 200 }, (_, at) => `${at + 1},${(at % 40) / 4}`)
  await writeFile(path, `tag,energy\n${rows.join('\n')}\n`)
  return path
}

it('begins a run with the rows of a file', async () => {
  const { populations } = await readPopulations([`sheep=${await flock()}`], 1)
  const { model } = startSimulation(wolfSheep, { seed: 1, populations })
  const [sheep, wolves] = model.populations
  expect(sheep!.size).toBe(200)
  expect(wolves!.size).toBe(40)
  expect(sheep!.sum(one => (one as unknown as { energy: number }).energy)).toBe(975)
  expect(model.notes).toEqual(['“sheep”: no field is called “tag”.'])
})

it('draws as many rows as are asked for from a model of a table, the same with the same seed', async () => {
  const path = join(folder, 'flock.table.json')
  await writeTableModel(await fitTables([await flock()], { seed: 1 }), path)
  const drawn = await readPopulations([`sheep=${path}:37`], 5)
  expect(drawn.populations.sheep!.rows).toBe(37)
  expect(await readPopulations([`sheep=${path}:37`], 5)).toEqual(drawn)
  expect((await readPopulations([`sheep=${path}`], 5)).populations.sheep!.rows).toBe(200)
  expect(await readPopulations([`sheep=${path}:37`], 6)).not.toEqual(drawn)
})

it.each([
  [['flock.csv'], /Write NAME=FILE|cannot be read/],
  [['sheep='], /cannot be read/],
])('refuses %j', async (spelled, message) => {
  await expect(readPopulations(spelled, 1)).rejects.toThrow(message)
})

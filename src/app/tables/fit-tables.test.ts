/** Tests of learning from files, folders and databases: what is refused, left out and told. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, it } from 'vitest'
import { compareSources } from './compare-sources.ts'
import { type FitChoice, fitTables } from './fit-tables.ts'
import { sampleTables } from './sample-tables.ts'
import { writeTableModel } from './table-model-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'cultivar-fit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const lines = (count: number, line: (row: number) => string) =>
  Array.from({ length: count }, (_, row) => line(row)).join('\n')
const sensors = join(folder, 'sensors.csv')
writeFileSync(sensors, `time,heat\n${lines(300, row => `${row},${(row * 7) % 13}`)}\n`)
const learned = (address: string, choice: Partial<FitChoice> = {}) => fitTables([address], { seed: 1, ...choice })

it('refuses to promise for a series what is not done for one, privacy above all', async () => {
  const series = { time: 'time' }
  for (const choice of [
    { privacy: { epsilon: 1 } },
    { privacy: { neverReemit: true } },
    { constraints: [{ kind: 'unique', columns: ['time'] }] },
    { synthesizer: 'network' },
  ] satisfies Partial<FitChoice>[]) {
    await expect(learned(sensors, { series, ...choice })).rejects.toMatchObject({ code: 'bad-input' })
  }
})

it('tells of a key that names what is not there, also where it would not be needed', async () => {
  const key = (table: string, column: string) => [{ table, primaryKey: [column], foreignKeys: [] }]
  await expect(learned(sensors, { keys: key('nowhere', 'time') })).rejects.toThrow('“nowhere”')
  await expect(learned(sensors, { keys: key('sensors', 'nothing') })).rejects.toThrow('“nothing”')
})

it('takes a whole database to a copy: composite keys stay unique, empty tables empty, views are left out', async () => {
  const [real, copy] = [join(folder, 'real.db'), join(folder, 'copy.db')]
  const database = new DatabaseSync(real)
  database.exec(`
    create table place (country text, number integer, size real, primary key (country, number));
    create table empty (id integer primary key, note text);
    create view large as select * from place where size > 5;`)
  for (let row = 0; row < 120; row++) {
    database.exec(`insert into place values ('${'ABC'[row % 3]}', ${Math.floor(row / 3)}, ${(row * 7) % 10})`)
  }
  database.close()
  const model = await learned(`sqlite:${real}`)
  expect(model.learnedFrom).toEqual({ place: 120, empty: 0 })
  expect(model.notes.join()).toContain('large')
  const file = await writeTableModel(model, join(folder, 'real.table.json'))
  // The database itself refuses a key that comes twice.
  const { rows } = await sampleTables(file, { seed: 1, scale: 3, out: `sqlite:${copy}` })
  expect(rows).toEqual({ place: 360, empty: 0 })
  const { comparison, notes } = await compareSources(`sqlite:${real}`, `sqlite:${copy}`, { seed: 1 })
  expect(notes).toContain('empty has no rows, and is not compared')
  expect(JSON.stringify(comparison)).not.toContain('"large"')
})

it('compares folders of files, each table read as the real one of its name', async () => {
  for (const side of ['left', 'right']) {
    mkdirSync(join(folder, side))
    writeFileSync(join(folder, side, 'a.csv'), `code,x\n${lines(60, row => `${row % 9},${row % 5}`)}\n`)
    writeFileSync(join(folder, side, 'b.csv'), `code,y\n${lines(60, row => `K${row % 9},${row % 5}`)}\n`)
  }
  const { comparison } = await compareSources(join(folder, 'left'), join(folder, 'right'), { seed: 1 })
  expect(JSON.stringify(comparison)).toContain('"a"')
  await expect(compareSources(join(folder, 'left', 'a.csv'), sensors, { seed: 1 })).rejects.toThrow(
    'no column of the real one',
  )
})

it('says that a table is no model', async () => {
  await expect(sampleTables(sensors, { seed: 1, out: join(folder, 'never.csv') })).rejects.toMatchObject({
    hint: expect.stringContaining('tables fit'),
  })
})

it('draws the noise of ε from a secret unless the seed is to give it, and keeps nothing of what reading told', async () => {
  const people = join(folder, 'people.csv')
  writeFileSync(people, `age;note\n${lines(600, row => `${row === 7 ? 'Zebedee' : row % 80};x`)}\n`)
  const privacy = { epsilon: 1 }
  const told: string[] = []
  const first = await learned(people, { privacy, tell: note => told.push(note) })
  expect(told.join()).toContain('Zebedee')
  expect(JSON.stringify(first)).not.toContain('Zebedee')
  expect(await learned(people, { privacy })).not.toEqual(first)
  const ofSeed = { privacy, noiseOfSeed: true }
  expect(await learned(people, ofSeed)).toEqual(await learned(people, ofSeed))
})

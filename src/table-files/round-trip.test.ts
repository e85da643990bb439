/** Every format gives back what was written into it, and the same tables make the same bytes. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { randomStream } from '../stats/random-stream.ts'
import type { BlockSource, Column, Table } from '../tables/table.ts'
import type { TableKeys } from '../tables/table-keys.ts'
import { listTables, readTable, writeTables } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'cultivar-tables-'))
const schema = `tables_${randomBytes(6).toString('hex')}`
const cluster = inject('postgresUrl')
const database = `${cluster}?options=-c%20search_path%3D${schema}`

async function administer(statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  try {
    return await client.query(statement)
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  if (cluster) await administer(`create schema ${schema}`)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  if (cluster) await administer(`drop schema ${schema} cascade`)
})

const words = ['plain', 'with, comma', 'with "quotes"', "it's", 'two\nlines', 'ünïcödé 😀', '=1+1', 'tab\there']
const hour = 3_600_000

/** All kinds of columns, nulls in each but the first. */
function plant(rows: number): Table {
  const random = randomStream(7)
  const numbers = (make: () => number) =>
    Float64Array.from({ length: rows }, () => (random.int(10) === 0 ? Number.NaN : make()))
  const columns: Column[] = [
    {
      storage: 'numbers',
      name: 'id',
      type: 'integer',
      values: Float64Array.from({ length: rows }, (_, row) => row + 1),
    },
    { storage: 'numbers', name: 'large', type: 'integer', values: numbers(() => random.int(2 ** 31) * 1e6 - 1e15) },
    {
      storage: 'numbers',
      name: 'torque [Nm]',
      type: 'decimal',
      decimals: 2,
      values: numbers(() => (random.int(9999) - 2000) / 100),
    },
    {
      storage: 'numbers',
      name: 'any',
      type: 'decimal',
      values: numbers(() => (random.float() - 0.5) * 10 ** random.int(12)),
    },
    { storage: 'numbers', name: 'on', type: 'boolean', values: numbers(() => random.int(2)) },
    {
      storage: 'numbers',
      name: 'day',
      type: 'date',
      pattern: 'YYYY-MM-DD',
      values: numbers(() => (random.int(40_000) - 10_000) * 24 * hour),
    },
    {
      storage: 'numbers',
      name: 'at',
      type: 'datetime',
      pattern: 'YYYY-MM-DD HH:mm:ss',
      values: numbers(() => random.int(5e5) * hour + 61_000),
    },
    {
      storage: 'numbers',
      name: 'shift',
      type: 'time',
      pattern: 'HH:mm:ss',
      values: numbers(() => random.int(86_400) * 1000),
    },
    {
      storage: 'codes',
      name: 'state',
      type: 'category',
      dictionary: words,
      codes: Int32Array.from({ length: rows }, () => random.int(9) - 1),
    },
    {
      storage: 'texts',
      name: 'note',
      type: 'text',
      values: Array.from({ length: rows }, (_, row) => (row % 7 === 3 ? null : `${random.pick(words)} ${row}`)),
    },
  ]
  return { name: 'plant', rows, columns }
}

/** Values as people see them, so that dictionaries may differ in order. */
function shown({ rows, columns }: Table): unknown[][] {
  return columns.map(column => {
    if (column.storage === 'codes')
      return Array.from(column.codes, code => (code === -1 ? null : column.dictionary[code]))
    return Array.from({ length: rows }, (_, row) => column.values[row])
  })
}

/** The table in blocks of any lengths, as a source that makes them or a stream that brings them. */
function cut(table: Table, lengths: number[]): BlockSource {
  const starts = [0]
  for (let i = 0; (starts.at(-1) as number) < table.rows; i++) {
    starts.push(Math.min(table.rows, (starts.at(-1) as number) + (lengths[i % lengths.length] as number)))
  }
  const { name, columns } = table
  return {
    name,
    columns,
    blocks: starts.length - 1,
    block(index) {
      const [from, to] = [starts[index] as number, starts[index + 1] as number]
      const parts = columns.map(
        (column): Column =>
          column.storage === 'codes'
            ? { ...column, codes: column.codes.slice(from, to) }
            : ({ ...column, values: column.values.slice(from, to) } as Column),
      )
      return { name, rows: to - from, columns: parts }
    },
  }
}

function streamed(source: BlockSource) {
  const blocks = async function* () {
    for (let index = 0; index < source.blocks; index++) yield source.block(index)
  }
  return { name: source.name, columns: source.columns, blocks: blocks() }
}

const table = plant(5000)
const formats = ['csv', 'tsv', 'json', 'jsonl', 'parquet', 'sqlite'] as const

describe.each([...formats, ...(cluster ? ['postgres'] : [])])('%s', format => {
  const at = (name: string) => (format === 'postgres' ? `${database}#${name}` : join(folder, `${name}.${format}`))

  it('gives back the values and types that were written', async () => {
    await writeTables(at('plant'), [table], { defuseFormulas: false })
    const { table: back } = await readTable(at('plant'))
    expect(back.columns.map(({ name, type }) => [name, type])).toEqual(
      table.columns.map(({ name, type }) => [name, type]),
    )
    expect(shown(back)).toEqual(shown(table))
    expect(back.name).toBe('plant')
  })

  it('writes the same whether blocks are made or arrive, and however long they are', async () => {
    const ways = [
      table,
      cut(table, [5000]),
      cut(table, [1, 700, 2048, 13]),
      streamed(cut(table, [999])),
      streamed(cut(table, [5000])),
    ]
    const seen: unknown[] = []
    for (const [index, way] of ways.entries()) {
      const place = at(`same${index}`)
      await writeTables(place, [{ ...way, name: `same${index}` }])
      const byRow = format === 'postgres' || format === 'sqlite'
      seen.push(byRow ? shown((await readTable(place)).table) : readFileSync(place).toString('base64'))
    }
    for (const one of seen) expect(one).toEqual(seen[0])
  })

  it('leaves what was there, and nothing else, when it is stopped', async () => {
    const place = at('stopped')
    await writeTables(place, [{ ...plant(3), name: 'stopped' }])
    const stop = new AbortController()
    const observe = () => stop.abort(new Error('enough'))
    const source = { ...cut(table, [2000]), name: 'stopped' }
    for (const again of [source, streamed(source)]) {
      const writing = writeTables(place, [again], { overwrite: true, signal: stop.signal, observe })
      await expect(writing).rejects.toThrow('enough')
    }
    expect((await readTable(place)).table.rows).toBe(3)
    expect(readdirSync(folder).filter(name => name.startsWith('.'))).toEqual([])
  })
})

const keys: TableKeys[] = [
  { table: 'machine', primaryKey: ['id'], foreignKeys: [{ columns: ['twin'], table: 'machine', references: ['id'] }] },
  {
    table: 'order',
    primaryKey: ['machine', 'no'],
    foreignKeys: [{ columns: ['machine'], table: 'machine', references: ['id'] }],
  },
]
const whole = (name: string, values: number[]): Column => ({
  storage: 'numbers',
  name,
  type: 'integer',
  values: Float64Array.from(values),
})
const machines: Table = {
  name: 'machine',
  rows: 3,
  columns: [whole('id', [1, 2, 3]), whole('twin', [2, 1, Number.NaN])],
}
const orders: Table = { name: 'order', rows: 3, columns: [whole('machine', [1, 1, 3]), whole('no', [1, 2, 1])] }

describe.each(['sqlite', ...(cluster ? ['postgres'] : [])])('several tables in %s', format => {
  const place = format === 'postgres' ? database : `sqlite:${join(folder, 'several.db')}`

  it('keep their keys', async () => {
    await writeTables(place, [orders, machines], { keys })
    const listed = (await listTables(place)).filter(({ name }) => ['machine', 'order'].includes(name))
    expect(new Map(listed.map(found => [found.name, found.keys]))).toEqual(
      new Map(keys.map(entry => [entry.table, entry])),
    )
    for (const { address, name } of listed) {
      expect((await readTable(address)).table).toEqual(name === 'order' ? orders : machines)
    }
  })

  it('are not replaced unasked', async () => {
    await expect(writeTables(place, [machines], { keys: [] })).rejects.toMatchObject({ code: 'already-exists' })
    const written = await writeTables(place, [orders, { ...machines, rows: 3 }], { keys, overwrite: true })
    expect(written.map(({ rows }) => rows)).toEqual([3, 3])
  })

  it('are not written when a key is broken', async () => {
    const broken = { ...orders, columns: [whole('machine', [1, 1, 9]), orders.columns[1] as Column] }
    await expect(writeTables(place, [broken, machines], { keys, overwrite: true })).rejects.toMatchObject({
      code: 'bad-input',
    })
    const { address } = (await listTables(place)).find(({ name }) => name === 'order') as { address: string }
    expect((await readTable(address)).table).toEqual(orders)
  })

  it('have the nearest name told when one is missing', async () => {
    await expect(readTable(`${place}#machin`)).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('"machine"'),
    })
    await expect(readTable(place)).rejects.toMatchObject({ code: 'bad-input', hint: expect.stringContaining('order') })
  })
})

it('writes a folder with a file each, whose names stay inside', async () => {
  const target = join(folder, 'several')
  const written = await writeTables(target, [orders, { ...machines, name: '../machine' }], { format: 'parquet' })
  expect(written.map(({ at }) => at)).toEqual([join(target, 'order.parquet'), join(target, '__machine.parquet')])
  expect((await readTable(join(target, 'order.parquet'))).table.columns).toEqual(orders.columns)
})

it('tells a spreadsheet’s formulas from numbers', async () => {
  const path = join(folder, 'formulas.csv')
  const texts: Column = { storage: 'texts', name: '=cmd', type: 'text', values: ['=1+1', '@x', '-5', '+49 1', null] }
  await writeTables(path, [{ name: 'formulas', rows: 5, columns: [texts, whole('n', [-1, 2, 3, 4, 5])] }])
  expect(readFileSync(path, 'utf8')).toBe("'=cmd,n\n'=1+1,-1\n'@x,2\n-5,3\n'+49 1,4\n,5\n")
})

it.each(['parquet', 'csv', 'jsonl', 'sqlite'])(
  'writes categories as %s that their header does not name',
  async format => {
    const dictionaries = [
      ['a', 'b'],
      ['b', 'c'],
      ['a', 'b', 'c'],
    ]
    const column = (dictionary: string[], codes: number[]): Column => ({
      storage: 'codes',
      name: 'kind',
      type: 'category',
      dictionary,
      codes: Int32Array.from(codes),
    })
    const source: BlockSource = {
      name: 'grown',
      columns: [column(['a', 'b'], [])],
      blocks: 3,
      block: index => ({ name: 'grown', rows: 3, columns: [column(dictionaries[index] as string[], [0, 1, -1])] }),
    }
    const places = ['made', 'arrived'].map(name => join(folder, `${name}.${format}`)) as [string, string]
    await writeTables(`${places[0]}${format === 'sqlite' ? '#grown' : ''}`, [source])
    await writeTables(`${places[1]}${format === 'sqlite' ? '#grown' : ''}`, [streamed(source)])
    for (const place of places)
      expect(shown((await readTable(place)).table)).toEqual([['a', 'b', null, 'b', 'c', null, 'a', 'b', null]])
    if (format !== 'sqlite') expect(readFileSync(places[1])).toEqual(readFileSync(places[0]))
  },
)

it.each(['parquet', 'sqlite'])(
  'refuses to write as %s a column of whole numbers in which fractions come later',
  async format => {
    const column = (type: 'integer' | 'decimal', values: number[]): Column => ({
      storage: 'numbers',
      name: 'n',
      type,
      values: Float64Array.from(values),
    })
    const blocks = async function* () {
      yield { name: 'late', rows: 1, columns: [column('integer', [1])] }
      yield { name: 'late', rows: 1, columns: [column('decimal', [0.5])] }
    }
    const writing = writeTables(join(folder, `late.${format}`), [
      { name: 'late', columns: [column('integer', [])], blocks: blocks() },
    ])
    await expect(writing).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('decimal later'),
    })
  },
)

it('tells no password in its errors', async () => {
  const failed = await readTable('postgres://someone:topsecret@127.0.0.1:1/none#t').catch((error: unknown) => error)
  expect(failed).toMatchObject({ name: 'CultivarError', code: 'storage-unavailable' })
  expect(JSON.stringify(failed)).not.toContain('topsecret')
})

it.each([
  ['several tables in one file', join(folder, 'one.csv'), [orders, machines]],
  ['two tables of one name', join(folder, 'twice'), [orders, orders]],
  ['a folder that is not there', join(folder, 'none', 'x.csv'), [orders]],
  ['a kind of file nobody knows', join(folder, 'x.xyz'), [orders]],
])('%s cannot be written, and that is said', async (_, target, tables) => {
  await expect(writeTables(target, tables)).rejects.toMatchObject({
    name: 'CultivarError',
    code: 'bad-input',
    hint: expect.stringMatching(/\w/),
  })
})

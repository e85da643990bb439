/** Files as people and plants write them: what is recognised, what is said of it, and what is an error. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Column, NumberColumn } from '../tables/table.ts'
import { openTableStream, type ReadWholeOptions, readTable } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'cultivar-read-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(content: string | Buffer, name = 'table.csv'): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function read(content: string | Buffer, options: ReadWholeOptions = {}, name?: string) {
  const { table, notes } = await readTable(fileOf(content, name), options)
  const types = Object.fromEntries(table.columns.map(column => [column.name, column.type]))
  return {
    table,
    notes: notes.join('\n'),
    types,
    values: Object.fromEntries(table.columns.map(column => [column.name, shown(column)])),
  }
}

/** NaN as null. */
function shown(column: Column): unknown[] {
  if (column.storage === 'codes')
    return Array.from(column.codes, code => (code === -1 ? null : column.dictionary[code]))
  return Array.from<unknown>(column.values).map(value => (Number.isNaN(value) ? null : value))
}

const lines = (count: number, line: (row: number) => string) =>
  Array.from({ length: count }, (_, row) => line(row)).join('\n')

describe('layouts', () => {
  it('names the columns of a file without header, and trims blanks behind commas', async () => {
    const { values, notes } = await read('39, State-gov, <=50K\n50, NA, >50K\n38, State-gov, <=50K\n')
    expect(values).toEqual({
      'column 1': [39, 50, 38],
      'column 2': ['State-gov', null, 'State-gov'],
      'column 3': ['<=50K', '>50K', '<=50K'],
    })
    expect(notes).toContain('header: none')
    expect(notes).toContain('null is written "NA" (once)')
  })

  it.each(['?', '-'])('%s is null among numbers and dates, but a text of its own among texts', async mark => {
    const text = `number,date,text\n${lines(40, row => (row === 7 ? `${mark},${mark},${mark}` : `${row},2024-05-${10 + (row % 20)},${'abcd'[row % 4]}`))}\n`
    const { types, values } = await read(text)
    expect(types).toEqual({ number: 'integer', date: 'date', text: 'category' })
    expect([values['number']?.[7], values['date']?.[7], values['text']?.[7]]).toEqual([null, null, mark])
    const { values: said } = await read(text, { nulls: [mark] })
    expect(said['text']?.[7]).toBe(null)
  })

  it('reads any number of blanks as one delimiter', async () => {
    const { values } = await read(
      '1 1  -0.0007 100.0  \n1 2   0.0019 100.0  \n',
      { names: ['unit', 'cycle', 'a', 'b'] },
      'table.txt',
    )
    expect(values).toEqual({ unit: [1, 1], cycle: [1, 2], a: [-0.0007, 0.0019], b: [100, 100] })
  })

  it('reads a plant’s export: titles, semicolons, decimal commas, units, trailing delimiters', async () => {
    const text = `Export 2024-05-01\n\nZeit;Druck;Durchsatz;Zustand;\n;[bar];[kg/h];;\n${lines(30, row => `01.05.2024 06:${10 + row};${row},5;1.2${10 + row},25;${row % 2 ? 'ein' : 'aus'};`)}\n`
    const { table, types, values, notes } = await read(text)
    expect(types).toEqual({ Zeit: 'datetime', Druck: 'decimal', Durchsatz: 'decimal', Zustand: 'category' })
    expect(values['Druck']?.[1]).toBe(1.5)
    expect(values['Durchsatz']?.[0]).toBe(1210.25)
    expect(table.columns[0]).toMatchObject({ pattern: 'DD.MM.YYYY HH:mm' })
    expect(values['Zeit']?.[0]).toBe(Date.UTC(2024, 4, 1, 6, 10))
    for (const said of ['delimiter: semicolon', 'title', 'Druck: [bar]', 'comma', 'nothing behind it'])
      expect(notes).toContain(said)
  })

  it('tells decimal commas from delimiters where there is no header', async () => {
    const { values } = await read('1,5;2,25;3,0\n4,5;5,25;6,0\n')
    expect(values).toEqual({ 'column 1': [1.5, 4.5], 'column 2': [2.25, 5.25], 'column 3': [3, 6] })
  })

  it('leaves comments out, and takes names from the last one', async () => {
    const { values } = await read('# made by a logger\n# time,value\n1,2\n# in between\n3,4\n')
    expect(values).toEqual({ time: [1, 3], value: [2, 4] })
  })

  it('keeps good rows and tells where the bad ones are', async () => {
    const { table, notes } = await read('a,b\n1,2\n3\n4,5,6\n"7,8\n9,10\n')
    expect(shown(table.columns[0] as Column)).toEqual([1, 9])
    expect(notes).toContain(
      '3 rows were left out: line 3 has 1 columns instead of 2; line 4 has 3 columns instead of 2; line 5',
    )
  })

  it('names columns once, and those without a name by their number', async () => {
    expect((await read('a,,a\n1,2,3\n')).types).toEqual({ a: 'integer', 'column 2': 'integer', 'a (2)': 'integer' })
  })

  it('takes a first row with a missing number for values, and missing numbers under units for no reason to doubt them', async () => {
    expect((await read('x,NA\ny,2\nx,3\ny,4\n')).table.rows).toBe(4)
    expect((await read('a,b\nm,kg\n1,2\nNA,3\n4,NA\n')).values).toEqual({ a: [1, null, 4], b: [2, 3, null] })
  })

  it('reads other encodings', async () => {
    expect((await read(Buffer.from('\ufeffgröße,x\n1,2\n', 'utf16le'))).types).toEqual({
      größe: 'integer',
      x: 'integer',
    })
    expect((await read(Buffer.from('ort,x\nKöln,2\nKöln,3\n', 'latin1'))).values['ort']).toEqual(['Köln', 'Köln'])
  })

  it('does as it is told', async () => {
    const text = 'a|b;1\nx|y;2\n'
    const { values } = await read(text, { delimiter: '|', header: false, names: ['p', 'q'] })
    expect(values).toEqual({ p: ['a', 'x'], q: ['b;1', 'y;2'] })
    expect((await read('a\n-\nb\n-\n', { nulls: ['b'] })).values).toEqual({ a: ['-', null, '-'] })
  })
})

describe('types', () => {
  const typeOf = async (values: string[], options: ReadWholeOptions = {}) =>
    (await read(`x;y\n${values.map(value => `${value};1`).join('\n')}\n`, { delimiter: ';', header: true, ...options }))
      .table.columns[0] as Column

  it.each([
    ['integer', ['1', '-2', '+3', '1000000']],
    ['integer', ['1,234', '999', '12,345,678']],
    ['decimal', ['1.5', '2', '-3e5', '.5']],
    ['decimal', ['1,234.50', '2.00']],
    ['boolean', ['true', 'FALSE', 'True']],
    ['date', ['2024-02-29', '2023-01-01']],
    ['date', ['3/14/24', '12/1/23']],
    ['date', ['1 May 2024', '12 Jan 2023']],
    ['datetime', ['2024-02-29T10:00:00.123Z', '2024-02-29T10:00:00+02:00']],
    ['datetime', ['5/1/2024 1:05 PM', '12/1/2024 11:05 AM']],
    ['time', ['10:00', '23:59']],
    ['text', ['007', '008', '009']],
    ['text', ['12345678901234567', '12345678901234568']],
    ['text', ['2024-01-01', '01/02/2024', '13/02/2024', '02/13/2024']],
    ['date', ['2024-01-01', '01.02.2024', 'May 3, 2024']],
    ['integer', ['1', 'inf', '-Infinity', '2']],
    ['text', ['Anna', 'Ben', 'Cleo']],
    ['category', ['red', 'blue', 'red', 'red']],
    ['category', ['01', '02', '01', '02']],
    ['category', ['', 'NA', 'null']],
  ])('%s: %j', async (type, values) => {
    expect((await typeOf(values)).type).toBe(type)
  })

  it('keeps how many decimals are written, where all have as many', async () => {
    expect(await typeOf(['1.50', '2.25'])).toMatchObject({ decimals: 2 })
    expect(await typeOf(['1.5', '2.25'])).not.toHaveProperty('decimals')
  })

  it('reads day and month in the order that fits, that is usual, or that is asked for', async () => {
    expect(await typeOf(['25/12/2024', '01/02/2024'])).toMatchObject({ pattern: 'DD/MM/YYYY' })
    expect(await typeOf(['01/02/2024', '03/04/2024'])).toMatchObject({ pattern: 'MM/DD/YYYY' })
    expect(await typeOf(['01/02/2024', '03/04/2024'], { dayFirst: true })).toMatchObject({ pattern: 'DD/MM/YYYY' })
    expect(await typeOf(['20240102', '20240304'], { columns: { x: { pattern: 'YYYYMMDD' } } })).toMatchObject({
      type: 'date',
    })
  })

  it('reads dates that several sources wrote each in its way, wherever they stand, and says so', async () => {
    const days = ['17', '18', '19', '20', '21']
    const iso = Array.from({ length: 60 }, (_, i) => `2024-0${1 + (i % 9)}-${days[i % 5]}`)
    const slashed = Array.from({ length: 40 }, (_, i) => `${i % 2 ? '03' : days[i % 5]}/0${1 + (i % 9)}/2023`)
    const { table, notes } = await read(`d\n${[...iso, ...slashed].join('\n')}`)
    expect(table.columns[0]).toMatchObject({ type: 'date', pattern: 'YYYY-MM-DD' })
    const { values } = table.columns[0] as NumberColumn
    expect(values[0]).toBe(Date.UTC(2024, 0, 17))
    expect(values[61]).toBe(Date.UTC(2023, 1, 3))
    expect(notes).toContain('written in 2 ways ("YYYY-MM-DD", "DD/MM/YYYY")')
  })

  it('says where times were written with an offset, for they are read with it', async () => {
    const { table, notes } = await read('t\n2024-01-01T10:00:00+02:00\n2024-01-01T10:00:00-05:30')
    expect([...(table.columns[0] as NumberColumn).values]).toEqual([
      Date.UTC(2024, 0, 1, 8),
      Date.UTC(2024, 0, 1, 15, 30),
    ])
    expect(notes).toContain('written in UTC')
  })

  it('takes any text for the name of a column', async () => {
    const names = ['__proto__', 'constructor', 'a,b', 'say "hi"', '🙂', 'toString']
    const written = names.map(name => `"${name.replaceAll('"', '""')}"`).join(',')
    const { table } = await read(`${written}\n1,2,3,4,5,6`, { columns: { 'a,b': 'text' } })
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual(
      names.map(name => [name, name === 'a,b' ? 'text' : 'integer']),
    )
    const json = await read('[{"a": 1, "__proto__": 2}, {"a": 2}]', {}, 'odd.json')
    expect(json.table.columns.map(({ name }) => name)).toEqual(['a', '__proto__'])
  })

  it('makes a few odd values among numbers null, and says so', async () => {
    const { values, notes } = await read(`x,y\n${lines(100, row => `${row === 50 ? 'broken' : row},1`)}\n`)
    expect(values['x']?.filter(value => value === null)).toHaveLength(1)
    expect(notes).toContain('column "x": one value is not a number and became null ("broken")')
  })

  it('reads a column of mixed kinds as text, also where it shows late', async () => {
    const late = lines(
      70_000,
      row => `${row < 69_000 ? row : row % 10 === 0 ? 'x' : row},${row < 65_999 ? row : '007'},1`,
    )
    const { types, values, notes } = await read(`a,b,c\n${late}\n`)
    expect(types).toEqual({ a: 'integer', b: 'text', c: 'integer' })
    expect(values['b']?.at(-1)).toBe('007')
    expect(notes).toContain('"b" is read as text')
    expect((await typeOf(['1', '2', 'x', 'y'])).type).toBe('text')
  })

  it('becomes decimal when a fraction comes late', async () => {
    const { types, values } = await read(`a,b\n${lines(66_000, row => `${row === 65_990 ? '0.5' : row},1`)}\n`)
    expect(types['a']).toBe('decimal')
    expect(values['a']?.[65_990]).toBe(0.5)
  })

  it('tells texts from categories by all values, unless it is told which they are', async () => {
    const few = `a,b\n${lines(40_000, row => `w${row < 17_000 ? row : row % 100},1`)}\n`
    expect((await read(few)).types['a']).toBe('category')
    expect((await read(few, { columns: { a: 'text' } })).types['a']).toBe('text')
    const many = `a,b\n${lines(40_000, row => `w${row < 17_000 ? row % 100 : row},1`)}\n`
    expect((await read(many)).types['a']).toBe('text')
    expect((await read(many, { columns: { a: 'category' } })).types['a']).toBe('category')
  })

  it('says which column was meant when one that is not there is given a type', async () => {
    await expect(read('torque,b\n1,2\n', { columns: { torqe: 'text' } })).rejects.toMatchObject({
      hint: 'Did you mean "torque"?',
    })
  })

  it('takes texts of a database at their word, and numbers beyond 2⁵³ as texts', async () => {
    const path = join(folder, 'typed.sqlite')
    const database = new DatabaseSync(path)
    database.exec(
      `create table t (zip text, n, at text); insert into t values ('12345', 9007199254740993, '2024-01-01 00:00:00'), ('NA', 1, null)`,
    )
    database.close()
    const { table } = await readTable(path)
    expect(table.columns.map(shown)).toEqual([
      ['12345', 'NA'],
      ['9007199254740993', '1'],
      [Date.UTC(2024, 0, 1), null],
    ])
  })
})

describe('samples and streams', () => {
  const path = () => fileOf(`n,word\n${lines(20_000, row => `${row},w${row % 50}`)}\n`, 'long.csv')

  it('draws rows evenly, keeps their order, and draws the same ones again', async () => {
    const long = path()
    const sample = async (seed: number) => {
      const { table, notes } = await readTable(long, { sampleRows: 1000, seed })
      expect(notes.join()).toContain('1,000 of 20,000 rows')
      return table
    }
    const one = await sample(1)
    expect(await sample(1)).toEqual(one)
    expect(await sample(2)).not.toEqual(one)
    const [numbers, words] = one.columns.map(shown) as [number[], string[]]
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(words).toEqual(numbers.map(n => `w${n % 50}`))
    expect(numbers.reduce((sum, n) => sum + n, 0) / 1000).toBeGreaterThan(9200)
    expect(numbers.reduce((sum, n) => sum + n, 0) / 1000).toBeLessThan(10_800)
  })

  it('draws nothing where there are no more rows than asked for', async () => {
    const long = path()
    expect((await readTable(long, { sampleRows: 20_000 })).table).toEqual((await readTable(long)).table)
  })

  it('brings the same rows block by block', async () => {
    const text = `n,word\n${lines(150_000, row => `${row},w${row % 50}`)}\n`
    const stream = await openTableStream(fileOf(text, 'blocks.csv'))
    const seen: unknown[] = []
    const sizes: number[] = []
    for await (const block of stream.blocks) {
      sizes.push(block.rows)
      seen.push(...shown(block.columns[1] as Column))
    }
    expect(sizes).toEqual([65_536, 65_536, 18_928])
    expect(seen).toEqual(Array.from({ length: 150_000 }, (_, row) => `w${row % 50}`))
  })

  it('stops when told to', async () => {
    await expect(readTable(path(), { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
  })
})

describe('what cannot be read', () => {
  it.each([
    ['an empty file', '', 'table.csv', 'bad-file'],
    ['only a header', 'a,b\n', 'table.csv', 'bad-file'],
    ['bytes that are no text', Buffer.from([1, 0, 2, 0, 3]), 'table.csv', 'bad-file'],
    ['JSON that is none', '{"a":', 'table.json', 'bad-file'],
    ['JSON without a table', '{"a": 1}', 'table.json', 'bad-file'],
    ['a Parquet file that is none', 'a,b\n1,2\n', 'table.parquet', 'bad-file'],
    ['a SQLite file that is none', 'a,b\n1,2\n'.repeat(200), 'table.sqlite', 'bad-file'],
    ['a kind of file nobody knows', 'a,b\n1,2\n', 'table.xyz', 'bad-input'],
  ])('%s is an error that says what to do', async (_, content, name, code) => {
    await expect(readTable(fileOf(content, name))).rejects.toMatchObject({
      name: 'CultivarError',
      code,
      hint: expect.stringMatching(/\w/),
    })
  })

  it('a file that is not there is told with the nearest name', async () => {
    fileOf('a\n1\n', 'machines.csv')
    await expect(readTable(join(folder, 'machnes.csv'))).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('machines.csv'),
    })
    await expect(readTable(join(folder, 'none', 'x.csv'))).rejects.toMatchObject({ code: 'not-found' })
  })

  it.skipIf(process.getuid?.() === 0)('a file one may not read is told as such', async () => {
    const path = fileOf('a\n1\n', 'locked.csv')
    chmodSync(path, 0)
    await expect(readTable(path)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('anything else is read or an error that says what to do', async () => {
    const piece = fc.constantFrom(
      ',',
      ';',
      '\n',
      '"',
      '1',
      '0.5',
      'x',
      ' ',
      '\t',
      '#',
      '|',
      '2024-01-01',
      '?',
      '-',
      '\r\n',
      '1,5',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async pieces => {
        const outcome = await readTable(fileOf(pieces.join(''), 'any.csv')).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toMatchObject({ name: 'CultivarError', code: 'bad-file' })
        else expect((outcome as { table: { rows: number } }).table.rows).toBeGreaterThan(0)
      }),
      { numRuns: 150 },
    )
  })
})

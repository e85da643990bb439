/** CSV as found in the wild, and as spreadsheets must not misread it. */
import { Readable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { StoredRecord } from '../model/record.ts'
import { csv } from './csv.ts'
import type { ReadOptions, ReadRow, WriteOptions } from './format.ts'

const rowsOf = (source: string, options: ReadOptions = {}): Promise<ReadRow[]> =>
  Readable.from(csv.read(Readable.from([Buffer.from(source)]), options).rows).toArray()
const valuesOf = async (source: string, options: ReadOptions = {}) =>
  (await rowsOf(source, options)).map(row => row.values)

async function written(text: string, options: WriteOptions = {}): Promise<string> {
  const record = { id: 'a', fields: { text }, labels: [], spans: [], tags: [], split: 'train', status: 'pending' }
  const chunks = csv.write(Readable.from([record as unknown as StoredRecord]), {
    columns: ['text', 'split'],
    ...options,
  })
  return (await Readable.from(chunks).toArray()).join('')
}

it.each<[string, string, string[]]>([
  ['commas', 'text,label\n"a, b",x\n', ['a, b', 'x']],
  ['semicolons, with commas in numbers', 'price;label\n1,5;x\n2,5;y\n', ['1,5', 'x']],
  ['tabs, with commas in the text', 'text\tlabel\na, b, c\tx\nd\ty\n', ['a, b, c', 'x']],
  ['bars', 'text|label\na|x\n', ['a', 'x']],
  ['one column of prose', 'text\nOne, two, three.\nFour.\nFive, six.\n', ['One, two, three.']],
  ['delimiters and line breaks inside quotes', 'text,label\n"a;b;c\nd;e;f",x\n"g;h",y\n', ['a;b;c\nd;e;f', 'x']],
  ['many rows with a comma too many, told by the names', 'text,label\na,b,c\nd,e,f\ng,h\n', []],
])('guesses the delimiter: %s', async (_, source, first) => {
  const [row] = await rowsOf(source)
  expect(row?.error ? [] : Object.values(row!.values)).toEqual(first)
})

it.each<[string, string, boolean]>([
  ['known names', 'text,label\nhello,x\n', true],
  ['plain words that do not come again', 'speaker,mood\nAnna,good\nBen,bad\n', true],
  ['a value that comes again', 'hello,good\nbye,bad\nwell,good\n', false],
  ['a number', 'hello,1\nbye,2\n', false],
  ['a sentence', 'How do I reset my password?,account\nWhere is my card?,card\n', false],
])('guesses the header: %s', async (_, source, header) => {
  const lines = source.trim().split('\n').length
  expect(await rowsOf(source)).toHaveLength(header ? lines - 1 : lines)
  expect(await rowsOf(source, { header: !header })).toHaveLength(header ? lines : lines - 1)
})

it('names unnamed columns by number and repeated ones apart', async () => {
  expect(await valuesOf(',text,text,__proto__\n0,a,b,c\n')).toEqual([
    Object.fromEntries([
      ['column 1', '0'],
      ['text', 'a'],
      ['text (2)', 'b'],
      ['__proto__', 'c'],
    ]),
  ])
})

it.each(['\n', '\r\n', '\r'])('ends rows with %j, skips blank lines and needs no last line break', async end => {
  const source = ['', 'text,label', '', 'a,"b', 'c"', '   ', '', 'd "e" f,g'].join(end)
  const rows = await rowsOf(source)
  expect(rows).toEqual([
    { record: 1, line: 4, values: { text: 'a', label: `b${end}c` } },
    { record: 2, line: 8, values: { text: 'd "e" f', label: 'g' } },
  ])
})

it('takes another quote character, or none', async () => {
  expect(await valuesOf("text,label\n'a, ''b''',c\n", { quote: "'" })).toEqual([{ text: "a, 'b'", label: 'c' }])
  expect(await valuesOf('text\tlabel\n"a" b\tc\n', { quote: '' })).toEqual([{ text: '"a" b', label: 'c' }])
})

it('names row, line, column and remedy of a bad row', async () => {
  const errors = (await rowsOf('text,label\na,b\n\nc\n"d" e,f\ng,"h\n')).flatMap(row => row.error ?? [])
  expect(errors).toEqual([
    { record: 2, line: 4, message: 'has 1 column instead of 2', hint: expect.stringContaining('quotes') },
    {
      record: 3,
      line: 5,
      column: 'text',
      message: expect.stringContaining('followed by " "'),
      hint: expect.any(String),
    },
    { record: 4, line: 6, column: 'label', message: expect.stringContaining('never closed'), hint: expect.any(String) },
  ])
})

it('stops at a header that cannot be read', async () => {
  await expect(rowsOf('"text,label\na,b\n', { header: true })).rejects.toMatchObject({ code: 'bad-file' })
})

it.each([{ delimiter: ',,' }, { delimiter: '"' }, { quote: '\n' }])('refuses %j as dialect', async options => {
  await expect(rowsOf('a,b\n', options)).rejects.toMatchObject({ code: 'bad-input' })
})

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function liveBytes(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

describe('a row beyond the limit', () => {
  const lines = 'good,row\n'.repeat(30)

  it('is a slip of the quote if rows like the others follow', async () => {
    const rows = await rowsOf(`text,label\n"oops,b\n${lines}`, { maxRowLength: 100 })
    expect(rows[0]!.error).toMatchObject({ line: 2, column: 'text', message: expect.stringContaining('never closed') })
    expect(rows.filter(row => row.values)).toHaveLength(30)
  })

  it('is one value if they do not, and is skipped to its end, line breaks, doubled quotes and all', async () => {
    const prose = 'A line of prose ""quoted"",\nand one more.\n'.repeat(30)
    const rows = await rowsOf(`text,label\n"${prose}",b\n${lines}`, { maxRowLength: 100 })
    expect(rows[0]!.error).toMatchObject({ record: 1, line: 2, message: expect.stringContaining('100 characters') })
    expect(rows[1]).toMatchObject({ record: 2, line: 63 })
    expect(rows.filter(row => row.values)).toHaveLength(30)
  })

  it('is one value, too, if lines like rows stand in the middle of it', async () => {
    const rows = await rowsOf(`text,label\n"A table:\n${lines}",b\nc,d\n`, { maxRowLength: 100 })
    expect(rows.map(row => row.error?.line ?? row.values)).toEqual([2, { text: 'c', label: 'd' }])
  })

  it.each(['', '"'])('of 200 MB is not held, quoted with %j', async quote => {
    const held: number[] = []
    async function* bytes() {
      yield Buffer.from(`text,label\na,b\n${quote}`)
      const block = Buffer.alloc(1 << 20, 'lorem ipsum ')
      for (let megabytes = 0; megabytes < 200; megabytes++) {
        yield block
        if (megabytes % 50 === 0) held.push(liveBytes())
      }
      yield Buffer.from(`${quote},b\nc,d\n`)
    }
    const rows = await Readable.from(csv.read(bytes(), {}).rows).toArray()
    expect(rows.map(row => row.error?.line ?? row.values)).toEqual([
      { text: 'a', label: 'b' },
      3,
      { text: 'c', label: 'd' },
    ])
    expect(Math.max(...held) - held[0]!).toBeLessThan(32 * 2 ** 20)
  })
})

describe('formulas', () => {
  it.each([
    '=1+1',
    '+A1',
    '-A1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\n=x',
    '  =x',
    '\u00a0=x',
    '\u200b=x',
    '＝x',
    '＋x',
    '－x',
    '＠x',
    '-5-6',
    '+49 30 1',
  ])('defuses %j', async text => {
    expect(await valuesOf(await written(text))).toMatchObject([{ text: `'${text}` }])
    expect(await valuesOf(await written(text, { defuseFormulas: false }))).toMatchObject([{ text }])
  })

  it.each(['-5', '+3.25', '-1e-9', '.5', 'a=b', "'quoted'", '5-3', 'e-mail'])('leaves %j alone', async text => {
    expect(await written(text)).toBe(`text,split\n${text},train\n`)
  })

  it('defuses the names of columns, too', async () => {
    expect(await written('a', { columns: ['=x', 'text'] })).toBe("'=x,text\n,a\n")
  })
})

it('begins with a byte-order mark if asked, ends lines with LF, and marks a lone empty cell', async () => {
  expect(await written('é', { byteOrderMark: true })).toBe('\ufefftext,split\né,train\n')
  expect(await written('', { columns: ['text'] })).toBe('text\n""\n')
})

it('refuses to write without columns', async () => {
  await expect(written('a', { columns: [] })).rejects.toMatchObject({ code: 'bad-input' })
})

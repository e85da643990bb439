/** What every format keeps: one table of laws over all built-ins. */
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CultivarError } from '../model/error.ts'
import { project } from '../model/project.ts'
import type { Span, Split } from '../model/record.ts'
import { applyMapping } from './apply-mapping.ts'
import { columnsOf } from './column-facts.ts'
import { guessMapping, type Mapping } from './column-mapping.ts'
import { findFormat } from './find-format.ts'
import type { ExportRecord, Format, ReadOptions, WriteOptions } from './format.ts'
import * as formats from './index.ts'
import { exportColumns } from './record-members.ts'

const entities = project.parse({ name: 'laws', kind: 'entities' })
const all = <T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> => Readable.from(items).toArray()

async function written(format: Format, records: ExportRecord[], options: WriteOptions = {}): Promise<string> {
  const columns = options.columns ?? (await exportColumns(Readable.from(records)))
  const needed = format.needsColumns ? { columns } : {}
  return (await all(format.write(Readable.from(records), { ...needed, ...options }))).join('')
}

async function rowsOf(format: Format, chunks: Uint8Array[], options: ReadOptions = {}) {
  return all(format.read(Readable.from(chunks), options).rows)
}

/** The bytes in pieces cut at the given fractions of their length. */
function cutAt(bytes: Buffer, fractions: number[]): Buffer[] {
  const cuts = fractions.map(fraction => Math.floor(fraction * bytes.length)).sort((a, b) => a - b)
  return [...cuts, bytes.length].map((cut, index) => bytes.subarray(cuts[index - 1] ?? 0, cut))
}

const fractions = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc
      .array(fc.constantFrom('"', ',', '\t', ';', '\n', '\r', "'", '=', '😀', 'é', ' ', '\ufeff', 'a'), {
        maxLength: 12,
      })
      .map(parts => parts.join('')),
  )
  .map(value => value.toWellFormed().replaceAll('\0', ''))
const name = text.map(value => `n${value}n`)
const fieldNames = [
  'answer',
  'id',
  'label',
  'labels',
  'lineage.run',
  'fields.text',
  'a,b',
  '"q"',
  '__proto__',
  'née\n2',
]

const spansIn = (value: string): fc.Arbitrary<Span[]> => {
  const boundaries = [0, ...[...value].map((_, index, characters) => characters.slice(0, index + 1).join('').length)]
  const two = fc.subarray(boundaries, { minLength: 2, maxLength: 2 })
  return fc.array(
    fc.tuple(two, name).map(([[start, end], label]) => ({ field: 'text', start: start!, end: end!, label })),
    { maxLength: 3 },
  )
}

const records: fc.Arbitrary<ExportRecord[]> = fc.subarray(fieldNames).chain(names =>
  fc.array(
    text
      .map(value => `${value}x`)
      .chain(value =>
        fc.record({
          id: fc.uuid(),
          others: fc.tuple(...names.map(() => text)),
          text: fc.constant(value),
          labels: fc.uniqueArray(name, { maxLength: 3 }),
          spans: spansIn(value),
          tags: fc.array(name, { maxLength: 2 }),
          split: fc.constantFrom<Split>('train', 'validation', 'test'),
        }),
      )
      .map(({ others, text: value, ...rest }) =>
        exportRecord({
          ...rest,
          fields: Object.fromEntries([['text', value], ...names.map((key, i) => [key, others[i]!])]),
        }),
      ),
    { minLength: 1, maxLength: 6 },
  ),
)

function exportRecord(members: Partial<ExportRecord>): ExportRecord {
  return {
    id: 'r1',
    project: 'laws',
    position: 0,
    outcome: 'kept',
    status: 'pending',
    split: 'train',
    tags: [],
    cell: 'all',
    verdicts: [],
    run: null,
    unit: null,
    item: null,
    source: null,
    createdMs: 0,
    fields: { text: 'x' },
    labels: [],
    spans: [],
    ...members,
  }
}

const exported: Mapping = {
  text: 'text',
  labels: ['label', 'labels'],
  spans: 'spans',
  split: 'split',
  id: 'id',
  tags: 'tags',
  fields: 'rest',
  leftOut: ['status'],
  offsets: 'code-points',
}

describe.each(
  Object.values(formats)
    .filter(format => format.isWhole)
    .map(format => ({ kind: format.kind, format })),
)('the format $kind', ({ format }) => {
  it.each(['code-points', 'utf16'] as const)(
    'reads back what it wrote, offsets in %s, wherever the bytes are cut',
    async offsets => {
      await fc.assert(
        fc.asyncProperty(records, fractions, async (list, cuts) => {
          const bytes = Buffer.from(await written(format, list, { defuseFormulas: false, offsets }))
          const rows = await rowsOf(format, cutAt(bytes, cuts))
          const found = rows.map(row => (row.error ? row : applyMapping(row, { ...exported, offsets }, entities)))
          expect(found).toEqual(
            list.map(({ fields, labels, spans, id, split, tags }) => ({
              content: { fields, labels, spans },
              id,
              split,
              ...(tags.length > 0 && { tags }),
            })),
          )
        }),
        { numRuns: 150 },
      )
    },
  )

  it('guesses the mapping of its own exports', async () => {
    const list = [1, 2, 3].map(n =>
      exportRecord({
        id: `r${n}`,
        fields: { text: `Text ${n} 😀!`, answer: 'yes' },
        labels: ['a'],
        spans: [{ field: 'text', start: 7, end: 9, label: 'EMO' }],
        tags: ['t'],
      }),
    )
    const rows = await rowsOf(format, [Buffer.from(await written(format, list))])
    const sample = rows.map(row => row.values!)
    expect(guessMapping(columnsOf(sample), sample, entities)).toEqual({ ...exported, labels: ['label'] })
  })

  it('writes the same bytes for the same records, whatever the order of their keys, and no unpaired surrogate', async () => {
    const nested = { b: ['\ud800', 1], a: { y: 1, x: '\udfff' } }
    const turned = { a: { x: '\udfff', y: 1 }, b: ['\ud800', 1] }
    const one = await written(format, [
      exportRecord({ fields: { text: 'a\ud83d', b: nested, a: 1 }, lineage: { run: 'r\ud800' } }),
    ])
    const two = await written(format, [
      exportRecord({ fields: { a: 1, b: turned, text: 'a\ud83d' }, lineage: { run: 'r\ud800' } }),
    ])
    expect(two).toBe(one)
    expect(one.isWellFormed()).toBe(true)
    expect(one).not.toMatch(/\\u+d[89a-f]/i)
    expect(one).toContain('a\ufffd')
  })

  it('writes the columns that were asked for, in that order, members of the lineage among them', async () => {
    const record = exportRecord({ fields: { text: 'hello', a: 'b' }, lineage: { run: 'r7', seeds: ['s'] } })
    const output = await written(format, [record], { columns: ['lineage.run', 'text', 'lineage.seeds'] })
    const [row] = await rowsOf(format, [Buffer.from(output)])
    expect(Object.keys(row!.values!)).toEqual(['lineage.run', 'text', 'lineage.seeds'])
    expect(row!.values).toMatchObject({ 'lineage.run': 'r7', text: 'hello' })
    expect(row!.values!['lineage.seeds']).toEqual(format.needsColumns ? '["s"]' : ['s'])
  })

  it.each([
    ['utf-8 with a mark', (output: string) => Buffer.from(`\ufeff${output}`), undefined],
    ['utf-16le with a mark', (output: string) => Buffer.from(`\ufeff${output}`, 'utf16le'), undefined],
    ['utf-16be with a mark', (output: string) => Buffer.from(`\ufeff${output}`, 'utf16le').swap16(), undefined],
    ['utf-16le by name', (output: string) => Buffer.from(output, 'utf16le'), 'utf-16le'],
    ['windows-1252', (output: string) => Buffer.from(output.replaceAll('€', '\x80'), 'latin1'), undefined],
    ['windows-1252 by name', (output: string) => Buffer.from(output.replaceAll('€', '\x80'), 'latin1'), 'cp1252'],
  ])('reads %s', async (_, encode, encoding) => {
    const texts = ['naïve café', '5 € für “Möhren”'.replace(/[“”]/g, '"')]
    const output = await written(
      format,
      texts.map(value => exportRecord({ fields: { text: value } })),
    )
    for (const size of [1, 7, 1e6]) {
      const bytes = encode(output)
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      const rows = await rowsOf(format, chunks, encoding === undefined ? {} : { encoding })
      expect(rows.map(row => row.values?.['text'])).toEqual(texts)
    }
  })

  it('says which encoding it guessed', async () => {
    const output = await written(format, [exportRecord({ fields: { text: 'café' } })])
    const reading = format.read(Readable.from([Buffer.from(output, 'latin1')]))
    await all(reading.rows)
    expect(reading.notes.join('\n')).toMatch(/encoding: windows-1252 \(guessed.*--encoding/)
  })

  it.each<[string, Buffer[], ReadOptions, string]>([
    ['an empty file', [], {}, 'bad-file'],
    ['a file of blanks', [Buffer.from('\ufeff \n\n')], {}, 'bad-file'],
    ['a binary file', [Buffer.from('PK\x03\x04\x14\x00\x00 abc\n')], {}, 'bad-file'],
    ['an unknown encoding', [Buffer.from('a')], { encoding: 'klingon' }, 'bad-input'],
  ])('refuses %s and says what to do', async (_, chunks, options, code) => {
    const failure = await rowsOf(format, chunks, options).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(CultivarError)
    expect(failure).toMatchObject({ code, hint: expect.stringMatching(/\w+/) })
  })

  it('frees the file when its rows are not read to the end', async () => {
    const output = Buffer.from(await written(format, [exportRecord({}), exportRecord({})]))
    let open = true
    async function* bytes() {
      try {
        do yield output
        while (format.kind !== 'json')
      } finally {
        open = false
      }
    }
    for await (const _ of format.read(bytes()).rows) break
    expect(open).toBe(false)
  })
})

const soup = fc
  .array(
    fc.constantFrom<(string | Buffer)[]>(
      ...[
        '"',
        '""',
        ',',
        '\n',
        '\r',
        '\r\n',
        'a,b\n',
        '"x\ny",z\n',
        '{"a":1}',
        '[1]',
        'é',
        '😀',
        'long-and-longer-',
      ].map(part => [part]),
      [Buffer.from([0xe2, 0x82])],
      [Buffer.from([0xff])],
    ),
    { maxLength: 60 },
  )
  .map(parts => Buffer.concat([Buffer.from('text,label\n'), ...parts.flat().map(part => Buffer.from(part as string))]))

it.each(['csv', 'jsonl'])('%s gives the same rows and errors for any bytes, wherever they are cut', async kind => {
  const format = findFormat('', kind)
  await fc.assert(
    fc.asyncProperty(soup, fractions, fc.integer({ min: 12, max: 60 }), async (bytes, cuts, maxRowLength) => {
      const whole = await rowsOf(format, [bytes], { maxRowLength })
      expect(await rowsOf(format, cutAt(bytes, cuts), { maxRowLength })).toEqual(whole)
      expect(
        await rowsOf(
          format,
          [...bytes].map(byte => Buffer.of(byte)),
          { maxRowLength },
        ),
      ).toEqual(whole)
    }),
    { numRuns: 400 },
  )
})

const long = 'long '.repeat(60)
const badRows: { kind: string; what: string; maxRowLength?: number; sources: string[] }[] = [
  {
    kind: 'csv',
    what: 'broken quotes',
    sources: ['too few', 'one,two,three', '"never closed,b', 'x,"never closed', '"closed" then,b', '"damaged\udcff",b'],
  },
  {
    kind: 'csv',
    what: 'rows too long',
    maxRowLength: 200,
    sources: ['too few', '"a" b,c', `${long},b`, `"${long}\n",b`],
  },
  {
    kind: 'jsonl',
    what: 'lines of all kinds',
    maxRowLength: 200,
    sources: [
      ...['{"text": "cut', '{"text": tru}', 'text', '[1]', '"text"', 'null', '{"text": "half \\ud83d"}'],
      ...['{"text": "nul \\u0000"}', `{"text": "${long}"}`, '{"damaged": "\udcff"}'],
    ],
  },
]

it.each(badRows)(
  '$kind with $what reports each where it begins and loses no good row',
  async ({ kind, maxRowLength, sources }) => {
    const format = findFormat('', kind)
    // A quote that never closes is closed by one before a delimiter: such good rows are not to be told apart.
    const good = text.filter(value => !/^"*[,\r\n]/.test(value)).map(value => `${value}x`)
    const line = fc.oneof(
      good.map(value => ({ value, source: goodSource(kind, value) })),
      fc.constantFrom(...sources).map(source => ({ value: undefined, source })),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), fractions, async (lines, cuts) => {
        const header = kind === 'csv' ? 'text,label\n' : ''
        const parts = `${header}${lines.map(({ source }) => `${source}\n`).join('')}`.split(/\udcff/u)
        const bytes = Buffer.concat(
          parts.flatMap((part, index) => [Buffer.from(index === 0 ? [] : [0xff]), Buffer.from(part)]),
        )
        const options = { encoding: 'utf-8', delimiter: ',', header: true, ...(maxRowLength && { maxRowLength }) }
        const rows = await rowsOf(format, cutAt(bytes, cuts), options)
        expect(rows.flatMap(row => row.values?.['text'] ?? [])).toEqual(lines.flatMap(({ value }) => value ?? []))
        let next = kind === 'csv' ? 2 : 1
        const places = lines.map(({ source }, index) => {
          const place = { record: index + 1, line: next }
          next += `${source}\n`.match(/\r\n?|\n/g)!.length
          return place
        })
        expect(rows.map(row => row.error ?? row).map(({ record, line }) => ({ record, line }))).toEqual(places)
      }),
      { numRuns: 300 },
    )
  },
)

function goodSource(kind: string, value: string): string {
  return kind === 'csv' ? `"${value.replaceAll('"', '""')}",b` : JSON.stringify({ text: value })
}

it('chooses a format by the name of the file or by kind', () => {
  expect(findFormat('a/b.JSONL').kind).toBe('jsonl')
  expect(findFormat('faq.csv').kind).toBe('csv')
  expect(findFormat('faq.txt', 'tsv').kind).toBe('tsv')
  expect(() => findFormat('faq.xlsx')).toThrow(CultivarError)
  expect(() => findFormat('faq.csv', 'xml')).toThrow(/no file format "xml"/)
})

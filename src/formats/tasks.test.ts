/** Tasks of annotation tools: what a tool is shown, and what comes back from it. */
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { project } from '../model/project.ts'
import { applyMapping } from './apply-mapping.ts'
import { columnsOf } from './column-facts.ts'
import { guessMapping } from './column-mapping.ts'
import type { ExportRecord } from './format.ts'
import { generativeAiLab } from './generative-ai-lab.ts'
import { labelStudio } from './label-studio.ts'

const text = 'Ask 😀 Uber or Lyft'
const record: ExportRecord = {
  ...{ id: 'r1', project: 'p', position: 0, outcome: 'kept', status: 'pending', split: 'test', tags: ['synthetic'] },
  ...{ cell: 'all', verdicts: [], run: null, unit: null, item: null, source: null, createdMs: 0 },
  ...{ fields: { text, channel: 'mail' }, labels: ['question'] },
  spans: [
    { field: 'text', start: 7, end: 11, label: 'ORG' },
    { field: 'text', start: 15, end: 19, label: 'ORG' },
  ],
}

async function tasks(format: typeof labelStudio, records: ExportRecord[]) {
  return JSON.parse((await Readable.from(format.write(Readable.from(records))).toArray()).join(''))
}

it('shows a grown record as a prediction and an accepted one as annotated, offsets in code points', async () => {
  const [grown, accepted, brought] = await tasks(labelStudio, [
    record,
    { ...record, status: 'accepted' },
    { ...record, outcome: 'imported', spans: [], labels: [] },
  ])
  expect(grown).toMatchObject({ id: 1, data: { text, channel: 'mail' }, meta: { id: 'r1', split: 'test' } })
  expect(grown.annotations).toBeUndefined()
  expect(grown.predictions[0].result[0]).toEqual({
    ...{ id: 't1s1', from_name: 'label', to_name: 'text', type: 'labels' },
    value: { start: 6, end: 10, text: 'Uber', labels: ['ORG'] },
  })
  expect(grown.predictions[0].result[2]).toMatchObject({ type: 'choices', value: { choices: ['question'] } })
  const bare = (result: object[]) => result.map(item => ({ ...item, id: '' }))
  expect(bare(accepted.annotations[0].result)).toEqual(bare(grown.predictions[0].result))
  const ids = [grown.predictions, accepted.annotations].flatMap(([{ result }]) =>
    result.map(({ id }: { id: string }) => id),
  )
  expect(new Set(ids).size).toBe(6)
  expect(brought.annotations).toBeUndefined()
  const [lab] = await tasks(generativeAiLab, [{ ...record, status: 'accepted' }])
  expect(lab).toMatchObject({ tags: ['synthetic'], data: { title: 'r1' }, completions: [{ honeypot: true }] })
  expect(lab.completions[0].result).toEqual(grown.predictions[0].result)
})

it.each([labelStudio, generativeAiLab])('$kind reads back what a person accepted', async format => {
  const accepted: ExportRecord = { ...record, status: 'accepted' }
  const bytes = Buffer.from(JSON.stringify(await tasks(format, [accepted, accepted])))
  const rows = await Readable.from(format.read(Readable.from([bytes])).rows).toArray()
  const values = rows.map(row => row.values!)
  const entities = project.parse({ name: 'p', kind: 'entities' })
  const mapping = guessMapping(columnsOf(values), values, entities)
  expect(values[0]).not.toHaveProperty('title')
  const { fields, labels, spans } = record
  expect(applyMapping(rows[0]!.error ? (rows[0] as never) : rows[0]!, mapping, entities)).toMatchObject({
    content: { fields, labels, spans },
    split: 'test',
    tags: ['synthetic'],
  })
})

it('takes the last annotation that was not cancelled, and reports what is no task', async () => {
  const annotation = (choice: string, cancelled = false) => ({
    was_cancelled: cancelled,
    result: [{ type: 'choices', to_name: 'text', value: { choices: [choice] } }],
  })
  const list = [
    { data: { text: 'a' }, annotations: [annotation('x'), annotation('y'), annotation('z', true)] },
    { text: 'no data' },
  ]
  const rows = await Readable.from(labelStudio.read(Readable.from([Buffer.from(JSON.stringify(list))])).rows).toArray()
  expect(rows[0]?.values).toEqual({ text: 'a', label: 'y' })
  expect(rows[1]?.error).toMatchObject({ record: 2, message: expect.stringContaining('no task') })
})

const region = (start: number, end: number, label: string, more = {}) => ({
  ...{ type: 'labels', to_name: 'doc', value: { start, end, labels: [label] }, ...more },
})

async function read(list: object[], options = {}) {
  const reading = labelStudio.read(Readable.from([Buffer.from(JSON.stringify(list))]), options)
  const rows = await Readable.from(reading.rows).toArray()
  return { values: rows.map(row => row.values), notes: reading.notes }
}

it('prefers the ground truth, and takes predictions where nobody annotated or if asked', async () => {
  const truth = { data: { text: 'ab' }, completions: [{ honeypot: true, result: [region(0, 1, 'A')] }, { result: [] }] }
  const guessed = { data: { text: 'ab' }, annotations: [], predictions: [{ result: [region(0, 2, 'B')] }] }
  const skipped = { ...guessed, annotations: [{ was_cancelled: true, result: [region(0, 1, 'A')] }] }
  const both = { ...guessed, annotations: [{ ground_truth: true, result: [region(1, 2, 'C')] }] }
  const labels = ({ values }: Awaited<ReturnType<typeof read>>) =>
    values.map(row => (row?.['spans'] as { label: string }[] | undefined)?.map(({ label }) => label))
  const found = await read([truth, guessed, skipped, both])
  expect(labels(found)).toEqual([['A'], ['B'], undefined, ['C']])
  expect(found.notes.join('\n')).toMatch(
    /predictions that nobody confirmed \(1 row\)[\s\S]*skipped annotations are not read \(1 row\)/,
  )
  expect(labels(await read([truth, guessed, skipped, both], { predictions: true }))).toEqual([
    ['A'],
    ['B'],
    ['B'],
    ['B'],
  ])
})

it('leaves out what is no label of the text, and says so', async () => {
  const result = [
    region(0, 1, 'A'),
    { type: 'choices', value: { start: 0, end: 1, choices: ['of a region'] } },
    { type: 'choices', value: { choices: ['x', 'y'] } },
    { type: 'textarea', value: { text: ['corrected'] } },
    { type: 'relation', from_id: 'a', to_id: 'b' },
  ]
  const { values, notes } = await read([{ data: { text: 'ab' }, annotations: [{ result }] }])
  expect(values).toEqual([{ text: 'ab', labels: ['x', 'y'], spans: [{ start: 0, end: 1, label: 'A' }] }])
  expect(notes).toContain('results of type textarea are not read (1 row)')
  expect(notes).toContain('results of type relation are not read (1 row)')
})

it('reads spans of a text that the data calls otherwise', async () => {
  const reading = await read([
    { data: { body: 'Ada met Bob' }, annotations: [{ result: [region(0, 3, 'PER', { to_name: 'body' })] }] },
  ])
  const entities = project.parse({ name: 'p', kind: 'entities' })
  const values = reading.values.map(row => row!)
  const mapping = guessMapping(columnsOf(values), values, entities)
  expect(applyMapping({ record: 1, values: values[0]! }, mapping, entities).content).toMatchObject({
    fields: { text: 'Ada met Bob' },
    spans: [{ field: 'text', start: 0, end: 3, label: 'PER' }],
  })
})

it('names its controls as it was told, and writes a configuration that names the same', () => {
  const survey = {
    labels: ['a & "b"', 'c'],
    several: true,
    entities: ['ORG<'],
    spanFields: ['note', 'text'],
    tokenised: true,
  }
  const xml = labelStudio.beside!({ survey, controls: { labels: 'topic', spans: 'ner', text: 'doc' } }).text
  expect(xml).toBe(`<View>
  <Labels name="ner" toName="doc">
    <Label value="ORG&lt;"/>
  </Labels>
  <Text name="doc" value="$text"/>
  <Choices name="topic" toName="doc" choice="multiple">
    <Choice value="a &amp; &quot;b&quot;"/>
    <Choice value="c"/>
  </Choices>
  <Labels name="ner-note" toName="note">
    <Label value="ORG&lt;"/>
  </Labels>
  <Text name="note" value="$note"/>
</View>
`)
})

it('writes results under the names of the configuration', async () => {
  const options = { controls: { labels: 'topic', spans: 'ner', text: 'doc' } }
  const written = (await Readable.from(labelStudio.write(Readable.from([record]), options)).toArray()).join('')
  const names = JSON.parse(written)[0].predictions[0].result.map((item: Record<string, string>) => [
    item['from_name'],
    item['to_name'],
  ])
  expect(names).toEqual([
    ['ner', 'doc'],
    ['ner', 'doc'],
    ['topic', 'doc'],
  ])
})

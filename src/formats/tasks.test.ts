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
    ...{ id: 's1', from_name: 'label', to_name: 'text', type: 'labels' },
    value: { start: 6, end: 10, text: 'Uber', labels: ['ORG'] },
  })
  expect(grown.predictions[0].result[2]).toMatchObject({ type: 'choices', value: { choices: ['question'] } })
  expect(accepted.annotations[0].result).toEqual(grown.predictions[0].result)
  expect(brought.annotations).toBeUndefined()
  const [lab] = await tasks(generativeAiLab, [{ ...record, status: 'accepted' }])
  expect(lab.completions[0].result).toEqual(grown.predictions[0].result)
})

it.each([labelStudio, generativeAiLab])('$kind reads back what a person accepted', async format => {
  const accepted: ExportRecord = { ...record, status: 'accepted' }
  const bytes = Buffer.from(JSON.stringify(await tasks(format, [accepted, accepted])))
  const rows = await Readable.from(format.read(Readable.from([bytes])).rows).toArray()
  const values = rows.map(row => row.values!)
  const entities = project.parse({ name: 'p', kind: 'entities' })
  const mapping = guessMapping(columnsOf(values), values, entities)
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

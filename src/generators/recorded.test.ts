/** Recorded replies to the built-in prompts come through their generator whole. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { AnyGenerator, Ask, Proposal } from '../engine/define.ts'
import { project } from '../model/project.ts'
import { type StoredRecord, textOf } from '../model/record.ts'
import { randomStream } from '../stats/random-stream.ts'
import { parseJsonReply } from '../text/json-reply.ts'
import * as builtIn from './index.ts'

const generators: AnyGenerator[] = Object.values(builtIn)

interface Recorded {
  /** `id@version` of the prompt that was answered. */
  prompt: string
  case: string
  asked: number
  cell: string
  /** What the replay needs, not always all that was asked with. */
  params: { maxWords?: number; label?: string; labels?: unknown[]; between?: string[]; spans?: string[] }
  /** Of the cell, in the project's training split. */
  trainingTexts?: string[]
  /** Of other labels, in the same split. */
  otherTexts?: Record<string, string[]>
  /** Of any file that the parameters name. */
  file?: string
  /** As it came. */
  reply: string
}

const folder = join(import.meta.dirname, 'recorded')
const recorded = readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded)

/** What the generator makes of the reply, and the prompt it asked with. */
async function replay({ prompt, asked, cell, params: written, trainingTexts = [], ...more }: Recorded) {
  const { otherTexts = {}, file = '', reply } = more
  const generator = generators.find(({ prompts }) => prompts.includes(prompt))
  if (!generator) throw new TypeError(`no generator uses ${prompt}`)
  const params = generator.params.parse(written)
  const shared = { params, project: project.parse({ name: 'recorded', kind: 'records' }) }
  const plan = await generator.plan({
    ...shared,
    random: randomStream('plan'),
    records: async function* () {
      const texts = Object.entries({ [cell]: trainingTexts, ...otherTexts })
      const labelled = texts.flatMap(([label, each]) => each.map(text => [text, label] as const))
      yield* labelled.map(([text, label], at) => training(text, label, at))
    },
    readText: async () => file,
  })
  const used: string[] = []
  const ask = (async request => {
    used.push(request.prompt)
    const read = parseJsonReply(reply)
    if (read.error !== undefined) throw new TypeError(read.error)
    return { kind: 'reply', value: request.schema!.parse(read.value), truncated: false, call: 'call' }
  }) as Ask
  const proposals = await generator.propose({
    ...shared,
    material: plan.material,
    cell,
    cellOrdinal: 0,
    asks: asked,
    feedback: { kept: [], disliked: [] },
    random: randomStream('unit'),
    ask,
  })
  return { proposals, used, cells: plan.cells }
}

function training(text: string, label: string, position: number): StoredRecord {
  return {
    ...{ id: `r${position}`, project: 'recorded', position, fields: { text }, labels: [label], spans: [] },
    ...{ outcome: 'imported', status: 'pending', split: 'train', tags: [], cell: label, verdicts: [] },
    ...{ run: null, unit: null, item: null, source: null, createdMs: 0 },
  }
}

const text = ({ fields = {} }: Proposal) => textOf({ fields })

it('every prompt of a generator has a reply here, among those of the pipelines, or of templates', () => {
  const elsewhere = ['pipeline', 'simulation', 'templatic'].flatMap(folder =>
    readdirSync(join(import.meta.dirname, folder, 'recorded')),
  )
  const answered = elsewhere.map(name => name.split('.')[0])
  const prompts = generators
    .flatMap(({ prompts }) => prompts)
    .filter(prompt => !answered.includes(prompt.split('@')[0]))
  expect([...new Set(recorded.map(({ prompt }) => prompt))].toSorted()).toEqual(prompts.toSorted())
})

it.each(recorded)('$prompt, $case: as many good texts as were asked for, in their cell', async fixture => {
  const { asked, cell, params } = fixture
  const { proposals, used, cells } = await replay(fixture)
  expect(used).toEqual([fixture.prompt])
  expect(cells).toContain(cell)
  expect(proposals.flatMap(({ reject }) => reject ?? [])).toEqual([])
  expect(new Set(proposals.map(text)).size).toBe(asked)
  expect(proposals).toHaveLength(asked)
  const labels = params.label || params.labels || params.between ? [cell] : undefined
  for (const proposal of proposals) {
    expect(proposal.cell).toBe(cell)
    expect(proposal.labels).toEqual(labels)
    expect(text(proposal).split(/\s+/).length).toBeLessThanOrEqual(params.maxWords ?? Infinity)
  }
})

it.each(recorded)('$prompt, $case: texts and spans are those that were written', async fixture => {
  const { proposals } = await replay(fixture)
  const { texts = [] } = JSON.parse(fixture.reply) as { texts?: (string | { text: string })[] }
  const mark = /\[\[(\w+): (.*?)\]\]/g
  for (const [at, item] of texts.entries()) {
    const written = typeof item === 'string' ? item : item.text
    const proposal = proposals[at]!
    expect(text(proposal)).toBe(written.replaceAll(mark, '$2'))
    const { spans = [] } = proposal
    const found = spans.map(({ start, end, label }) => [label, text(proposal).slice(start, end)])
    expect(found).toEqual([...written.matchAll(mark)].map(([, label, words]) => [label, words]))
    if (fixture.params.spans) expect(found.map(([label]) => label)).toContain(fixture.cell)
  }
})

it.each(recorded.filter(({ prompt }) => prompt.startsWith('records@')))(
  '$prompt, $case: fields are those that were written, without topic and marks',
  async fixture => {
    const { proposals } = await replay(fixture)
    const written = (JSON.parse(fixture.reply) as { records: Record<string, string>[] }).records
    expect(proposals.map(({ fields }) => fields)).toEqual(
      written.map(({ topic: _, ...fields }) => ({ ...fields, input: fields['input']!.replace(/^Q: /, '') })),
    )
  },
)

/** Recorded replies to the prompts of critics become the verdicts they mean. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { AnyCritic, Ask } from '../engine/define.ts'
import { type Project, project } from '../model/project.ts'
import type { Content, StoredRecord, Verdict } from '../model/record.ts'
import { randomStream } from '../stats/random-stream.ts'
import { parseJsonReply } from '../text/json-reply.ts'
import * as builtIn from './index.ts'

const critics: AnyCritic[] = Object.values(builtIn)

interface Recorded {
  /** `id@version` of the prompt that was answered. */
  prompt: string
  case: string
  params: object
  record: Content
  project?: Partial<Project>
  training?: { text: string; labels: string[] }[]
  /** Texts of the files that the parameters name, by path. */
  files?: Record<string, string>
  /** As it came. */
  reply: string
  verdict: Partial<Verdict>
  /** Part of the reason, where it is not what the reply says. */
  reason?: string
}

const folder = join(import.meta.dirname, 'recorded')
const recorded = readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded)

it('every prompt of a critic has replies for what is kept and for what is not', () => {
  const prompts = critics.flatMap(({ prompts }) => prompts)
  expect([...new Set(recorded.map(({ prompt }) => prompt))].toSorted()).toEqual(prompts.toSorted())
  for (const prompt of prompts) {
    const passes = recorded.filter(each => each.prompt === prompt).map(({ verdict }) => verdict.pass)
    expect(new Set(passes).size, prompt).toBe(2)
  }
})

it.each(recorded)('$prompt, $case', async fixture => {
  const { prompt, record, reply, verdict } = fixture
  const critic = critics.find(({ prompts }) => prompts.includes(prompt))
  if (critic?.phase !== 'model') throw new TypeError(`no critic asks ${prompt}`)
  const used: string[] = []
  const ask = (async request => {
    used.push(request.prompt)
    const read = parseJsonReply(reply)
    if (read.error !== undefined) throw new TypeError(read.error)
    return { kind: 'reply', value: request.schema!.parse(read.value), truncated: false, call: 'call' }
  }) as Ask
  const { explanation = '', reason = explanation } = (parseJsonReply(reply) as { value: Record<string, string> }).value
  const made = await (await opened(critic, fixture)).judge({ ...record, cell: 'all', index: 0, verdicts: [] }, ask)
  expect(made).toMatchObject({ ...verdict, reason: expect.stringContaining(fixture.reason ?? reason) })
  expect(used).toEqual([prompt])
})

async function opened(critic: AnyCritic & { phase: 'model' }, fixture: Recorded) {
  const { params: written, training = [], files = {} } = fixture
  const shared = {
    params: critic.params.parse(written),
    project: project.parse({ name: 'recorded', ...fixture.project }),
  }
  const material = await critic.plan?.({
    ...shared,
    cells: ['all'],
    random: randomStream('plan'),
    records: async function* () {
      yield* training.map(stored)
    },
    readText: async path => files[path]!,
  })
  return critic.open({ ...shared, material: material ?? null, cells: ['all'] })
}

function stored({ text, labels }: { text: string; labels: string[] }, position: number): StoredRecord {
  return {
    ...{ id: `r${position}`, project: 'recorded', position, fields: { text }, labels, spans: [] },
    ...{ outcome: 'imported', status: 'pending', split: 'train', tags: [], cell: 'all', verdicts: [] },
    ...{ run: null, unit: null, item: null, source: null, createdMs: 0 },
  }
}

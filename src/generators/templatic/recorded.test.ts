/** Recorded replies to the prompt that rewords templates: every rewording has the placeholders of its template, and there are enough. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { storedRecord } from '../../../test/stored-record.ts'
import type { Ask } from '../../engine/define.ts'
import { project } from '../../model/project.ts'
import type { StoredRecord } from '../../model/record.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { parseJsonReply } from '../../text/json-reply.ts'
import { templatic } from '../templatic.ts'

interface Recorded {
  /** `id@version` of the prompt that was answered. */
  prompt: string
  case: string
  project: unknown
  params: { extra: number; results: number }
  records: (Partial<Omit<StoredRecord, 'fields'>> & { text: string })[]
  /** As it came. */
  reply: string
}

const folder = join(import.meta.dirname, 'recorded')
const recorded = readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded)

async function replay({ project: written, params: given, records, reply }: Recorded) {
  const params = templatic.params.parse(given)
  const shared = { params, project: project.parse(written) }
  const plan = await templatic.plan({
    ...{ ...shared, random: randomStream('plan') },
    records: async function* () {
      yield* records.map((facts, at) => storedRecord({ id: `r${at}`, position: at, ...facts }))
    },
    readText: () => Promise.reject(new Error('reads no files')),
  })
  const used: string[] = []
  const ask = (async request => {
    used.push(request.prompt)
    const read = parseJsonReply(reply)
    if (read.error !== undefined) throw new TypeError(read.error)
    return { kind: 'reply', value: request.schema!.parse(read.value), truncated: false, call: 'call' }
  }) as Ask
  const cell = plan.cells[0]!
  const unit = {
    ...{ ...shared, material: plan.material, cell, cellOrdinal: 0, asks: plan.targets![cell]! },
    ...{ feedback: { kept: [], disliked: [] }, random: randomStream('unit') },
  }
  return { used, proposals: await templatic.propose({ ...unit, ask }) }
}

it.each(recorded)('$prompt, $case: as many rewordings as were asked for, all of them usable', async fixture => {
  const { used, proposals } = await replay(fixture)
  expect(used).toEqual([fixture.prompt])
  expect(proposals.flatMap(({ reject }) => reject ?? [])).toEqual([])
  const { results, extra } = fixture.params
  expect(proposals).toHaveLength(results * (1 + extra))
  expect(new Set(proposals.map(({ fields }) => fields!['text'])).size).toBe(proposals.length)
})

it.each(recorded)('$prompt, $case: each result has as many entities as the template', async fixture => {
  const { proposals } = await replay(fixture)
  const [first] = proposals
  for (const { spans, labels } of proposals) {
    expect(spans!.map(({ label }) => label).toSorted()).toEqual(first!.spans!.map(({ label }) => label).toSorted())
    expect(labels).toEqual(first!.labels)
  }
})

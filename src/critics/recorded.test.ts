/** Recorded replies to the prompt of `judge` become the verdicts they mean. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Ask } from '../engine/define.ts'
import { project } from '../model/project.ts'
import type { Content } from '../model/record.ts'
import { parseJsonReply } from '../text/json-reply.ts'
import { judge } from './judge.ts'

interface Recorded {
  /** `id@version` of the prompt that was answered. */
  prompt: string
  case: string
  params: object
  record: Content
  /** As it came. */
  reply: string
  verdict: { score: number; pass: boolean }
}

const folder = join(import.meta.dirname, 'recorded')
const recorded = readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded)

it('there are replies for what is kept and for what is not', () => {
  expect(new Set(recorded.map(({ verdict }) => verdict.pass)).size).toBe(2)
})

it.each(recorded)('$prompt, $case', async ({ prompt, params, record, reply, verdict }) => {
  if (judge.phase !== 'model') throw new TypeError('judge asks a model')
  const shared = { material: null, project: project.parse({ name: 'recorded' }), cells: [] }
  const critic = judge.open({ ...shared, params: judge.params.parse(params) })
  const used: string[] = []
  const ask = (async request => {
    used.push(request.prompt)
    const read = parseJsonReply(reply)
    if (read.error !== undefined) throw new TypeError(read.error)
    return { kind: 'reply', value: request.schema!.parse(read.value), truncated: false, call: 'call' }
  }) as Ask
  const { explanation } = JSON.parse(reply) as { explanation: string }
  const made = await critic.judge({ ...record, cell: 'all', index: 0, verdicts: [] }, ask)
  expect(made).toMatchObject({ ...verdict, reason: expect.stringContaining(explanation) })
  expect(used).toEqual([prompt])
})

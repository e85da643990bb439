/** Runs that wait for a teacher: one text a call, over HTTP, held against the ideal of calls × latency ÷ concurrency. */
import { z } from 'zod'
import { privacy } from '../src/critics/privacy.ts'
import { unique } from '../src/critics/unique.ts'
import { valid } from '../src/critics/valid.ts'
import { promptGenerator } from '../src/engine/define.ts'
import { provider } from '../src/model/provider.ts'
import { createLanguageModel } from '../src/providers/language-model.ts'
import type { Latency } from '../src/testing/latency.ts'
import { type Cost, costOf, type Figure, peakMemory } from './benchmark.ts'
import { growInFolder, project } from './grow-in-folder.ts'
import { startTeacher } from './teacher-process.ts'

interface Load {
  calls: number
  concurrency: number
  latency: Latency
}

/** What each call asks, whoever sends it. */
const messages = (ordinal: number) => [
  { role: 'system' as const, content: 'You write short, plausible sentences for a dataset. Reply with JSON alone.' },
  { role: 'user' as const, content: `Write one sentence, unlike any before. It is number ${ordinal}.` },
]

const generator = promptGenerator({
  kind: 'sentence',
  summary: 'asks for one sentence a call',
  params: z.strictObject({}),
  prompts: ['sentence@1'],
  units: () => ({ cells: ['all'], material: null, perUnit: 1, notes: [] }),
  prompt: ({ cellOrdinal }) => ({
    prompt: 'sentence@1',
    messages: messages(cellOrdinal),
    schema: z.strictObject({ text: z.string() }),
    maxOutputTokens: 200,
  }),
  parse: ({ text }) => [{ fields: { text } }],
})

/** The real adapter, ledger, critics (near duplicates too) and SQLite. */
export async function growByCalls(
  load: Load,
  limits: { timesIdeal: number; cpuMsPerCall?: number },
): Promise<Figure[]> {
  const { calls, concurrency, latency } = load
  await using teacher = await startTeacher(latency)
  const model = createLanguageModel(
    provider.parse({
      ...{ name: 'teacher', kind: 'openai-compatible', model: 'scripted-1', endpoint: teacher.url },
      ...{ concurrency, jsonMode: 'schema' },
    }),
    { environment: {} },
  )
  const critics = [valid, privacy, unique].map(critic => ({ critic, params: critic.params.parse({}) }))
  const plugins = { project, generator, params: {}, critics, teacher: model }
  // A run whose JSON mode is not configured has asked the provider before its first unit; so has this one.
  await model.send(
    { kind: 'chat', messages: [{ role: 'user', content: 'Are you there?' }], maxOutputTokens: 5 },
    new AbortController().signal,
  )
  let made = 0
  const cost = await costOf(async () => {
    const { run } = await growInFolder({ target: calls }, plugins)
    made = run.spent.calls
  })
  return [...figuresOf(cost, { ...load, calls: made }, limits), { name: 'calls made', value: made, unit: '' }]
}

/** The least there is to do: no ledger, no checks, nothing stored. */
export async function bareLoop(load: Load): Promise<Figure[]> {
  await using teacher = await startTeacher(load.latency)
  let next = 0
  async function work(): Promise<void> {
    while (next < load.calls) {
      const body = JSON.stringify({ model: 'scripted-1', messages: messages(next++), max_tokens: 200 })
      const headers = { 'content-type': 'application/json' }
      const reply = await fetch(`${teacher.url}/chat/completions`, { method: 'POST', headers, body })
      await reply.json()
    }
  }
  const cost = await costOf(() => Promise.all(Array.from({ length: load.concurrency }, work)))
  return figuresOf(cost, load)
}

function figuresOf(
  { wallMs, cpuMs }: Cost,
  { calls, concurrency, latency }: Load,
  limits: { timesIdeal?: number; cpuMsPerCall?: number } = {},
): Figure[] {
  const latencyMs = latency.kind === 'fixed' ? latency.ms : latency.meanMs
  const atMost = (limit: number | undefined) => (limit === undefined ? {} : { limit: { atMost: limit } })
  return [
    { name: 'wall time', value: wallMs / 1000, unit: 's' },
    {
      name: 'wall time ÷ ideal',
      value: wallMs / ((calls * latencyMs) / concurrency),
      unit: '',
      ...atMost(limits.timesIdeal),
    },
    { name: 'processor time a call', value: cpuMs / calls, unit: 'ms', ...atMost(limits.cpuMsPerCall) },
    peakMemory(),
  ]
}

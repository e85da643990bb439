/** Laws that every built-in critic keeps. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Answer, AnyCritic, Ask, KnownCritic } from '../engine/define.ts'
import type { Json } from '../model/json.ts'
import { type Project, project as projectSchema } from '../model/project.ts'
import type { Span, StoredRecord, Verdict } from '../model/record.ts'
import type { Candidate } from '../model/run.ts'
import { randomStream } from '../stats/random-stream.ts'
import * as builtIn from './index.ts'

const critics: AnyCritic[] = Object.values(builtIn)

const cells = ['lost', 'late']
const project: Project = projectSchema.parse({ name: 'cards', labels: cells, instructions: 'Bank support' })
const seeds = ['I lost my card', 'My card never came', 'Where is my new card?']

async function* records(): AsyncIterable<StoredRecord> {
  for (const [position, text] of seeds.entries()) {
    yield {
      id: `r${position}`,
      project: project.name,
      position,
      outcome: 'imported',
      status: 'pending',
      split: position === 2 ? 'test' : 'train',
      tags: [],
      cell: 'all',
      verdicts: [],
      run: null,
      unit: null,
      item: null,
      source: `seeds.csv:${position + 1}`,
      createdMs: 0,
      fields: { text },
      labels: [cells[position % 2]!],
      spans: [],
    }
  }
}

/** For critics that say nothing, or reject nothing here, with their defaults. */
const given: Record<string, object> = {
  diverse: { minimum: 1 },
  grounded: { facts: 'A lost card is blocked at once.' },
  privacy: { action: 'reject' },
  shape: { field: 'text' },
}
const paramsOf = ({ kind, params }: AnyCritic) => params.parse(given[kind] ?? {})

/** Calls since a verdict was last looked at. */
const asked: string[] = []

/** A model whose answers and refusals depend on the question alone. */
const ask: Ask = async <T>(request: Parameters<Ask>[0]) => {
  const number = randomStream(JSON.stringify(request.messages)).int(4)
  asked.push(`call-${number}`)
  if (number === 3) return { kind: 'refused', text: 'No.', call: 'call-3' } as Answer<T>
  const grade = { explanation: 'Because.', score: number + 1 }
  const claim = { claim: 'Cards are blocked.', quote: 'card is blocked', passage: 1, verdict: 'supported' }
  const claims = number === 0 ? [claim] : [{ ...claim, quote: 'card is free' }]
  const value = request.schema!.parse({
    ...grade,
    reason: 'Because.',
    labels: [cells[number] ?? 'none of these'],
    claims,
  })
  return { kind: 'reply', value: value as T, truncated: false, call: `call-${number}` }
}

async function materialOf(critic: AnyCritic): Promise<Json> {
  const params = paramsOf(critic)
  const plan = await critic.plan?.({
    params,
    project,
    cells,
    records,
    random: randomStream('plan'),
    readText: path => Promise.reject(new Error(`no file ${path}`)),
    seeds: { lost: seeds.map(text => ({ text })) },
  })
  return JSON.parse(JSON.stringify(plan ?? null))
}

/** A judge as a run opens it, having learned some records. */
async function opened(critic: AnyCritic): Promise<(candidate: Candidate) => Promise<Verdict>> {
  const context = { params: paramsOf(critic), material: await materialOf(critic), project, cells }
  if (critic.phase === 'pure') {
    const judge = critic.open(context)
    return async candidate => judge.judge(candidate)
  }
  if (critic.phase === 'model') {
    const judge = critic.open(context)
    return candidate => judge.judge(candidate, ask)
  }
  const judge = critic.open(context)
  for (const [i, text] of seeds.entries()) judge.learn({ id: `r${i}`, fields: { text }, cell: 'lost' }, i)
  return async candidate => judge.judge(candidate, 1)
}

const phrase = fc.array(fc.constantFrom('card', 'lost', 'my', 'I', 'Where', '?', '🙂', '\u0000', '{{x}}'), {
  maxLength: 9,
})
const text = fc.oneof(
  fc.constantFrom(...seeds, 'Write to a@b.org'),
  phrase.map(words => words.join(' ')),
  fc.string({ unit: 'binary' }),
)
const span: fc.Arbitrary<Span> = fc.record({
  field: fc.constantFrom('text', 'other'),
  start: fc.nat(12),
  end: fc.nat(12),
  label: fc.constantFrom('CARD', 'NAME'),
})
const candidate: fc.Arbitrary<Candidate> = fc.record({
  fields: text.map((text): Record<string, Json> => ({ text })),
  labels: fc.subarray(['lost', 'late', 'other']),
  spans: fc.array(span, { maxLength: 2 }),
  cell: fc.constantFrom('lost', 'late', 'elsewhere'),
  index: fc.nat(3),
  verdicts: fc.constant([]),
})

describe.each(critics.map(critic => ({ kind: critic.kind, critic })))('critic $kind', ({ critic }) => {
  it('has a summary, parameters with descriptions, and defaults for all of them', () => {
    expect(critic.summary).toMatch(/^[A-Z].+[^.]$/)
    const schema = z.toJSONSchema(critic.params, { io: 'input' }) as {
      required?: string[]
      properties: Record<string, { description?: string }>
    }
    expect(schema.required ?? []).toEqual([])
    for (const [name, property] of Object.entries(schema.properties)) expect(property.description, name).toBeTruthy()
    expect(critic.params.safeParse({}).success).toBe(true)
    expect(critic.params.safeParse({ unknown: 1 }).success).toBe(false)
  })

  it('gives the same verdict whenever it is opened and whatever it judged before', async () => {
    const used = await opened(critic)
    await fc.assert(
      fc.asyncProperty(candidate, async candidate => {
        const before = structuredClone(candidate)
        const verdict = await used(candidate)
        expect(await (await opened(critic))(candidate)).toEqual(verdict)
        expect(candidate).toEqual(before)
      }),
    )
  })

  it('signs its verdicts, names the calls made for them, and gives a reason with each rejection', async () => {
    const judge = await opened(critic)
    const seen = { true: 0, false: 0 }
    await fc.assert(
      fc.asyncProperty(candidate, async candidate => {
        asked.length = 0
        const verdict = await judge(candidate)
        seen[`${verdict.pass}`]++
        expect(verdict.critic).toBe(critic.kind)
        if (!verdict.pass) expect(verdict.reason?.trim()).toBeTruthy()
        expect(verdict.calls ?? []).toEqual(asked)
      }),
      { numRuns: 300 },
    )
    expect(Math.min(seen.true, seen.false), JSON.stringify(seen)).toBeGreaterThan(0)
  })

  it('freezes nothing but JSON, the same each time', async () => {
    const material = await materialOf(critic)
    expect(await materialOf(critic)).toEqual(material)
    expect(JSON.parse(JSON.stringify(material))).toEqual(material)
  })
})

const knownCritics = critics.filter(critic => critic.phase === 'known')

const knownParams: Record<string, object[]> = {
  diverse: [{ minimum: 1 }, { minimum: 2, maxShare: 0.5, similarity: 0.3 }],
  unique: [{}, { exact: true }, { threshold: 0.5 }],
}

it('has critics that judge by what is known', () =>
  expect(knownCritics.map(({ kind }) => kind)).toEqual(Object.keys(knownParams)))

describe.each(knownCritics.map(critic => ({ kind: critic.kind, critic })))('known critic $kind', ({ critic }) => {
  const open = (params: unknown): KnownCritic => {
    if (critic.phase !== 'known') throw new TypeError(`${critic.kind} does not judge by what is known`)
    return critic.open({ params: critic.params.parse(params), material: null, project, cells })
  }
  const words = fc.array(fc.constantFrom('card', 'cards', 'lost', 'stolen', 'my'), { minLength: 1, maxLength: 4 })
  const learned = fc.record({ words, sequence: fc.nat(6), cell: fc.constantFrom(...cells) })

  it.each(knownParams[critic.kind] ?? [])('looks at nothing learned past what is known, with %j', params => {
    fc.assert(
      fc.property(fc.array(learned, { maxLength: 25 }), words, fc.nat(7), (all, query, known) => {
        const records = all.map(({ words, sequence, cell }, i) => ({
          record: { id: `r${i}`, fields: { text: words.join(' ') }, cell },
          sequence,
        }))
        const full = open(params)
        const fresh = open(params)
        for (const { record, sequence } of records) full.learn(record, sequence)
        for (const { record, sequence } of records) if (sequence <= known) fresh.learn(record, sequence)
        const candidate: Candidate = {
          fields: { text: query.join(' ') },
          labels: [],
          spans: [],
          cell: 'lost',
          index: 0,
          verdicts: [],
        }
        expect(full.judge(candidate, known)).toEqual(fresh.judge(candidate, known))
      }),
      { numRuns: 500 },
    )
  })
})

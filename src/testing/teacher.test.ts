/** A teacher answers in the form asked for, as many times as asked for, and is as bad as it was told to be. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Json } from '../model/json.ts'
import { shingle } from '../text/minhash.ts'
import type { ScriptedRequest } from './script.ts'
import { type TeacherOptions, teacher } from './teacher.ts'

const texts = z.strictObject({ texts: z.array(z.string()) })

function jsonSchema(schema: z.ZodType) {
  return z.toJSONSchema(schema) as { [key: string]: Json }
}

function request(content: string, more: Partial<ScriptedRequest> = {}): ScriptedRequest {
  return { messages: [{ role: 'user', content }], jsonMode: 'schema', model: 'm', ordinal: 0, repeat: 0, ...more }
}

/** Answers to many requests for `count` texts. */
function answers(options: TeacherOptions, requests: number, count = 10) {
  const script = teacher(options)
  const schema = jsonSchema(texts)
  return Array.from({ length: requests }, (_, at) => script(request(`Case ${at}. Write ${count} texts.`, { schema })))
}

function said(options: TeacherOptions, requests: number, count = 10): string[] {
  return answers(options, requests, count).flatMap(answer =>
    answer.kind === 'reply' ? texts.parse(answer.value).texts : [],
  )
}

/** Schemas as plug-ins write them. */
const schemas: fc.Arbitrary<z.ZodType> = fc.letrec<{ schema: z.ZodType }>(tie => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<z.ZodType[]>(
      z.string(),
      z.string().min(3).max(12),
      z.string().min(400),
      z.email(),
      z.iso.date(),
      z.iso.datetime(),
      z.url(),
      z.uuid(),
      z.int(),
      z.int().min(1).max(3),
      z.number().gt(0).lt(1),
      z.number().negative(),
      z.boolean(),
      z.null(),
      z.literal(['a', 3]),
      z.enum(['red', 'green']),
      z.string().nullable(),
    ),
    tie('schema').map(schema => z.array(schema).min(1).max(4)),
    fc.tuple(tie('schema'), tie('schema')).map(pair => z.tuple(pair)),
    fc.tuple(tie('schema'), tie('schema')).map(pair => z.union(pair)),
    fc.tuple(tie('schema'), tie('schema')).map(([text, label]) => z.strictObject({ text, label: label.optional() })),
    tie('schema').map(schema => z.record(z.string(), schema)),
    tie('schema').map(schema => z.strictObject({ score: z.int().min(1).max(5), more: schema })),
  ),
})).schema

describe('form', () => {
  it('satisfies any schema', () => {
    fc.assert(
      fc.property(schemas, fc.integer(), (schema, seed) => {
        const answer = teacher({ seed })(request('Go.', { schema: jsonSchema(schema) }))
        expect(schema.safeParse('value' in answer ? answer.value : undefined).error).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })

  it('ends where a schema refers to itself', () => {
    interface Node {
      name: string
      children: Node[]
      next?: Node | undefined
    }
    const node: z.ZodType<Node> = z.lazy(() =>
      z.object({ name: z.string(), children: z.array(node), next: node.optional() }),
    )
    const answer = teacher()(request('Write 2 items.', { schema: jsonSchema(node) }))
    expect(node.safeParse('value' in answer && answer.value).success).toBe(true)
  })

  it('finds the schema in the words of a request', () => {
    const schema = jsonSchema(texts)
    const words = `Reply like {"texts": ["…"]}, in this form {not JSON}:\n${JSON.stringify(schema)}\nThat’s { all.`
    const messages = [
      { role: 'system' as const, content: words },
      { role: 'user' as const, content: 'Write 3 texts.' },
    ]
    const answer = teacher()(request('', { messages, jsonMode: 'prompt' }))
    expect('value' in answer && texts.parse(answer.value).texts).toHaveLength(3)
  })

  it('says plain lines where there is no schema', () => {
    const lines = (content: string) => {
      const answer = teacher()(request(content))
      return answer.kind === 'reply' ? String(answer.value).split('\n') : []
    }
    expect(lines('Say something.')).toHaveLength(1)
    expect(lines('Give me 4 sentences.')).toHaveLength(4)
  })

  it.each([
    ['Write 8 new texts with the label "a".\n3 cards were lost.', 8],
    ['I ordered 3 items.\nReply with JSON alone, 12 strings, without numbers.', 12],
    ['Generate 7.', 7],
    ['Write some texts.', 10],
  ])('gives as many items as the question asks for: %s', (content, count) => {
    const answer = teacher()(request(content, { schema: jsonSchema(texts) }))
    expect('value' in answer && texts.parse(answer.value).texts).toHaveLength(count)
  })

  it('still knows the number when a reply is corrected', () => {
    const messages = [
      { role: 'user' as const, content: 'Write 5 texts.' },
      { role: 'assistant' as const, content: '{' },
      { role: 'user' as const, content: 'That is no JSON. Answer again.' },
    ]
    const answer = teacher()(request('', { messages, schema: jsonSchema(texts) }))
    expect('value' in answer && texts.parse(answer.value).texts).toHaveLength(5)
  })

  it('states labels as the request shows them, and marks entities in its way', () => {
    const labelled = z.strictObject({ texts: z.array(z.strictObject({ text: z.string(), label: z.string() })) })
    const shown = 'Write 3 texts: {"texts": [{"text": "…", "label": "lost \\"card\\""}, …]}'
    const answer = teacher()(request(shown, { schema: jsonSchema(labelled) }))
    const items = 'value' in answer ? labelled.parse(answer.value).texts : []
    expect(items.map(item => item.label)).toEqual(Array(3).fill('lost "card"'))
    const marking = 'A mark is [[TYPE: words]]. Write 3 texts: {"texts": ["… [[DRUG: words]] …", "…"]}'
    const marked = teacher()(request(marking, { schema: jsonSchema(texts) }))
    for (const text of 'value' in marked ? texts.parse(marked.value).texts : []) {
      expect(text).toMatch(/^[^[]*\[\[DRUG: \p{L}+\]\][^[]*$/u)
    }
  })

  it('quotes the text that nested items describe, with true offsets', () => {
    const span = z.strictObject({ quote: z.string(), start: z.int(), end: z.int(), type: z.enum(['A', 'B']) })
    const spans = z.strictObject({ items: z.array(z.strictObject({ text: z.string(), spans: z.array(span) })) })
    const answer = teacher()(request('Write 20 items.', { schema: jsonSchema(spans) }))
    const { items } = spans.parse('value' in answer && answer.value)
    for (const { text, spans } of items) {
      expect(spans.length).toBeGreaterThan(0)
      for (const { quote, start, end } of spans) expect(text.slice(start, end)).toBe(quote)
    }
  })
})

describe('what it says', () => {
  it('is a function of the request and its repetition', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(5), fc.nat(), fc.nat(), (content, repeat, ordinal, otherOrdinal) => {
        const asked = request(content, { schema: jsonSchema(texts), repeat })
        const options = { refuseShare: 0.2, malformedShare: 0.2, truncatedShare: 0.2, wrongCountShare: 0.2 }
        const answer = teacher(options)({ ...asked, ordinal })
        expect(teacher(options)({ ...asked, ordinal: otherOrdinal })).toEqual(answer)
        expect(teacher()({ ...asked, repeat: repeat + 1 })).not.toEqual(teacher()(asked))
      }),
    )
  })

  it('hardly ever repeats itself, and no two texts are near duplicates', () => {
    expect(new Set(said({}, 1000)).size).toBeGreaterThan(9990)
    const shingles = said({}, 20).map(text => new Set(shingle(text, 'characters', 3)))
    for (const [at, one] of shingles.entries()) {
      for (const other of shingles.slice(at + 1)) {
        const both = [...one].filter(each => other.has(each)).length
        expect(both / (one.size + other.size - both)).toBeLessThan(0.7)
      }
    }
  })

  it.each([1, 37, 2000])('has exactly %d things to say, if its vocabulary is that large', vocabulary => {
    expect(new Set(said({ vocabulary }, 30 + vocabulary)).size).toBe(vocabulary)
  })

  it('says again what it has said, for the share asked for', () => {
    const all = said({ repeatShare: 0.4 }, 200)
    const repeated = 1 - new Set(all).size / all.length
    expect(repeated).toBeGreaterThan(0.36)
    expect(repeated).toBeLessThan(0.43)
  })

  it('refuses, miscounts, spoils and breaks off at the shares asked for', () => {
    const options = { refuseShare: 0.1, wrongCountShare: 0.2, malformedShare: 0.3, truncatedShare: 0.15 }
    const all = answers(options, 4000)
    const share = (test: (answer: (typeof all)[number]) => boolean) => all.filter(test).length / all.length
    expect(Math.abs(share(answer => answer.kind === 'refusal') - 0.1)).toBeLessThan(0.025)
    expect(Math.abs(share(answer => answer.kind === 'malformed') - 0.3)).toBeLessThan(0.025)
    expect(Math.abs(share(answer => answer.kind === 'truncated') - 0.15)).toBeLessThan(0.025)
    const counted = (value: unknown) => (value as { texts: unknown[] }).texts.length
    expect(Math.abs(share(answer => answer.kind === 'reply' && counted(answer.value) !== 10) - 0.2)).toBeLessThan(0.025)
  })
})

describe('as a judge', () => {
  const grade = z.object({ explanation: z.string(), score: z.int().min(1).max(3) })
  const judge = teacher({ judge: { rejectShare: 0.3 }, refuseShare: 1, seed: 5 })
  const score = (text: string, more: Partial<ScriptedRequest> = {}) => {
    const answer = judge(request(`Grade it.\n<record>${text}</record>`, { schema: jsonSchema(grade), ...more }))
    return grade.parse('value' in answer && answer.value).score
  }

  it('gives the worst grade to the share asked for and the best to the rest', () => {
    const scores = Array.from({ length: 3000 }, (_, at) => score(`text ${at}`))
    expect(new Set(scores)).toEqual(new Set([1, 3]))
    expect(Math.abs(scores.filter(each => each === 1).length / scores.length - 0.3)).toBeLessThan(0.03)
  })

  it('always judges the same text alike', () => {
    for (let at = 0; at < 100; at++) expect(score(`${at}`, { repeat: 4, ordinal: 9 })).toBe(score(`${at}`))
  })

  it.each([
    ['a flag', z.strictObject({ keep: z.boolean() }), { keep: false }],
    ['listed grades', z.strictObject({ rating: z.literal([1, 2, 5]) }), { rating: 1 }],
    ['a share', z.strictObject({ score: z.number().min(0).max(1) }), { score: 0 }],
  ])('knows other verdicts: %s', (_, schema, worst) => {
    const answer = teacher({ judge: { rejectShare: 1 } })(request('Judge.', { schema: jsonSchema(schema) }))
    expect('value' in answer && answer.value).toEqual(worst)
    const mild = teacher()(request('Judge.', { schema: jsonSchema(schema) }))
    expect('value' in mild && mild.value).not.toEqual(worst)
  })

  it('leaves ratings within lists of examples to chance', () => {
    const reviews = z.object({ reviews: z.array(z.object({ text: z.string(), rating: z.int().min(1).max(5) })) })
    const answer = teacher()(request('Write 50 items.', { schema: jsonSchema(reviews) }))
    const ratings = reviews.parse('value' in answer && answer.value).reviews.map(review => review.rating)
    expect(new Set(ratings).size).toBe(5)
  })
})

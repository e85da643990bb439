/** The generator `document-qa`: what it asks of which passage, what it makes of replies, and where quotes are. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planned, proposed, rejecter } from '../../test/qa-unit.ts'
import { block, readingTeacher, type Spoiling } from '../../test/reading-teacher.ts'
import { storedRecord } from '../../test/stored-record.ts'
import type { Proposal } from '../engine/define.ts'
import { CultivarError } from '../model/error.ts'
import type { Script } from '../testing/index.ts'
import { qaMaterial } from './document-qa/qa-material.ts'
import { documentQa } from './document-qa.ts'

const manual = readFileSync(join(import.meta.dirname, '../../examples/documents/tallow-press.md'), 'utf8')
const files = { 'press.md': manual }
const params = { documents: ['press.md'], chunkTokens: 200 }

const sourceOf = ({ fields }: Proposal) =>
  fields!['source'] as { start: number; end: number; page?: number; second?: { start: number; end: number } }

it('asks once for a text that is one passage, and gives plain pairs with their quotes and places', async () => {
  const text = 'The lamp burns oil. It is lit at dusk by the keeper.\r\nNobody else may touch the lamp at night.'
  const { plan, proposals, asked } = await proposed(documentQa, {
    params: { text, qa_nums: 7, judge: false },
    unit: { asks: 7 },
  })
  expect(plan).toMatchObject({ cells: ['text'], defaultTarget: 7 })
  expect(asked).toHaveLength(1)
  expect(proposals).toHaveLength(7)
  for (const proposal of proposals) {
    const { fields = {} } = proposal
    expect(Object.keys(fields)).toEqual(['question', 'answer', 'quote', 'context', 'source', 'type'])
    const { start, end } = sourceOf(proposal)
    expect(text.replaceAll('\r\n', '\n').slice(start, end)).toBe(fields['quote'])
  }
})

describe('with a teacher that behaves badly', () => {
  const first = (change: (item: Record<string, string>) => unknown): Spoiling => {
    return (item, place) => (place === 0 ? (change(item) as ReturnType<Spoiling>) : item)
  }
  const cases: [string, Spoiling, string][] = [
    ['an invented quote', first(item => ({ ...item, quote: 'The Tallow 3 can also press grapes.' })), 'quote'],
    ['a missing quote', first(({ quote, ...item }) => item), 'valid'],
    ['an empty answer', first(item => ({ ...item, answer: ' ' })), 'valid'],
    ['no object', first(() => 42), 'valid'],
    [
      'a question of the same reply',
      (item, place) => ({ ...item, question: place < 2 ? 'Why?' : item['question']! }),
      'copy',
    ],
    ['a question asked before', first(item => ({ ...item, question: 'what is a press CLOTH' })), 'copy'],
  ]
  it.each(cases)('rejects %s and nothing else', async (_, spoil, critic) => {
    const { proposals } = await proposed(documentQa, {
      ...{ params: { ...params, chunkTokens: 4000 }, files },
      replies: readingTeacher(spoil),
      unit: { asks: 4, feedback: { kept: ['A cloth.\nWhat is a press cloth?\nfactual'], disliked: [] } },
    })
    expect(proposals.map(rejecter).filter(Boolean)).toEqual([critic])
    expect(proposals).toHaveLength(4)
  })

  it('rejects what the critic does not find faithful, with its reason', async () => {
    const replies: Script = request => {
      const points = { faithful: 0, relevant: 1, 'self-contained': 1, 'in-language': 1 }
      const judging = block(request.messages.at(-1)!.content, 'question') !== ''
      return judging
        ? { kind: 'reply', value: { explanation: 'The text says three bar.', ...points } }
        : readingTeacher()(request)
    }
    const { proposals } = await proposed(documentQa, { params, files, replies })
    for (const proposal of proposals) {
      expect(rejecter(proposal)).toBe('judge')
      expect(proposal.verdicts!.at(-1)!.reason).toBe('3 of 4: The text says three bar.')
    }
  })

  it('loses no more than the questions about the one passage of which the reply cannot be read', async () => {
    const replies: Script = request =>
      block(request.messages.at(-1)!.content, 'context').includes('talcum')
        ? { kind: 'refusal', text: 'I cannot help with that.' }
        : readingTeacher()(request)
    const { proposals } = await proposed(documentQa, { params, files, replies, unit: { asks: 10 } })
    const refused = proposals.filter(proposal => rejecter(proposal) === 'refused')
    expect(refused.length).toBeGreaterThan(0)
    expect(proposals.length - refused.length).toBeGreaterThan(5)
  })
})

it('points at the quote in the document, and at its page', async () => {
  const sentence = fc
    .array(fc.constantFrom('pump', 'valve', 'opens', 'Öl', 'at *noon*', 'twice', '第一', '“dry”'), {
      minLength: 5,
      maxLength: 9,
    })
    .map(words => `${words.join(' ')} and then stops.`)
  const section = fc.record({
    title: fc.constantFrom('Use', 'Care', 'Faults'),
    body: fc.array(sentence, { minLength: 2, maxLength: 12 }),
  })
  const document = fc
    .array(section, { minLength: 1, maxLength: 6 })
    .map(sections => sections.map(({ title, body }) => `## ${title}\n\n${body.join(' ')}`).join('\n\n'))
  let seen = 0
  await fc.assert(
    fc.asyncProperty(document, fc.nat(4), async (markdown, cellOrdinal) => {
      const pages = [0, Math.floor(markdown.length / 2)]
      const { proposals } = await proposed(documentQa, {
        params: { documents: ['a.md'], chunkTokens: 64, types: ['factual', 'how-to'], languages: ['de', 'en'] },
        files: { 'a.md': markdown },
        pages,
        unit: { cellOrdinal, asks: 4 },
      })
      for (const proposal of proposals.filter(each => rejecter(each) === undefined)) {
        seen++
        const { start, end, page } = sourceOf(proposal)
        expect(markdown.slice(start, end)).toBe(proposal.fields!['quote'])
        expect(page).toBe(start < pages[1]! ? 1 : 2)
        expect(['de', 'en']).toContain(proposal.fields!['language'])
      }
    }),
    { numRuns: 40 },
  )
  expect(seen).toBeGreaterThan(40)
})

it('spreads the questions over all passages before it comes back to one', async () => {
  const { plan, asked } = await proposed(documentQa, {
    params: { ...params, judge: false },
    files,
    unit: { asks: 100 },
  })
  const { documents } = qaMaterial(plan.material)
  const { passages } = documents[0]!
  expect(passages.length).toBeGreaterThan(3)
  expect(new Set(asked.map(text => block(text, 'context'))).size).toBe(passages.length)
  const counts = asked.map(text => Number(/Write (\d+)/.exec(text)![1]))
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
})

it('deals types, difficulties and languages by their weights', async () => {
  const { proposals } = await proposed(documentQa, {
    params: { ...params, types: { factual: 3, 'how-to': 1 }, difficulty: ['easy', 'hard'], languages: ['fr', 'en'] },
    files,
    unit: { asks: 40 },
  })
  const counts = (name: string) => {
    const found = Map.groupBy(proposals, ({ fields }) => fields![name])
    return Object.fromEntries([...found].map(([value, those]) => [value, those.length]))
  }
  expect(counts('type')).toEqual({ factual: 30, 'how-to': 10 })
  expect(counts('difficulty')).toEqual({ easy: 20, hard: 20 })
  expect(counts('language')).toEqual({ fr: 20, en: 20 })
})

describe('questions over two passages', () => {
  it('have a quote in each, and both passages as their context', async () => {
    const { proposals } = await proposed(documentQa, { params: { ...params, types: ['multi-hop'] }, files })
    expect(proposals.length).toBeGreaterThan(0)
    for (const proposal of proposals) {
      expect(rejecter(proposal)).toBeUndefined()
      const { start, end, second } = sourceOf(proposal)
      const quotes = [manual.slice(start, end), manual.slice(second!.start, second!.end)]
      expect(proposal.fields!['quote']).toBe(quotes.join('\n\n'))
      for (const quote of quotes) expect(proposal.fields!['context']).toContain(quote)
      expect(start >= second!.end || second!.start >= end).toBe(true)
    }
  })

  it('are rejected if the second quote is of neither', async () => {
    const replies = readingTeacher(item => ({ ...item, second_quote: 'It presses grapes as well.' }))
    const { proposals } = await proposed(documentQa, { params: { ...params, types: ['multi-hop'] }, files, replies })
    expect(new Set(proposals.map(rejecter))).toEqual(new Set(['second-quote']))
  })

  it('are not asked of a document with one passage, and alone cannot be asked of it at all', async () => {
    const whole = { documents: ['press.md'], chunkTokens: 8000 }
    const { proposals } = await proposed(documentQa, { params: { ...whole, types: ['multi-hop', 'factual'] }, files })
    expect(new Set(proposals.map(({ fields }) => fields!['type']))).toEqual(new Set(['factual']))
    await expect(planned(documentQa, { params: { ...whole, types: ['multi-hop'] }, files })).rejects.toThrow(
      CultivarError,
    )
  })
})

it('has unanswerable questions judged even where nothing else is, and gives them no quote', async () => {
  const mixed = { ...params, types: ['unanswerable', 'factual'], judge: false }
  const { proposals, asked } = await proposed(documentQa, { params: mixed, files, unit: { asks: 6 } })
  const open = proposals.filter(({ fields }) => fields!['type'] === 'unanswerable')
  expect(open).toHaveLength(3)
  expect(open.map(({ fields }) => fields!['quote'])).toEqual([undefined, undefined, undefined])
  expect(asked.filter(text => text.includes('leaves the question open'))).toHaveLength(3)
  expect(asked.filter(text => text.includes('<quote>'))).toEqual([])
})

describe('the plan', () => {
  it('has a cell for each document or each passage, whatever their names, and no text twice', async () => {
    const other = manual.replaceAll('Tallow', 'Suet')
    const given = { files: { 'a/press.md': manual, 'b/press.md': other, 'c.md': manual, 'd.md': ' ' } }
    const { cells, defaultTarget, notes } = await planned(documentQa, { ...given, params: { qaNums: 3 } })
    expect(cells).toEqual(['press.md', 'press.md (2)'])
    expect(defaultTarget).toBe(3)
    expect(notes.join('\n')).toContain('The same text as another document, and left out: c.md.')
    const chunks = await planned(documentQa, { ...given, params: { per: 'chunk', chunkTokens: 300 } })
    expect(chunks.cells.slice(0, 2)).toEqual(['press.md #1', 'press.md #2'])
  })

  it('takes of the project’s documents those that `only` names, by name or by id', async () => {
    const many = { 'a/press.md': manual, 'b/oven.md': manual.replaceAll('Tallow', 'Suet') }
    const cells = async (only: string[]) => (await planned(documentQa, { params: { only }, files: many })).cells
    expect(await cells(['oven.md'])).toEqual(['oven.md'])
    expect(await cells(['a/press.md'])).toEqual(['press.md'])
    await expect(cells(['press.md', 'mill.md'])).rejects.toThrow('no document “mill.md”')
  })

  it('keeps a document in the split that the project’s questions about it are in', async () => {
    const names = ['a.md', 'b.md', 'c.md', 'd.md']
    const many = Object.fromEntries(names.map(name => [name, `${manual}\n${name}`]))
    for (const name of names) {
      const fields = { question: 'Why?', source: { document: name } }
      const record = { ...storedRecord({ text: '', split: 'test' }), fields }
      const plan = await planned(documentQa, { params: { split: { test: 0.25 } }, files: many, records: [record] })
      const { documents } = qaMaterial(plan.material)
      expect(documents.filter(({ split }) => split === 'test').map(document => document.name)).toEqual([name])
    }
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no documents', {}, /nothing to ask about/],
    ['a document without text', { documents: ['empty.md'] }, /no text in empty.md/],
    ['a pipeline that wants other slots', { ...params, pipeline: 'stray.yaml' }, /the slot leaf/],
    ['a pipeline without answers', { ...params, pipeline: 'bare.yaml' }, /no stage writes the field answer/],
  ])('refuses %s', async (_, wrong, message) => {
    const prompt = '---\nid: own\nversion: 1\n---\n# system\nS\n# user\n{{context}}'
    const pipeline = (slots: string, field: string) =>
      `name: own\nsummary: own\nslots: [${slots}]\nstages:\n  - { write: own, prompt: own.md, many: true, fields: { ${field} } }`
    const own = {
      'stray.yaml': pipeline('context, leaf', 'question: q, answer: a'),
      'bare.yaml': pipeline('context', 'question: q'),
      'own.md': prompt,
    }
    const given = wrong['documents'] ? { ...files, ...own, 'empty.md': '\n' } : {}
    await expect(planned(documentQa, { params: wrong, files: given })).rejects.toThrow(message)
  })

  it('refuses a project whose records are texts', async () => {
    const given = { params, files, project: { kind: 'text' as const } }
    await expect(planned(documentQa, given)).rejects.toThrow(/kind text/)
  })
})

/** What `privacy` replaces or rejects, what stays, and where spans stand afterwards. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelledTexts, languages } from '../../test/privacy/labelled-texts.ts'
import type { Json } from '../model/json.ts'
import { project } from '../model/project.ts'
import type { Content, Span } from '../model/record.ts'
import type { Candidate } from '../model/run.ts'
import { criticLaws } from '../testing/critic-laws.ts'
import { privacy } from './privacy.ts'
import { valid } from './valid.ts'

const about = { material: null, project: project.parse({ name: 'support' }), cells: ['all'] }
const candidateOf = (content: Partial<Content>): Candidate => ({
  ...{ fields: {}, labels: [], spans: [], cell: 'all', index: 0, verdicts: [] },
  ...content,
})

function judge(content: Partial<Content>, params: object = {}) {
  if (privacy.phase !== 'pure') throw new TypeError('privacy judges by the candidate alone')
  return privacy.open({ ...about, params: privacy.params.parse(params) }).judge(candidateOf(content))
}
const mended = (text: string, params: object = {}, spans: Span[] = []) => {
  const { revised } = judge({ fields: { text }, spans }, params)
  return revised?.fields['text'] ?? text
}
const isValid = (content: Content) => {
  if (valid.phase !== 'pure') throw new TypeError('valid judges by the candidate alone')
  return valid.open({ ...about, params: valid.params.parse({}) }).judge(candidateOf(content))
}

const letter =
  'Dear Ms Okafor,\n\nwe tried +49 30 901820 and okafor@example.org. Is +49-30-901820 still right?\n\nKind regards,\nJonas Weber'

describe('laws', () => {
  const texts = languages.flatMap(language => labelledTexts(language, 1).map(({ text }) => ({ fields: { text } })))
  it.each(
    criticLaws({
      critic: privacy,
      params: [
        {},
        { names: 'all' },
        { names: 'none', kinds: ['email', 'phone'], keepSpans: false },
        { action: 'reject', allow: ['+49 30 901820'], fields: ['text'] },
      ],
      candidates: [
        { fields: { text: letter } },
        { fields: { text: letter }, spans: [{ field: 'text', start: 5, end: 14, label: 'PERSON' }] },
        ...texts,
      ],
    }),
  )('$title', ({ check }) => check())
})

it('replaces one value by one placeholder throughout a record, nested strings too', () => {
  const { pass, reason, revised } = judge({
    fields: {
      text: letter,
      meta: { from: ['okafor@example.org', 'x@example.org'], size: 3, note: null },
      title: 'Nothing here',
    },
    labels: ['contact'],
  })
  expect(pass).toBe(true)
  expect(revised).toEqual({
    fields: {
      text: 'Dear Ms ⟦NAME_1⟧,\n\nwe tried ⟦PHONE_1⟧ and ⟦EMAIL_1⟧. Is ⟦PHONE_1⟧ still right?\n\nKind regards,\n⟦NAME_2⟧',
      meta: { from: ['⟦EMAIL_1⟧', '⟦EMAIL_2⟧'], size: 3, note: null },
      title: 'Nothing here',
    },
    labels: ['contact'],
    spans: [],
  })
  expect(reason).toBe('personal data replaced: 3 email, 2 phone, 2 name')
})

it('rejects instead, and never says the value', () => {
  const verdict = judge({ fields: { text: letter } }, { action: 'reject' })
  expect(verdict).toEqual({
    critic: 'privacy',
    pass: false,
    score: 5,
    reason: 'holds personal data: 1 email, 2 phone, 2 name',
  })
})

it('looks for what it is told to look for, where it is told to', () => {
  expect(mended(letter, { kinds: ['email'] })).toBe(letter.replace('okafor@example.org', '⟦EMAIL_1⟧'))
  expect(mended(letter, { names: 'none', kinds: ['name'] })).toBe(letter)
  const fields = { text: 'a@b.org', other: 'c@d.org' }
  expect(judge({ fields }, { fields: ['other'] }).revised?.fields).toEqual({ text: 'a@b.org', other: '⟦EMAIL_1⟧' })
})

it('leaves what is allowed, in whatever notation', () => {
  const text = 'My name is Erika Muster. Hotline 0800 123-4567, mine is 0171/2345678. Regards,\nMuster'
  expect(mended(text, { allow: ['0800/1234567', 'Erika Muster'] })).toBe(text.replace('0171/2345678', '⟦PHONE_1⟧'))
})

const person = { field: 'text', start: 11, end: 22, label: 'PERSON' }
const introduction = 'My name is Elena Moser, reach me at elena@example.org.'

it('leaves stretches that carry a span label, unless told otherwise', () => {
  const kept = judge({ fields: { text: introduction }, spans: [person] })
  expect(kept.revised).toEqual({
    fields: { text: 'My name is Elena Moser, reach me at ⟦EMAIL_1⟧.' },
    labels: [],
    spans: [person],
  })
  const replaced = judge({ fields: { text: introduction }, spans: [person] }, { keepSpans: false })
  expect(replaced.revised?.spans).toEqual([{ ...person, end: 11 + '⟦NAME_1⟧'.length }])
})

it('makes two equal spans one, where both lay in one name', () => {
  const parts = [
    { ...person, end: 16 },
    { ...person, start: 17 },
  ]
  expect(judge({ fields: { text: introduction }, spans: parts }, { keepSpans: false }).revised?.spans).toHaveLength(1)
})

const samples = languages.flatMap(language => labelledTexts(language, 2)).filter(({ expected }) => expected.length > 0)
const labelled = fc.constantFrom(...samples).chain(({ text }) =>
  fc.record({
    text: fc.constant(text),
    spans: fc.array(
      fc.tuple(fc.nat(text.length), fc.nat(text.length), fc.constantFrom('A', 'B')).map(([a, b, label]): Span => {
        const start = Math.min(a, b)
        return { field: 'text', start, end: Math.max(a, b, start + 1), label }
      }),
      { maxLength: 4 },
    ),
  }),
)

it('keeps a valid candidate valid, with kept spans on the same words', () => {
  fc.assert(
    fc.property(labelled, fc.boolean(), fc.constantFrom('introduced', 'all'), ({ text, spans }, keepSpans, names) => {
      const content: Content = { fields: { text }, labels: [], spans }
      fc.pre(isValid(content).pass)
      const { revised } = judge(content, { keepSpans, names })
      if (!revised) return
      expect(isValid(revised)).toEqual({ critic: 'valid', pass: true })
      const after = revised.fields['text'] as string
      if (keepSpans) {
        const words = (all: Span[], text: string) => all.map(({ start, end, label }) => [label, text.slice(start, end)])
        expect(new Map(words(revised.spans, after).map(word => [word.join(), 1]))).toEqual(
          new Map(words(spans, text).map(word => [word.join(), 1])),
        )
      }
      // Nothing that stood in the text is left in half: every span begins and ends outside of placeholders.
      for (const { 0: placeholder, index } of after.matchAll(/⟦[A-Z_]+\d+⟧/g)) {
        for (const { start, end } of revised.spans) {
          for (const edge of [start, end]) expect(edge <= index || edge >= index + placeholder.length).toBe(true)
        }
      }
    }),
    { numRuns: 1500 },
  )
})

it('mends in one go: judged again, its own work is in order', () => {
  const words = samples.flatMap(({ text }) => text.split(/(?<= )/))
  const text = fc.array(fc.constantFrom(...words), { maxLength: 20 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(
      text,
      fc.constantFrom('introduced', 'all'),
      fc.subarray(['Korbinian', '555 123 4567']),
      (text, names, allow) => {
        const fields: Record<string, Json> = { text, copy: [text] }
        const { revised } = judge({ fields }, { names, allow })
        if (revised) expect(judge(revised, { names, allow }).revised).toBeUndefined()
      },
    ),
    { numRuns: 3000 },
  )
})

/** What every format of labelled text keeps, or says that it lost. */
import { Readable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { project } from '../model/project.ts'
import type { Span, Split } from '../model/record.ts'
import { withoutOverlaps } from '../text/tag-scheme.ts'
import { applyMapping } from './apply-mapping.ts'
import { columnsOf } from './column-facts.ts'
import { guessMapping } from './column-mapping.ts'
import { ExportNotes, writeNoting } from './export-notes.ts'
import { findFormat } from './find-format.ts'
import type { ExportRecord, Part, ReadOptions, WriteOptions } from './format.ts'
import { surveyLabels } from './label-survey.ts'

const entities = project.parse({ name: 'laws', kind: 'entities' })

interface Case {
  kind: string
  /** Whether spans may overlap, and texts have blanks and line breaks as they like. */
  overlaps: boolean
  anyBlanks: boolean
  options?: WriteOptions
  reading?: ReadOptions
}

const cases: Case[] = [
  ...(['iob1', 'bio', 'bioes'] as const).flatMap(scheme =>
    ([2, 4] as const).map(columnCount => ({
      ...{ kind: 'conll', overlaps: false, anyBlanks: false },
      ...{ options: { scheme, columnCount }, reading: { scheme } },
    })),
  ),
  { kind: 'doccano', overlaps: true, anyBlanks: true },
  { kind: 'spacy', overlaps: false, anyBlanks: true },
  { kind: 'prodigy', overlaps: true, anyBlanks: true },
  { kind: 'argilla', overlaps: true, anyBlanks: true },
  {
    kind: 'argilla',
    overlaps: true,
    anyBlanks: true,
    options: { controls: { labels: 'q1', spans: 'q2', text: 'body' } },
    reading: { controls: { labels: 'q1', spans: 'q2', text: 'body' } },
  },
  { kind: 'hugging-face', overlaps: true, anyBlanks: true },
  { kind: 'fasttext', overlaps: true, anyBlanks: false },
  { kind: 'fasttext', overlaps: true, anyBlanks: false, options: { labelPrefix: '#' }, reading: { labelPrefix: '#' } },
  { kind: 'label-studio', overlaps: true, anyBlanks: true },
  {
    kind: 'label-studio',
    overlaps: true,
    anyBlanks: true,
    options: { controls: { labels: 'a', spans: 'b', text: 'text' } },
  },
  { kind: 'generative-ai-lab', overlaps: true, anyBlanks: true },
]

const word = fc.constantFrom(
  'Ada',
  'é',
  '😀',
  '東京',
  '-',
  'O’Hara',
  '#',
  '-DOCSTART-',
  '__label__x',
  '[',
  '"',
  'B-PER',
  '\u200b',
  'née',
  'O',
)
const label = fc.constantFrom('PER', 'work-of-art', 'Größe', 'a,b', 'x"y', '東')

/** Words with single blanks between, and spans of whole words. */
const plain = fc
  .array(word, { minLength: 1, maxLength: 6 })
  .chain(words => fc.record({ text: fc.constant(words.join(' ')), spans: spansOver(edgesOfWords(words)) }))
/** Anything a text can be, and spans between any characters. */
const wild = fc
  .array(
    fc.oneof(
      word,
      fc.constantFrom(' ', '\n', '\t', '  ', '\r\n', '\u00a0'),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map(parts => `${parts.join('').toWellFormed().replaceAll('\0', '')}x`)
  .chain(text =>
    fc.record({
      text: fc.constant(text),
      spans: spansOver(
        [
          [...text].map((_, at, all) => all.slice(0, at).join('').length),
          [...text].map((_, at, all) => all.slice(0, at + 1).join('').length),
        ],
        wildLabel,
      ),
    }),
  )
const wildLabel = fc.oneof(label, fc.constantFrom('two words', 'a,B-b', 'a\nb', 'I-', 'n[1,2]n'))

function edgesOfWords(words: string[]): [number[], number[]] {
  const starts = words.map((_, at) => words.slice(0, at).join(' ').length + (at > 0 ? 1 : 0))
  return [starts, starts.map((start, at) => start + words[at]!.length)]
}

function spansOver([starts, ends]: [number[], number[]], of: fc.Arbitrary<string> = label): fc.Arbitrary<Span[]> {
  const at = fc.nat(starts.length - 1)
  return fc.array(
    fc.tuple(at, at, of).map(([a, b, name]) => {
      return { field: 'text', start: starts[Math.min(a, b)]!, end: ends[Math.max(a, b)]!, label: name }
    }),
    { maxLength: 4 },
  )
}

function recordsOf(
  content: fc.Arbitrary<{ text: string; spans: Span[] }>,
  holds: readonly Part[],
  of: fc.Arbitrary<string>,
) {
  const held = <T>(part: Part, some: fc.Arbitrary<T>, none: T) => (holds.includes(part) ? some : fc.constant(none))
  const names = fc.constantFrom(
    'note',
    'labels',
    'entities',
    'tokens',
    'title',
    'accept',
    'id',
    'data',
    'fields.x',
    'meta',
  )
  const parts = fc.record({
    content,
    labels: held('labels', fc.uniqueArray(of, { maxLength: 3 }), []),
    others: held('fields', fc.dictionary(names, fc.constantFrom('v', 'w'), { maxKeys: 2 }), {}),
    tags: held('tags', fc.uniqueArray(fc.constantFrom('t', 'ü x'), { maxLength: 2 }), []),
    split: held<Split>('split', fc.constantFrom<Split>('train', 'validation', 'test'), 'train'),
    outcome: fc.constantFrom('kept', 'imported'),
  })
  return fc.array(
    parts.map(
      ({ content: { text, spans }, labels, others, tags, split, outcome }): ExportRecord =>
        ({
          ...{ id: 'r1', project: 'p', position: 0, outcome, status: 'pending', cell: 'all', verdicts: [] },
          ...{ run: null, unit: null, item: null, source: null, createdMs: 0 },
          ...{ fields: { text, ...others }, labels, spans: holds.includes('spans') ? spans : [], tags, split },
        }) as ExportRecord,
    ),
    { minLength: 1, maxLength: 5 },
  )
}

async function roundTrip({ kind, options = {}, reading = {} }: Case, list: ExportRecord[], surveyed: boolean) {
  const format = findFormat('', kind)
  const notes = new ExportNotes()
  const survey = surveyed ? { survey: await surveyLabels(Readable.from(list)) } : {}
  const written = (
    await Readable.from(writeNoting(format, Readable.from(list), { ...options, ...survey, notes })).toArray()
  ).join('')
  const names = survey.survey ? { labelNames: { ner_tags: ['O'] } } : {}
  const read = format.read(Readable.from([Buffer.from(written)]), { ...names, ...reading })
  const rows = await Readable.from(read.rows).toArray()
  const values = rows.flatMap(row => (row.values ? [row.values] : []))
  const columns = [...columnsOf(values), ...Object.values(read.columns ?? {}).flat()].filter(name => name !== null)
  const mapping = guessMapping([...new Set(columns)], values, entities, read.columns)
  const found = rows.map(row => {
    const mapped = row.error ? row : applyMapping(row, mapping, entities)
    return mapped.error
      ? mapped
      : whatCounts({ ...mapped.content, tags: mapped.tags ?? [], split: mapped.split ?? 'train' })
  })
  return { found, notes: notes.lines(), written }
}

/** Labels and spans are sets; the id is another after each import. */
function whatCounts({
  fields,
  labels,
  spans,
  tags,
  split,
}: Pick<ExportRecord, 'fields' | 'labels' | 'spans' | 'tags' | 'split'>) {
  const keyed = [...new Set(spans.map(span => JSON.stringify([span.field, span.start, span.end, span.label])))].sort()
  return { fields, labels: labels.toSorted(), spans: keyed, tags, split }
}

describe.each(cases.map(one => ({ one, name: [one.kind, JSON.stringify(one.options ?? {})].join(' ') })))(
  '$name',
  ({ one }) => {
    const holds = findFormat('', one.kind).holds!
    const fit = recordsOf(one.anyBlanks ? wild : plain, holds, label).map(list =>
      list.map(record => ({ ...record, spans: one.overlaps ? record.spans : withoutOverlaps(record.spans) })),
    )

    it('gives back what it can hold, and reports no loss', async () => {
      await fc.assert(
        fc.asyncProperty(fit, fc.boolean(), async (list, surveyed) => {
          const readable = list.filter(
            ({ fields }) =>
              !/-DOCSTART-|__label__|#/.test(String(fields['text'])) && String(fields['text']).trim() !== '',
          )
          fc.pre(readable.length > 0)
          const { found, notes } = await roundTrip(one, readable, surveyed && one.kind !== 'conll')
          expect(found).toEqual(readable.map(whatCounts))
          expect(notes.filter(note => note.startsWith('Not written'))).toEqual([])
        }),
        { numRuns: 150 },
      )
    })

    it('reports a loss where anything comes back otherwise', async () => {
      const contents = fc.oneof(plain, wild)
      const all: Part[] = ['fields', 'labels', 'spans', 'tags', 'split']
      // One record with what the format can hold, so that no other loss hides the one that must be told.
      const every = fc.oneof(
        recordsOf(contents, all, wildLabel),
        ...[label, wildLabel].map(of => recordsOf(contents, holds, of).map(list => list.slice(0, 1))),
      )
      await fc.assert(
        fc.asyncProperty(every, fc.boolean(), async (list, surveyed) => {
          const { found, notes } = await roundTrip(one, list, surveyed)
          const isSame = isDeepStrictEqual(found, list.map(whatCounts))
          expect(isSame || notes.some(note => note.startsWith('Not written'))).toBe(true)
        }),
        { numRuns: 150 },
      )
    })

    it('writes the same text for the same records, offsets in the unit asked for', async () => {
      const [record] = fc.sample(fit, { numRuns: 1, seed: 7 })[0]!
      const emoji = {
        ...record!,
        fields: { text: '😀 Ada' },
        spans: [{ field: 'text', start: 3, end: 6, label: 'PER' }],
        labels: [],
      }
      const once = await roundTrip(one, [emoji], false)
      expect((await roundTrip(one, [emoji], false)).written).toBe(once.written)
      if (!holds.includes('spans')) return
      expect(once.found).toEqual([whatCounts(emoji)])
    })
  },
)

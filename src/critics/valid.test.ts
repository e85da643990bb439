/** What `valid` rejects, in what words, and what it lets through. */
import { expect, it } from 'vitest'
import { type Project, project } from '../model/project.ts'
import type { Candidate } from '../model/run.ts'
import { valid } from './valid.ts'

function judge(content: Partial<Candidate>, params: object = {}, about: Partial<Project> = {}) {
  if (valid.phase !== 'pure') throw new TypeError('valid judges by the candidate alone')
  const context = {
    params: valid.params.parse(params),
    material: null,
    project: project.parse({ name: 'cards', ...about }),
    cells: ['all', 'lost'],
  }
  const candidate = { fields: { text: 'I lost my card' }, labels: [], spans: [], cell: 'all', index: 0, verdicts: [] }
  return valid.open(context).judge({ ...candidate, ...content })
}

const text = (text: string) => ({ fields: { text } })
const span = (text: string, start: number, end: number, field = 'text') => ({
  fields: { text },
  spans: [{ field, start, end, label: 'CARD' }],
})

it.each<[string, Partial<Candidate>, string]>([
  ['an empty text', text(' \n'), 'the text is empty'],
  ['a missing text', { fields: { body: 'x' } }, 'no field `text`'],
  ['a text that is no string', { fields: { text: 5 } }, 'no field `text`'],
  ['half a character', text('smile \ud83d'), 'field `text` holds half a character'],
  [
    'a deep control character',
    { fields: { text: 'x', meta: { a: ['b\u0007'] } } },
    'field `meta` holds the control character U+0007',
  ],
  ['a label with half a character', { labels: ['\udc00'] }, 'a label holds half a character'],
  ['a foreign cell', { cell: 'found' }, '“found” is not a cell of this run (all, lost)'],
  ['a placeholder', text('Dear [insert name here], hello'), 'placeholder: “[insert name here]”'],
  ['another placeholder', text('Hello <Your Name>'), 'placeholder: “<Your Name>”'],
  ['an unfilled slot', text('My {{item}} is lost'), 'placeholder: “{{item}}”'],
  ['a numbered heading', text('Example 1: I lost my card'), 'numbered heading: “Example 1:”'],
  ['a model speaking', text('As an AI language model, I have no card.'), 'a model speaking of itself'],
  ['a preamble', text('Sure! Here are ten texts:\nI lost it'), 'a model’s preamble'],
  ['a span past the end', span('card', 0, 5), 'the span 0–5 (CARD) ends after its text, which is 4 long'],
  ['a reversed span', span('card', 3, 1), 'is empty or reversed'],
  ['an empty span', span('card', 1, 1), 'is empty or reversed'],
  ['a span in no field', span('card', 0, 1, 'title'), 'lies in `title`, which is not a text field'],
  ['a span that cuts at its end', span('a🙂b', 0, 2), 'cuts a character in half'],
  ['a span that cuts at its start', span('a🙂b', 2, 4), 'cuts a character in half'],
  ['a span with white space at its edge', span('my card', 2, 7), 'begins or ends with white space'],
])('rejects %s', (_, content, reason) => {
  const verdict = judge(content)
  expect(verdict.pass).toBe(false)
  expect(verdict.reason).toContain(reason)
})

it.each<[string, Partial<Candidate>]>([
  ['plain text', {}],
  ['tabs and line breaks', text('one\ttwo\r\nthree')],
  ['whole characters beyond the basic plane', span('a🙂b', 1, 3)],
  ['a span over the whole text', span('card', 0, 4)],
  ['brackets of other kinds', text('He said [sic] that an array {a, b} of <b>10</b> is fine')],
  ['talk about models', text('As an AI engineer I train a large language model')],
  ['an example in passing', text('Take example 1: it works')],
  ['any label where the list is open', { labels: ['whatever'] }],
])('lets through %s', (_, content) => expect(judge(content)).toEqual({ critic: 'valid', pass: true }))

it('holds labels to a closed list, span labels where spans are what the project is about', () => {
  const labels = ['LOST', 'LATE']
  expect(judge({ labels: ['LOST'] }, {}, { labels }).pass).toBe(true)
  expect(judge({ labels: ['LOST', 'FOUND'] }, {}, { labels }).reason).toBe(
    'the label “FOUND” is not in the project’s list (LOST, LATE)',
  )
  expect(judge(span('card', 0, 4), {}, { labels }).pass).toBe(true)
  expect(judge(span('card', 0, 4), {}, { labels, kind: 'entities' }).reason).toContain('the label “CARD”')
})

it('asks records of named fields for one that is not empty', () => {
  const about = { kind: 'records' as const }
  expect(judge({ fields: { name: 'Anna', age: null } }, {}, about).pass).toBe(true)
  expect(judge({ fields: { name: ' ', age: null } }, {}, about).reason).toBe('every field is empty')
})

it.each<[string, Partial<Candidate>]>([
  ['labels', { labels: ['FOUND'] }],
  ['leftovers', text('Hello [your name]')],
  ['controls', text('a\u0000b')],
  ['spanEdges', span('my card', 2, 7)],
])('lets %s be, if told so', (name, content) => {
  expect(judge(content, {}, { labels: ['LOST'] }).pass).toBe(false)
  expect(judge(content, { [name]: false }, { labels: ['LOST'] }).pass).toBe(true)
})

/** Laws and examples of reading model replies. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { looksLikeRefusal, parseJsonReply } from './json-reply.ts'

const anyJson = fc.jsonValue({ maxDepth: 3 })
const container = fc.oneof(
  fc.array(anyJson, { minLength: 1 }),
  fc.dictionary(fc.string({ unit: 'binary' }), anyJson, { minKeys: 1 }),
)
/** Talk without an opening bracket, as models put around their JSON. */
const prose = fc.stringMatching(/^[A-Za-z ,.:'"!?\n)]{0,60}$/)

it('never throws, whatever the reply', () => {
  const rough = fc.string({ unit: fc.constantFrom(...'{}[]",:\\`\n <>/abc1-\ud800thinkjson'), maxLength: 80 })
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), rough), text => {
      const reply = parseJsonReply(text)
      expect(reply.error === undefined ? typeof reply.repaired : reply.error).not.toBe('')
      expect(typeof looksLikeRefusal(text)).toBe('boolean')
    }),
    { numRuns: 2000 },
  )
})

it('reads any JSON value as it stands, after a byte-order mark, in a fence and after reasoning', () => {
  fc.assert(
    fc.property(anyJson, fc.constantFrom(undefined, 2), (value, indent) => {
      const json = JSON.stringify(value, null, indent)
      const wrappings = [
        json,
        `\uFEFF ${json}\n`,
        `\`\`\`json\n${json}\n\`\`\``,
        `<think>Is {"it": [1]}?</think>\n${json}`,
      ]
      for (const text of wrappings) {
        const reply = parseJsonReply(text)
        expect(reply).toMatchObject({ repaired: false })
        expect(JSON.stringify((reply as { value: unknown }).value)).toBe(JSON.stringify(value))
      }
    }),
  )
})

it('reads any object or array from the middle of prose', () => {
  fc.assert(
    fc.property(container, prose, prose, (value, before, after) => {
      const json = JSON.stringify(value)
      for (const text of [`${before}\n${json}\n${after}`, `${before}\n\`\`\`\n${json}\n\`\`\`\n${after}`]) {
        expect(parseJsonReply(text)).toEqual({ value: JSON.parse(json), repaired: false })
      }
    }),
  )
})

it.each([
  ['trailing commas', '{"items": [{"a": 1}, {"a": 2},],}', { items: [{ a: 1 }, { a: 2 }] }],
  ['single quotes and bare names', "{items: ['x', 'y']}", { items: ['x', 'y'] }],
  ['quotes inside a string', '{"text": "he said "no" to me"}', { text: 'he said "no" to me' }],
  ['a line break inside a string', '{"text": "one\ntwo"}', { text: 'one\ntwo' }],
  ['an end that was cut off', '```json\n[{"a": 1}, {"a": 2', [{ a: 1 }, { a: 2 }]],
  ['a wrong bracket, with prose after it', '{"a": [1, 2} That is all.', { a: [1, 2] }],
])('mends %s', (_, text, value) => {
  expect(parseJsonReply(text)).toEqual({ value, repaired: true })
})

it.each([
  ['a mention in brackets', 'As in [1], [sic] and {name}: {"a": 1}. See [2].', { a: 1 }],
  ['a broken value longer than a sound one', 'As in [1], {"a": 1, "b": 2,}', { a: 1, b: 2 }],
  ['objects line by line', '{"a": 1}\n{"a": 2}\n{"a": 3}', [{ a: 1 }, { a: 2 }, { a: 3 }]],
  ['reasoning without its opening tag', 'Perhaps {"a": 0, "b": 0}?\n</think>\n\n{"a": 1}', { a: 1 }],
  ['reasoning longer than the value', '<think>{"a": [1, 2, 3, 4]}</think>{"a": 1}', { a: 1 }],
  ['an unpaired surrogate', 'Here: {"a": "\\ud83d"}', { a: '\ud83d' }],
])('finds the value among %s', (_, text, value) => {
  expect((parseJsonReply(text) as { value: unknown }).value).toEqual(value)
})

it.each(['', ' \n\uFEFF', 'Sorry, no.', '<think>I was cut off with {"a": 1}', 'See [note] and {name}.'])(
  'says that there is nothing to read in %j',
  text => {
    expect(parseJsonReply(text).error).toMatch(/^The reply .+\.$/)
  },
)

it('stays fast on replies made of brackets', () => {
  for (const piece of ['[', '{', '{"a":', '[1 ', '```\n', '{"a":1} x ', '<think>']) {
    const start = performance.now()
    parseJsonReply(piece.repeat(50_000))
    expect(performance.now() - start, piece).toBeLessThan(2000)
  }
})

it.each([
  'I’m sorry, but I can’t help with that.',
  'I cannot assist with this request.',
  "I won't provide instructions for that. If you are in danger, call for help.",
  'Sorry, as an AI I am not able to generate hateful content.',
  'Es tut mir leid, aber dabei kann ich nicht helfen.',
  'Je suis désolée, mais je ne peux pas vous aider.',
  'Lo siento, pero no puedo ayudar con eso.',
  '抱歉，我无法提供帮助。',
  '申し訳ありませんが、そのご要望にはお応えできません。',
])('knows a refusal: %s', text => expect(looksLikeRefusal(text)).toBe(true))

it.each([
  'I’m sorry, I can’t find my card.',
  "I can't believe you don't support this.",
  "I can't help but wonder where my money is.",
  'Here are some things an assistant cannot help with.',
  '{"explanation": "I cannot help with that"}',
  `I cannot help with that. ${'More text follows. '.repeat(60)}`,
  '',
])('does not take for a refusal: %s', text => expect(looksLikeRefusal(text)).toBe(false))

/** How facts are cut into passages. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { factsOfFile, factsOfProse } from './fact-passages.ts'

it('gives a passage a row of a table, values by name, empty ones left out', async () => {
  expect(await factsOfFile('rooms.csv', '\ufeffroom;price;note\nSingle;"95;00";\n\nDouble;120;"two\nlines"\n')).toEqual(
    [
      { place: 'rooms.csv, line 2', text: 'room: Single; price: 95;00', isRow: true },
      { place: 'rooms.csv, line 4', text: 'room: Double; price: 120; note: two lines', isRow: true },
    ],
  )
  expect(
    await factsOfFile('a.jsonl', '{"room":"Single","price":95.5,"beds":[1,2],"note":null}\n"just a text"\n'),
  ).toEqual([
    { place: 'a.jsonl, line 1', text: 'room: Single; price: 95.5; beds: [1,2]', isRow: true },
    { place: 'a.jsonl, line 2', text: 'just a text', isRow: true },
  ])
  expect((await factsOfFile('a.json', '[{"a":1},{"a":2}]')).map(({ place }) => place)).toEqual([
    'a.json, item 1',
    'a.json, item 2',
  ])
})

it.each([
  ['a.csv', 'a,b\n1,"2'],
  ['a.jsonl', '{"a":1}\n{oops'],
])('refuses %s where it cannot be read, with the line', async (path, text) => {
  await expect(factsOfFile(path, text)).rejects.toMatchObject({ code: 'bad-file', details: { line: 2 } })
})

it('gives a passage a paragraph, under its heading', async () => {
  const text =
    'Intro,\nin two lines.\n\n## Breakfast ##\nUntil 10:30.\n\n- eggs\n- ham\n# Pets\n```\n# no heading\n\nstill code\n```\n'
  expect(await factsOfFile('house.md', text)).toEqual([
    { place: 'house.md', text: 'Intro, in two lines.', isRow: false },
    { place: 'house.md, Breakfast', text: 'Until 10:30.', isRow: false },
    { place: 'house.md, Breakfast', text: '- eggs - ham', isRow: false },
    { place: 'house.md, Pets', text: '``` # no heading still code ```', isRow: false },
  ])
})

it('cuts long paragraphs between sentences, and loses no word', () => {
  const sentence = fc.integer({ min: 1, max: 60 }).map(words => `A${' word'.repeat(words)}.`)
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 60 }), sentences => {
      const passages = factsOfProse('x', sentences.join(' ')).map(({ text }) => text)
      expect(passages.join(' ')).toBe(sentences.join(' '))
      for (const text of passages) {
        expect(text.length).toBeLessThanOrEqual(1001)
        expect(text).toMatch(/^A.*\.$/)
      }
    }),
    { numRuns: 30 },
  )
})

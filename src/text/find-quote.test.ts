/** The law of quotations: what stands in the source is found there, what does not is not. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findQuote } from './find-quote.ts'

/** In capitals, so that letters of tags and addresses are told from theirs. */
const word = fc.stringMatching(/^[A-Z]{2,9}$/)
const wrapped = fc.constantFrom(
  (text: string) => text,
  (text: string) => `**${text}**`,
  (text: string) => `_${text}_`,
  (text: string) => `\`${text}\``,
  (text: string) => `“${text}”`,
  (text: string) => `[${text}](https://example.org/a_b)`,
  (text: string) => `(${text}),`,
  (text: string) => `<sub>${text}</sub>`,
  (text: string) => `[${text}](a_(b) "title")-type`,
)
const joint = fc.constantFrom(' ', ' ', ' ', '\n', ', ', '. ', ' – ', ' | ', '\n\n## ', '\n- ', '\n> ', '\n\n1. ')
const markdown = fc
  .array(fc.tuple(word, wrapped, joint), { minLength: 8, maxLength: 60 })
  .map(words => words.map(([text, wrap, after]) => wrap(text) + after).join(''))

const found = (text: string, quote: string) => {
  const span = findQuote(text, quote)
  return span && text.slice(span.start, span.end)
}
const letters = (text: string) => text.replace(/[^A-Z]/g, '')

describe('findQuote', () => {
  it('finds any stretch of the source where it is, or at an equal earlier place', () => {
    fc.assert(
      fc.property(markdown, fc.nat(), fc.nat({ max: 200 }), (text, from, length) => {
        const at = from % text.length
        const quote = text.slice(at, at + 14 + length)
        fc.pre(letters(quote).length >= 12)
        const span = findQuote(text, quote)
        expect(span).toBeDefined()
        expect(span!.start).toBeLessThanOrEqual(at + quote.search(/[A-Z]/))
        const same = letters(text.slice(span!.start, span!.end))
        const plainly = letters(quote)
        expect([same, plainly].some(one => one.startsWith(plainly) || plainly.startsWith(same))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('finds a stretch as a person would retype it: without marks, on one line, with plain quotation marks', () => {
    const plainly = (text: string) =>
      text
        .replace(/\]\(([^()]|\([^()]*\))*\)|<[^>]*>/g, '')
        .replace(/^[#>] ?|^- |[*_`[|]|#/gm, '')
        .replace(/[“”]/g, '"')
        .replace(/–/g, '-')
        .replace(/\s+/g, ' ')
    fc.assert(
      fc.property(markdown, text => {
        expect(findQuote(text, plainly(text))).toBeDefined()
      }),
      { numRuns: 300 },
    )
  })

  it('does not find a stretch in which a word is another', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 5, maxLength: 40 }), fc.nat(), (words, nth) => {
        const changed = words.with(nth % words.length, 'zebras')
        expect(findQuote(words.join(' '), changed.join(' '))).toBeUndefined()
      }),
    )
  })

  it.each([
    [
      'blanks and line ends',
      'The pump\n  starts at   noon.',
      'The pump starts at noon',
      'The pump\n  starts at   noon',
    ],
    ['the case of the first letter', 'If so, the pump starts.', 'The pump starts.', 'the pump starts.'],
    ['quotation marks', 'He called it “the ‘old’ pump”.', `called it "the 'old' pump"`, 'called it “the ‘old’ pump'],
    ['dashes', 'Ranges—say 3–5 bar—are safe.', 'ranges - say 3-5 bar -- are safe', 'Ranges—say 3–5 bar—are safe'],
    [
      'emphasis and escapes',
      'Set **max\\_pressure** to *7*.',
      'Set max_pressure to 7.',
      'Set **max\\_pressure** to *7*.',
    ],
    ['table pipes', '| Part | Weight |\n|:---|---:|\n| Valve | 3 kg |', 'Part Weight Valve 3 kg', undefined],
    ['hyphenation', 'the docu-\nmentation of well-\nknown pumps', 'documentation of well-known pumps', undefined],
    ['links', 'See [the guide](https://example.org) first.', 'See the guide first.', undefined],
    ['links with brackets', 'A [radiant](radiant_(meteor) "w") of stars.', 'A radiant of stars', undefined],
    [
      'marks within a word',
      'An [Algol](algol_star)-type **star**-like H<sub>2</sub>O',
      'Algol-type star-like H2O',
      undefined,
    ],
    ['ligatures', 'The eﬃcient pump', 'the efficient pump', 'The eﬃcient pump'],
    ['a full stop that is not there', 'The pump starts, then stops', 'The pump starts.', 'The pump starts'],
    ['quotation marks around it', 'The pump starts at noon.', '"The pump starts at noon."', 'The pump starts at noon.'],
    ['an ellipsis at its ends', 'When dry, the pump starts at noon.', '...the pump starts…', 'the pump starts'],
    ['line ends between ideographs', '水泵在中\n午启动。', '水泵在中午启动', '水泵在中\n午启动'],
  ])('does not mind %s', (_, text, quote, expected) => {
    const slice = found(text, quote)
    expect(slice).toBeDefined()
    if (expected) expect(slice).toBe(expected)
  })

  it.each([
    ['the sign of a number', 'a temperature of -5 degrees', 'a temperature of 5 degrees'],
    ['a digit', 'a pressure of 37 bar', 'a pressure of 36 bar'],
    ['a missing word', 'the pump never starts at noon', 'the pump starts at noon'],
    ['an order of words', 'pumps need valves always', 'valves need pumps always'],
    ['case within', 'the US pump market', 'the us pump market'],
    ['a negation cut away by an operator', 'an area of 2*3 metres', 'an area of 23 metres'],
  ])('minds %s', (_, text, quote) => expect(findQuote(text, quote)).toBeUndefined())

  it('finds two parts on the sides of an ellipsis, in their order and near each other', () => {
    const text = 'The pump starts at noon. It is loud. The valve closes at dusk.'
    expect(found(text, 'The pump starts ... valve closes at dusk')).toBe(text.slice(0, -1))
    expect(found(text, 'The pump starts […] valve closes at dusk.')).toBe(text)
    expect(found(text, 'The valve closes ... pump starts at noon')).toBeUndefined()
    expect(found(`the pump starts ${'so '.repeat(300)} valve closes`, 'the pump starts … valve closes')).toBeUndefined()
    expect(
      found(`the pump starts ${'so '.repeat(300)} the pump starts, valve closes`, 'pump starts … valve closes'),
    ).toBe('pump starts, valve closes')
  })

  it('finds nothing that is too short to be a quotation', () => {
    for (const quote of ['', ' ', 'the', '...', '“a”', '**', 'the … a'])
      expect(findQuote('the the a “a” ...', quote)).toBeUndefined()
  })

  it.each([
    ['quotation marks', '"'],
    ['brackets', ']('],
    ['blanks', ' '],
    ['hyphens', 'a- '],
    ['first halves', 'the pump '],
  ])('is not slowed down by nothing but %s', (_, part) => {
    const before = performance.now()
    expect(findQuote(part.repeat(50_000), 'the pump starts ... and then it stops')).toBeUndefined()
    expect(performance.now() - before).toBeLessThan(2000)
  })

  it('is fast on a long text', () => {
    const text = 'The **pump** starts at _noon_ — or so. '.repeat(2700)
    const before = performance.now()
    for (let times = 0; times < 10; times++) findQuote(text, 'The pump starts at nine')
    expect((performance.now() - before) / 10).toBeLessThan(150)
  })
})

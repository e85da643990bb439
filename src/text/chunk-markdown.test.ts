/** The laws of chunks, over generated Markdown: slices, coverage, budget, order, headings. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunkMarkdown } from './chunk-markdown.ts'
import { countTokens } from './count-tokens.ts'

const word = fc.oneof(
  { weight: 20, arbitrary: fc.stringMatching(/^[A-Za-z]{1,9}$/) },
  fc.constantFrom(
    '**bold**',
    '`code`',
    '<b>',
    '[link](http://a.b/c)',
    'a\\_b',
    '水泵',
    '🙂',
    '|',
    '<|endoftext|>',
    '*',
    '[',
    '```',
    '>',
  ),
)
const sentence = fc.array(word, { minLength: 1, maxLength: 25 }).map(words => `${words.join(' ')}.`)
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 8 }).map(sentences => sentences.join(' '))
const prose = fc
  .array(fc.stringMatching(/^[a-z]{1,9}[.,]?$/), { minLength: 1, maxLength: 90 })
  .map(words => words.join(' '))
const heading = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.stringMatching(/^[A-Za-z]{1,9}$/))
  .map(([depth, title]) => `${'#'.repeat(depth)} ${title}`)
const cell = fc.stringMatching(/^[a-z]{1,12}$/)
const table = fc
  .array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 })
  .map(rows => ['| a | b |', '|---|---|', ...rows.map(row => `| ${row.join(' | ')} |`)].join('\n'))
const code = fc.array(fc.string({ maxLength: 40 }), { maxLength: 12 }).map(lines => `~~~\n${lines.join('\n')}\n~~~`)
const list = fc
  .array(fc.tuple(fc.constantFrom('- ', '  - ', '1. '), sentence), { minLength: 1, maxLength: 10 })
  .map(items => items.map(item => item.join('')).join('\n'))
const quotation = fc
  .array(paragraph, { minLength: 1, maxLength: 3 })
  .map(texts => texts.map(text => `> ${text}`).join('\n>\n'))
const long = fc.integer({ min: 1, max: 400 }).map(length => 'verylong'.repeat(length))
const block = fc.oneof(heading, heading, paragraph, paragraph, table, code, list, quotation, long, fc.string())
const markdown = fc.array(block, { maxLength: 14 }).map(blocks => blocks.join('\n\n'))
const maxTokens = fc.integer({ min: 8, max: 300 })

/** What has no cut within: a character, of up to four bytes. */
const mostOfOneCharacter = 4

describe('chunkMarkdown', () => {
  it('gives slices in order, over all of the document that is not blank, each part once', () => {
    fc.assert(
      fc.property(markdown, maxTokens, (text, most) => {
        const chunks = chunkMarkdown(text, { maxTokens: most })
        let end = 0
        for (const chunk of chunks) {
          expect(chunk.text).toBe(text.slice(chunk.start, chunk.end))
          expect(chunk.text.trim()).toBe(chunk.text)
          expect(chunk.text).not.toBe('')
          expect(text.slice(end, chunk.start).trim()).toBe('')
          expect(chunk.start).toBeGreaterThanOrEqual(end)
          end = chunk.end
        }
        expect(text.slice(end).trim()).toBe('')
      }),
      { numRuns: 120 },
    )
  })

  it('keeps to the budget, with or without overlap, and counts right', () => {
    fc.assert(
      fc.property(
        markdown,
        fc.oneof(fc.integer({ min: 1, max: 8 }), maxTokens),
        fc.nat({ max: 60 }),
        (text, most, overlap) => {
          for (const chunk of chunkMarkdown(text, { maxTokens: most, overlapTokens: overlap })) {
            expect(chunk.tokens).toBe(countTokens(chunk.text))
            expect(chunk.tokens).toBeLessThanOrEqual(Math.max(most, mostOfOneCharacter))
          }
        },
      ),
      { numRuns: 120 },
    )
  })

  it('repeats, with an overlap, only what ends the chunk before, and within the overlap’s budget', () => {
    fc.assert(
      fc.property(markdown, maxTokens, fc.nat({ max: 60 }), (text, most, overlap) => {
        let before: { start: number; end: number; headings: string[] } | undefined
        let covered = 0
        for (const chunk of chunkMarkdown(text, { maxTokens: most, overlapTokens: overlap })) {
          expect(chunk.text).toBe(text.slice(chunk.start, chunk.end))
          expect(text.slice(covered, Math.max(covered, chunk.start)).trim()).toBe('')
          if (before && chunk.start < before.end) {
            expect(chunk.start).toBeGreaterThan(before.start)
            expect(countTokens(text.slice(chunk.start, before.end))).toBeLessThanOrEqual(overlap + 1)
          }
          expect(chunk.end).toBeGreaterThan(covered)
          covered = chunk.end
          before = chunk
        }
        expect(text.slice(covered).trim()).toBe('')
      }),
      { numRuns: 120 },
    )
  })

  it('names the headings that stand above a chunk', () => {
    const section = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.stringMatching(/^[A-Z][a-z]{3}$/), prose)
    fc.assert(
      fc.property(fc.array(section, { minLength: 1, maxLength: 10 }), maxTokens, (sections, most) => {
        const text = sections.map(([depth, title, body]) => `${'#'.repeat(depth)} ${title}\n\n${body}`).join('\n\n')
        const paths: { at: number; path: string[] }[] = []
        let at = 0
        const open: [number, string][] = []
        for (const [depth, title, body] of sections) {
          while (open.length > 0 && open.at(-1)![0] >= depth) open.pop()
          open.push([depth, title])
          paths.push({ at, path: open.map(([, name]) => name) })
          at += depth + 1 + title.length + 2 + body.length + 2
        }
        for (const chunk of chunkMarkdown(text, { maxTokens: most })) {
          const first = paths.findLast(section => section.at <= chunk.start)!
          const within = [first, ...paths.filter(section => section.at > chunk.start && section.at < chunk.end)]
          if (within.length === 1) expect(chunk.headings).toEqual(first.path)
          else for (const { path } of within) expect(path.slice(0, chunk.headings.length)).toEqual(chunk.headings)
        }
      }),
    )
  })

  it('keeps tables, code and list items whole where they fit, and a heading with the prose below it', () => {
    const table = `| Part | Weight |\n|---|---|\n${'| valve | 3 kg |\n'.repeat(10)}`.trim()
    const code = `\`\`\`sh\n${'pump --start # now\n'.repeat(12)}\`\`\``
    const items = Array.from({ length: 30 }, (_, nth) => `- Item ${nth}. It has two sentences.`)
    const prose = 'The pump starts at noon. '.repeat(14).trim()
    const text = ['# Manual', '## Parts', prose, table, '## Use', prose, code, '## Steps', items.join('\n')].join(
      '\n\n',
    )
    const chunks = chunkMarkdown(text, { maxTokens: 100 })
    const whole = (part: string) => expect(chunks.filter(chunk => chunk.text.includes(part))).toHaveLength(1)
    for (const part of [table, code, ...items]) whole(part)
    expect(chunks[0]!.text.startsWith('# Manual\n\n## Parts\n\nThe pump')).toBe(true)
    expect(chunks[0]!.headings).toEqual(['Manual', 'Parts'])
    expect(chunks.filter(chunk => /^#+ \w+$/.test(chunk.text))).toEqual([])
  })

  it('cuts a long table at its rows and a long paragraph at its sentences', () => {
    const rows = Array.from({ length: 40 }, (_, nth) => `| row ${nth} | some words of it |`)
    for (const { text } of chunkMarkdown(['| a | b |', '|---|---|', ...rows].join('\n'), { maxTokens: 60 }))
      expect(text).toMatch(/^\|[\s\S]*\|$/)
    const sentences = Array.from({ length: 30 }, (_, nth) => `Sentence ${nth} is wrapped\nover two lines.`)
    for (const { text } of chunkMarkdown(sentences.join(' '), { maxTokens: 40 }))
      expect(text).toMatch(/^Sentence [\s\S]*lines\.$/)
  })

  it('joins small sections under a common parent, and not across parents', () => {
    const small = (title: string) => `## ${title}\n\nA few words.`
    const joined = chunkMarkdown(['# One', small('A'), small('B'), small('C')].join('\n\n'), { maxTokens: 200 })
    expect(joined.map(chunk => chunk.headings)).toEqual([['One']])
    const apart = ['# One', '## A', '### X', 'A few words.', '# Two', '## B', '### Y', 'A few words.']
    expect(chunkMarkdown(apart.join('\n\n'), { maxTokens: 200 }).map(chunk => chunk.headings)).toEqual([
      ['One', 'A', 'X'],
      ['Two', 'B', 'Y'],
    ])
  })

  it('writes headings as plain text, whatever marks they carry', () => {
    const [chunk] = chunkMarkdown('# The **old** `pump` [guide](http://a.b) \\#1 &amp; more #\n\nText.', {
      maxTokens: 99,
    })
    expect(chunk!.headings).toEqual(['The old pump guide #1 & more'])
  })

  it('repeats whole sentences when an overlap is asked for', () => {
    const text = Array.from({ length: 60 }, (_, nth) => `Sentence ${nth} says something.`).join(' ')
    const chunks = chunkMarkdown(text, { maxTokens: 60, overlapTokens: 15 })
    for (const [at, chunk] of chunks.entries()) {
      expect(chunk.text).toMatch(/^Sentence [\s\S]*something\.$/)
      if (at > 0) expect(chunk.start).toBeLessThan(chunks[at - 1]!.end)
    }
  })

  it('has nothing to say about nothing', () => {
    for (const text of ['', ' \n\n\t']) expect(chunkMarkdown(text, { maxTokens: 100 })).toEqual([])
  })

  it.each([
    ['brackets', '['.repeat(50_000)],
    ['quotation marks', '>'.repeat(2_000)],
    ['stars', '*a '.repeat(50_000)],
    ['one word', 'a'.repeat(200_000)],
    ['one sentence', 'word '.repeat(60_000)],
    ['sentences', 'A word or two. '.repeat(20_000)],
    ['ideographs', '水泵'.repeat(60_000)],
  ])('takes its time, but not long, over nothing but %s', (_, text) => {
    const before = performance.now()
    const chunks = chunkMarkdown(text, { maxTokens: 500 })
    expect(Math.max(...chunks.map(chunk => chunk.tokens))).toBeLessThanOrEqual(500)
    expect(performance.now() - before).toBeLessThan(5000)
  })
})

/** Laws of plain text and Markdown: what is read is what was written. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docx } from './docx.ts'
import { html } from './html.ts'
import { markdown } from './markdown.ts'
import { text } from './text.ts'

const bytesOf = (content: string | Uint8Array) => Buffer.from(content as string)
const readText = (content: string | Uint8Array, mediaType?: string) =>
  text.read({ name: 'a.txt', bytes: bytesOf(content), ...(mediaType ? { mediaType } : {}) }, {})
const readMarkdown = (content: string) => markdown.read({ name: 'a.md', bytes: bytesOf(content) }, {})
/** Text as people write it, with signs that mean something in Markdown or to a page. */
const written = fc
  .string({ unit: fc.constantFrom(...'abcé \n#*_`|<>-=[](){}~+\t'), minLength: 1 })
  .filter(content => content.trim() !== '')

describe('plain text', () => {
  it('stays as it is, letter for letter', async () => {
    await fc.assert(
      fc.asyncProperty(written, async content => {
        expect(await readText(content)).toEqual({ title: '', format: 'text', markdown: content, pages: [], notes: [] })
      }),
    )
  })

  it('has a page for each form feed, whose offsets are where its text begins', async () => {
    const sheet = written.map(content => `x${content}`)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(sheet, fc.constant('')), { minLength: 2, maxLength: 6 }),
        sheet,
        async (sheets, last) => {
          const all = [...sheets, last]
          const { markdown, pages } = await readText(all.join('\f'))
          expect(pages).toHaveLength(all.length)
          expect(pages[0]).toBe(0)
          for (const [at, content] of all.entries()) {
            expect(markdown.slice(pages[at], pages[at + 1])).toBe(
              at === sheets.length || /^$|\n$/.test(content) ? content : `${content}\n`,
            )
          }
        },
      ),
    )
  })

  it('has no page after a form feed at its end', async () => {
    expect(await readText('one\ftwo\f\n')).toMatchObject({ markdown: 'one\ntwo', pages: [0, 4] })
    expect(await readText('one\f')).toMatchObject({ markdown: 'one', pages: [] })
  })

  it('has line feeds at its line ends, and composed letters', async () => {
    expect((await readText('a\r\nb\rc\ne\u0301')).markdown).toBe('a\nb\nc\né')
  })

  it.each<[string, Uint8Array, string | undefined]>([
    ['UTF-8', Buffer.from('größer “x”'), undefined],
    ['UTF-8 with its mark', Buffer.from('\ufeffgrößer “x”'), undefined],
    ['UTF-16 with its mark', Buffer.from('\ufeffgrößer “x”', 'utf16le'), undefined],
    ['UTF-16 without', Buffer.from('größer “x”', 'utf16le'), undefined],
    ['UTF-16 the other way round', Buffer.from('\ufeffgrößer “x”', 'utf16le').swap16(), undefined],
    ['windows-1252', Buffer.from('gr\xf6\xdfer \x93x\x94', 'latin1'), undefined],
    ['what the server says', Buffer.from('gr\xf6\xdfer \x93x\x94', 'latin1'), 'text/plain; charset=windows-1252'],
  ])('is decoded from %s', async (_, bytes, mediaType) => {
    expect((await readText(bytes, mediaType)).markdown).toBe('größer “x”')
  })

  it('says what it guessed, and what was damaged', async () => {
    expect((await readText(Buffer.from('gr\xf6\xdfer', 'latin1'))).notes).toEqual([
      expect.stringContaining('windows-1252'),
    ])
    const damaged = Buffer.concat([Buffer.from('größer und schöner '.repeat(5)), Buffer.from([0xff])])
    expect((await readText(damaged)).notes).toEqual([expect.stringContaining('replaced by U+FFFD: 1.')])
  })
})

describe('Markdown', () => {
  it('stays as it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        written.filter(content => !content.startsWith('---')),
        async content => {
          expect((await readMarkdown(content)).markdown).toBe(content)
        },
      ),
    )
  })

  it.each([
    ['---\ntitle: "The Manual"\ntags: [a]\n---\n\n# Intro\n', 'The Manual', '# Intro\n'],
    ['---\r\ntags: [a]\r\n...\r\n# Intro\r\n', 'Intro', '# Intro\n'],
    ['---\n---\n# Intro', 'Intro', '---\n---\n# Intro'],
    ['---\nno mapping\n---\ntext', 'no mapping', '---\nno mapping\n---\ntext'],
    ['---\n: [\n---\ntext', ': [', '---\n: [\n---\ntext'],
    ['---\nunfinished: yes\n\ntext', '', '---\nunfinished: yes\n\ntext'],
    ['# **Bold** [link](x) `code_a` ##\ntext', 'Bold link code_a', '# **Bold** [link](x) `code_a` ##\ntext'],
    ['```\n# no\n```\n\nTitle\n=====\n', 'Title', '```\n# no\n```\n\nTitle\n=====\n'],
    ['- a\n---\n\n| a |\n| --- |\n\n## b', 'b', '- a\n---\n\n| a |\n| --- |\n\n## b'],
    ['#hashtag\n\ntext', '', '#hashtag\n\ntext'],
  ])('of %j has its title and its text', async (content, title, body) => {
    expect(await readMarkdown(content)).toEqual({ title, format: 'markdown', markdown: body, pages: [], notes: [] })
  })

  it('with front matter made to do harm is text', async () => {
    const aliases = Array.from({ length: 20 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`).join(
      '\n',
    )
    const { markdown: body } = await readMarkdown(`---\na0: &a0 x\n${aliases}\n---\ntext`)
    expect(body).toContain('text')
  })
})

it.each<[string, string | Uint8Array, string]>([
  ['a.txt', '%PDF-1.7 …', '“a.txt” is a PDF'],
  ['a.md', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), '“a.md” is a PNG image'],
  ['a.txt', 'PK\x03\x04….', '“a.txt” is a ZIP archive'],
  ['a.txt', '{\\rtf1\\ansi', '“a.txt” is an RTF file'],
  ['a', 'text\0with NUL', '“a” is a binary file'],
  ['a.md', Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256)), '“a.md” is a binary file'],
  ['a.txt', '', '“a.txt” holds no text'],
  ['a.md', '---\ntitle: x\n---\n', '“a.md” holds no text'],
])('%s that is no text is refused by name and kind', async (name, content, message) => {
  const file = { name, bytes: bytesOf(content) }
  const reader = [markdown, text].find(reader => reader.matches(file))!
  await expect(reader.read(file, {})).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringContaining(message),
    hint: expect.stringMatching(/.{10}/),
  })
})

it('any bytes under any name become text, or a CultivarError that names the file', async () => {
  const readers = [docx, html, markdown, text]
  const opening = fc.constantFrom(
    '',
    '<html>',
    '<!doctype html><p>',
    'PK\x03\x04',
    '\ufeff',
    '---\n',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    '<table><tr>',
  )
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 200 }).map(content => Buffer.from(content)),
  )
  const names = fc.constantFrom('a.docx', 'a.html', 'a.md', 'a.txt', 'a')
  await fc.assert(
    fc.asyncProperty(names, opening, bytes, async (name, first, rest) => {
      const file = { name, bytes: Buffer.concat([Buffer.from(first, 'latin1'), rest]) }
      const reader = readers.find(reader => reader.matches(file))!
      const outcome = await reader.read(file, {}).catch(error => error)
      if ('markdown' in outcome) {
        expect(outcome.markdown).toBe(outcome.markdown.toWellFormed().normalize('NFC').replaceAll('\r', ''))
        expect(outcome.markdown).not.toContain('\0')
      } else
        expect(outcome).toMatchObject({
          name: 'CultivarError',
          code: 'bad-file',
          message: expect.stringContaining(`“${name}”`),
        })
    }),
    { numRuns: 500 },
  )
})

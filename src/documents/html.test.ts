/** Pages: their title, their encoding, and those made to do harm. */
import { describe, expect, it } from 'vitest'
import { html } from './html.ts'

const read = (page: string | Uint8Array, mediaType?: string) =>
  html.read({ name: 'page.html', bytes: Buffer.from(page as string), ...(mediaType ? { mediaType } : {}) }, {})
const markdownOf = async (page: string) => (await read(page)).markdown

it.each([
  ['<title>Pumps - The Manual</title><h1>The Site</h1><h2>Pumps</h2>', 'Pumps'],
  ['<title> A\n title </title><h1>Other</h1>', 'A title'],
  ['<p>x</p><h2>First *one*</h2>', 'First *one*'],
  ['<p>x</p>', ''],
])('finds the title of %s', async (markup, title) => expect((await read(markup)).title).toBe(title))

describe('the encoding', () => {
  const latin = Buffer.from('<p>na\xefve \x80</p>', 'latin1')
  const meta = (charset: string) => Buffer.from(`<meta charset="${charset}"><p>\xe9\xb1</p>`, 'latin1')

  it.each<[string, Uint8Array, string | undefined, string]>([
    [
      'a byte-order mark before all else',
      Buffer.from('\ufeff<meta charset=koi8-r><p>ü</p>'),
      'text/html; charset=latin2',
      'ü',
    ],
    ['UTF-16 by its mark', Buffer.from('\ufeff<p>ü</p>', 'utf16le'), undefined, 'ü'],
    [
      'what the server says',
      Buffer.from('<meta charset=utf-8><p>\xb1</p>', 'latin1'),
      'text/html; charset="iso-8859-2"',
      'ą',
    ],
    ['what the page says', meta('iso-8859-2'), 'text/html', 'éą'],
    [
      'what the page says the older way',
      Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>\xc1</p>', 'latin1'),
      undefined,
      'а',
    ],
    ['windows-1252 if nothing is said and it is not UTF-8', latin, undefined, 'naïve €'],
    [
      'the same if what is said is no encoding',
      Buffer.concat([Buffer.from('<meta charset=martian>'), latin]),
      undefined,
      'naïve €',
    ],
    [
      'windows-1252 too if UTF-8 is said and it is not',
      Buffer.concat([Buffer.from('<meta charset=utf-8>'), latin]),
      undefined,
      'naïve €',
    ],
    ['UTF-8 if nothing is said', Buffer.from('<p>naïve €</p>'), undefined, 'naïve €'],
  ])('is %s', async (_, bytes, mediaType, markdown) => expect((await read(bytes, mediaType)).markdown).toBe(markdown))
})

describe('a page made to do harm', () => {
  it.each([
    ['elements', '<div>'.repeat(20_000)],
    ['lists', '<ul><li>'.repeat(5_000)],
    ['tables', '<table><tr><td>'.repeat(3_000)],
    ['formats', '<b><i>'.repeat(5_000)],
    ['formats that the parser opens anew', Array.from({ length: 1_500 }, (_, at) => `<p><b id=${at}></p>`).join('')],
    ['elements whose attributes look like tags', '<div title="</div>">'.repeat(20_000)],
  ])('of deeply nested %s is refused by name', async (_, markup) => {
    await expect(read(`${markup}text`)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('“page.html” is nested too deeply'),
    })
  })

  it('is not seen in one that closes nothing that need not be closed', async () => {
    const markup = `${'<p>text<br>'.repeat(2_000)}<ul>${'<li>item'.repeat(2_000)}</ul><svg>${'<path d=""/>'.repeat(2_000)}</svg>${'<!-- <div> -->'.repeat(2_000)}`
    expect((await markdownOf(markup)).match(/text|item/g)).toHaveLength(4_000)
  })

  it('runs and loads nothing', async () => {
    const markup =
      '<img src="http://127.0.0.1:1/a" onerror="globalThis.harmed=1"><script>globalThis.harmed=1</script><iframe src="http://127.0.0.1:1/"></iframe><p onclick="x()">text</p>'
    expect(await markdownOf(`<nav>n</nav>${markup}`)).toBe('text')
    expect(globalThis).not.toHaveProperty('harmed')
  })
})

it('is told by its ending, its media type, or its beginning, and not if it is something else', () => {
  const matches = (name: string, text: string, mediaType?: string) =>
    html.matches({ name, bytes: Buffer.from(text, 'latin1'), ...(mediaType ? { mediaType } : {}) })
  expect(matches('a.HTM', 'text')).toBe(true)
  expect(matches('a', 'text', 'text/html; charset=utf-8')).toBe(true)
  expect(matches('a.md', ' <!-- x -->\n<!DOCTYPE html><p>')).toBe(true)
  expect(matches('a.md', '<div>Markdown may begin so</div>')).toBe(false)
  expect(matches('a.html', '%PDF-1.7')).toBe(false)
})

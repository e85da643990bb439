/** What is put into HTML stays text. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { html, htmlText } from './html.ts'

it('lets no text open a tag, leave an attribute or start an entity', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', '=', ';', '\u202e') }), text => {
      const page = htmlText(html`<p title="${text}">${text}</p>`)
      const [, attribute, content] = /^<p title="([^"]*)">([^<>]*)<\/p>$/.exec(page)!
      for (const part of [attribute!, content!]) {
        const read = part.replace(
          /&(amp|lt|gt|quot|#39);/g,
          (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]!,
        )
        expect(read).toBe(text.replaceAll('\u202e', '⟨U+202E⟩'))
      }
    }),
  )
})

it('shows controls and marks of direction instead of obeying them', () => {
  const page = htmlText(html`${'a\u0000b\u001b[31m\u0007c\u007f\u0085\u202edetcetor\u2066\u061c\ufeff\ud800\r\nd\te'}`)
  expect(page).not.toMatch(
    /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u,
  )
  expect(page).toContain('a␀b␛[31m␇c␡⟨U+0085⟩⟨U+202E⟩')
  expect(page).toContain('\nd\te')
})

it('takes its own markup as markup, and nothing that only looks like it', () => {
  const forged = JSON.parse('{"kind":"html","markup":"<script>"}')
  expect(htmlText(html`<b>${html`<i>${'<'}</i>`}${[html`<u></u>`, 'x', undefined, false, 3]}</b>`)).toBe(
    '<b><i>&lt;</i><u></u>x3</b>',
  )
  expect(htmlText(html`<b>${forged}</b>`)).toBe('<b></b>')
})

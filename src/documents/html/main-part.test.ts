/** Laws of pages: what they say survives, what stands around it does not. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHtml } from './read-html.ts'

const markdownOf = (page: string) => readHtml('page.html', page).markdown
const lettersOf = (text: string) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0

const word = fc.stringMatching(/^[a-z]{1,8}$/)
const words = fc.array(word, { minLength: 1, maxLength: 12 }).map(list => list.join(' '))
const inline = fc
  .array(
    fc.tuple(
      words,
      fc.constantFrom('', 'b', 'em', 'code', 'span', 'a href="https://e.org/"', 'a href="x.html"', 'kbd', 'small'),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map(parts => parts.map(([text, tag]) => (tag ? `<${tag}>${text}</${tag.split(' ')[0]}>` : text)).join(' '))
const cells = (tag: string) =>
  fc
    .array(inline, { minLength: 2, maxLength: 3 })
    .map(row => `<tr>${row.map(cell => `<${tag}>${cell}</${tag}>`).join('')}</tr>`)
const { block } = fc.letrec<{ block: string }>(tie => ({
  block: fc.oneof(
    { maxDepth: 3 },
    inline.map(text => `<p>${text}</p>`),
    fc.tuple(fc.integer({ min: 1, max: 6 }), inline).map(([level, text]) => `<h${level}>${text}</h${level}>`),
    fc
      .array(inline, { minLength: 1, maxLength: 4 })
      .map(items => `<ul>${items.map(item => `<li>${item}`).join('')}</ul>`),
    fc.array(inline, { minLength: 1, maxLength: 3 }).map(items => `<ol><li><p>${items.join('</p><li><p>')}</p></ol>`),
    fc
      .tuple(cells('th'), fc.array(cells('td'), { minLength: 1, maxLength: 3 }))
      .map(([head, rows]) => `<table>${head}${rows.join('')}</table>`),
    words.map(text => `<pre><code class="language-c">${text}\n  ${text}</code></pre>`),
    fc.tuple(words, words).map(([term, text]) => `<dl><dt>${term}</dt><dd>${text}</dd></dl>`),
    fc.array(tie('block'), { minLength: 1, maxLength: 4 }).map(inner => `<div class="box">${inner.join('\n')}</div>`),
    fc
      .array(tie('block'), { minLength: 1, maxLength: 3 })
      .map(inner => `<section><blockquote>${inner.join('\n')}</blockquote></section>`),
    inline,
  ),
}))
const page = fc.array(block, { minLength: 1, maxLength: 8 }).map(blocks => blocks.join('\n'))

describe('a page without boilerplate', () => {
  it('keeps all its words in their order', () => {
    fc.assert(
      fc.property(page, body => {
        const { markdown } = readHtml(
          'page.html',
          `<!doctype html><html><head><title>t</title></head><body>${body}</body></html>`,
        )
        const said = body.replace(/<[^>]*>/g, ' ').match(/[a-z]+/g)
        expect(markdown.replace(/\]\([^)]*\)|```c$|<br>/gm, ' ').match(/[a-z]+/g)).toEqual(said)
      }),
      { numRuns: 150 },
    )
  })

  it('keeps all its words beside menus, banners and footers too, within a tenth', () => {
    const around = (body: string) =>
      `<body><header><nav><ul><li><a href="/">HOME</a></ul></nav></header><div id="cookie-consent">COOKIES</div><main>${body}</main><footer>IMPRINT</footer>`
    fc.assert(
      fc.property(
        fc.array(
          words.map(text => `<p>${text}</p>`),
          { minLength: 3, maxLength: 20 },
        ),
        paragraphs => {
          const markdown = markdownOf(around(paragraphs.join('')))
          expect(markdown).not.toMatch(/[A-Z]/)
          expect(lettersOf(markdown)).toBeGreaterThanOrEqual(
            0.9 * lettersOf(paragraphs.join('').replace(/<\/?p>/g, ' ')),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})

const article = Array.from(
  { length: 12 },
  (_, at) => `<p>Paragraph ${at} says something of pumps, valves and pressure, at length and with commas.</p>`,
)

it('takes off navigation, banners, comments, forms and scripts', () => {
  const markdown = markdownOf(`<title>Pumps | Site</title>
    <div class="site-header"><a href="/">Site</a></div><ul class="main-menu"><li><a href=1>MENU</a></ul>
    <div class="cookie-banner">COOKIE</div><script>SCRIPT()</script><noscript>NOSCRIPT</noscript>
    <article><h1>Pumps</h1>${article.join('')}<div class="social-share">SHARE</div></article>
    <aside class="sidebar"><h3>RELATED</h3><p>ASIDE</p></aside>
    <section id="comments"><article class="comment"><p>COMMENT ${'very long '.repeat(400)}</p></article></section>
    <form><label>SEARCH</label><input value="VALUE"></form><footer>FOOTER</footer>`)
  expect(markdown.startsWith('# Pumps\n\nParagraph 0')).toBe(true)
  expect(markdown).toContain('Paragraph 11')
  expect(markdown).not.toMatch(/MENU|COOKIE|SCRIPT|SHARE|RELATED|ASIDE|COMMENT|VALUE|FOOTER/)
})

it('takes off an unnamed list of links beside the article, if the page has other things around its text', () => {
  const links = Array.from({ length: 8 }, (_, at) => `<li><a href="${at}">LINK number ${at}</a></li>`).join('')
  const markdown = markdownOf(
    `<nav>n</nav><div><div class="x"><ul>${links}</ul></div><div class="y"><h1>Pumps</h1>${article.join('')}</div></div>`,
  )
  expect(markdown).toContain('# Pumps')
  expect(markdown).not.toContain('LINK')
})

it('keeps the parts of a page of which each could be the article', () => {
  const part = (name: string) =>
    `<div class="${name}"><h2>${name}</h2>${article.join('').replaceAll('Paragraph', name)}</div>`
  const markdown = markdownOf(
    `<nav>NAV</nav>${part('First')}<div><div>${part('Second')}</div></div>${part('Third')}<footer>F</footer>`,
  )
  for (const name of ['First', 'Second', 'Third']) expect(markdown).toContain(`${name} 11 says`)
  expect(markdown).not.toContain('NAV')
})

it('does not take the page for a menu because of what its parts are called', () => {
  const markdown = markdownOf(
    '<body class="has-sidebar"><div class="menu"><h1>Menu</h1><p>Soup of the day</p></div><pre><code class="language-py">x <span class="comment"># why</span></code></pre>',
  )
  expect(markdown).toBe('# Menu\n\nSoup of the day\n\n```py\nx # why\n```')
})

it('keeps a page that is nothing but navigation', () => {
  expect(markdownOf('<nav><ul><li><a href="a">One</a><li><a href="b">Two</a></ul></nav>')).toBe('- One\n- Two')
})

/** What elements become in Markdown. */
import * as fc from 'fast-check'
import type { Nodes } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { describe, expect, it } from 'vitest'
import { readHtml } from './read-html.ts'

const markdownOf = (page: string) => readHtml('page.html', page).markdown
const plainTextOf = (markdown: string) => textOf(unified().use(remarkParse).use(remarkGfm).parse(markdown)).trim()

function textOf(node: Nodes): string {
  if (node.type === 'break') return ' '
  return 'value' in node ? node.value : 'children' in node ? node.children.map(textOf).join('') : ''
}

it('escapes no more than it must, and no less: any text reads back as it was', () => {
  const signs = fc.string({ unit: fc.constantFrom(...'ab1 *_`[](){}<>&#+-.!|~:@\\/"\'=^$%\n'), maxLength: 40 })
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  fc.assert(
    fc.property(
      signs.filter(text => /[ab1]/.test(text)),
      text => {
        const markdown = markdownOf(`<p>${escaped(text)}</p>`)
        expect(plainTextOf(markdown).replace(/\s+/g, ' ')).toBe(text.replace(/\s+/g, ' ').trim())
      },
    ),
    { numRuns: 400 },
  )
  const plain = 'set max_line_width to 3 * 4 [1], see https://e.org/a_b or mail me@e.org (50% off) & more'
  expect(markdownOf(`<p>${plain}</p>`)).toBe(plain.replace('[1]', '\\[1]'))
})

describe('tables', () => {
  it('keep the place of each cell under spans of columns and rows', () => {
    const markdown = markdownOf(
      `<table><caption>Ratings</caption><thead><tr><th rowspan=2>Name</th><th colspan=2>Range</th></tr><tr><th>low</th><th>high</th></tr></thead>
       <tbody><tr><td>P|1</td><td>1</td><td>2</td></tr><tr><td colspan=2>none</td><td>3</td></tr></tbody></table>`,
    )
    expect(markdown).toBe(
      'Ratings\n\n| Name | Range | |\n| - | - | - |\n| | low | high |\n| P\\|1 | 1 | 2 |\n| none | | 3 |',
    )
  })

  it('separate what is in one cell by <br>', () => {
    const cell = '<p>a</p><ul><li>b</li><li>c</li></ul>d<br>e'
    expect(markdownOf(`<table><tr><th>x<th>y<tr><td>${cell}<td>z</table>`)).toContain('| a<br>b<br>c<br>d<br>e | z |')
  })

  it('that only arrange the page become what they hold', () => {
    const inner = '<table><tr><th>k<th>v<tr><td>1<td>2</table>'
    const markdown = markdownOf(`<table><tr><td><h2>Left</h2><p>text</p><td>${inner}</table>`)
    expect(markdown).toBe('## Left\n\ntext\n\n| k | v |\n| - | - |\n| 1 | 2 |')
    expect(markdownOf('<table><tr><td><p>one</p><p>two</p></table>')).toBe('one\n\ntwo')
  })

  it('do not grow by spans that are made up', () => {
    const begun = performance.now()
    const row = '<tr><td colspan=1000000000 rowspan=1000000000>a<td colspan=-1>b<td colspan=x>c'
    const { markdown } = readHtml('page.html', `<table>${row.repeat(200)}</table>`)
    expect(markdown.length).toBeLessThan(200_000)
    expect(performance.now() - begun).toBeLessThan(5_000)
  })
})

it.each([
  ['<pre><code class="language-rust">x</code></pre>', 'rust'],
  ['<div class="highlight-python notranslate"><div class="highlight"><pre>x</pre></div></div>', 'python'],
  ['<div class="highlight highlight-source-js"><pre>x</pre></div>', 'js'],
  ['<pre class="lang-sh">x</pre>', 'sh'],
  ['<pre class="brush: sql">x</pre>', 'sql'],
  ['<pre data-lang="C++"><code>x</code></pre>', 'c++'],
  [
    '<div class="sourceCode"><pre class="sourceCode haskell"><code class="sourceCode haskell">x</code></pre></div>',
    'haskell',
  ],
  ['<div class="highlight-text"><pre>x</pre></div>', ''],
  ['<pre>x</pre>', ''],
])('finds the language of %s', (markup, language) => {
  expect(markdownOf(markup)).toBe(`\`\`\`${language}\nx\n\`\`\``)
})

it('keeps code to the blank, without the numbers of its lines', () => {
  expect(
    markdownOf(
      '<pre><span class="linenos">1</span>if a &lt; b:\n<span class="linenos">2</span>\n<span class="linenos">3</span>    <b>x</b>*y*</pre>',
    ),
  ).toBe('```\nif a < b:\n\n    x*y*\n```')
})

it.each([
  [
    'a <a href="https://e.org/x">link</a>, a <a href="../y.html">relative</a> one, <a href="javascript:x()">a third</a>',
    'a [link](https://e.org/x), a relative one, a third',
  ],
  ['<h2>Title <a class="headerlink" href="#t">¶</a></h2>', '## Title'],
  ['10<sup>6</sup> Pa of CO<sub>2</sub>, the 1<sup>st</sup>', '10⁶ Pa of CO₂, the 1st'],
  [
    '<p>see<sup id="r"><a href="#n">[1]</a></sup></p><ol><li id="n">note <a href="#r">↑</a></ol>',
    'see[^1]\n\n[^1]: note',
  ],
  ['<img src="http://127.0.0.1:1/x.png" alt="A chart"><img src=y>', 'A chart'],
  ['so&shy;ft long&#8203;word non&nbsp;breaking e&#x301;', 'soft longword non breaking é'],
  ['one<br>two', 'one\ntwo'],
  ['<h1>one<br>two</h1>', '# one two'],
  ['<math alttext="x_1^2"><mi>x</mi></math>', '$x_1^2$'],
  ['<details><summary>More</summary>text</details>', 'More\n\ntext'],
  ['<p hidden>no</p><p style="display: none">no</p><p>yes</p>', 'yes'],
  ['<ul><li><input type="checkbox" checked> done<li><input type="checkbox"> to do</ul>', '- [x] done\n- [ ] to do'],
  ['<dl><dt>Term<dd>Meaning</dl>', '- Term\n\n  Meaning'],
])('makes of %s', (markup, markdown) => expect(markdownOf(markup)).toBe(markdown))

/** A run’s page: its sums add up, and nothing in it but what the report says. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { growTinyRun } from '../../../test/grown-run.ts'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { createProject } from '../projects.ts'
import { measureQuality, sampledText } from './quality.ts'
import { buildReport, type RunReport } from './report.ts'
import { reportHtml } from './report-html.ts'

async function tinyReport(): Promise<RunReport> {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support', labels: ['lost', 'found'] })
  await growTinyRun(workspace.runs, { project: 'support' })
  return buildReport(workspace, 'aaaa')
}

/** The rows of a section’s bars: widths in per cent, and the number behind them. */
function barsOf(page: string, title: string) {
  const section = page.split(`<h2>${title}</h2>`)[1]!.split('</section>')[0]!
  return [...section.matchAll(/<span class="track">(.*?)<\/span><span class="number">(.*?)<\/span>/g)].map(
    ([, track, number]) => ({
      widths: [...track!.matchAll(/class="(\w+)" style="width:([\d.]+)%"/g)].map(([, colour, width]) => ({
        colour,
        width: Number(width),
      })),
      number: Number(number!.split(/[ (]/)[0]!.replaceAll(',', '')),
    }),
  )
}

it('shows what the report holds', async () => {
  const page = reportHtml(await tinyReport())
  for (const text of [
    'My card is gone',
    'What is a card?',
    'off topic',
    'four time-outs in a row',
    'teacher (m1)',
    '1 of 1',
  ]) {
    expect(page).toContain(text)
  }
  expect(page).toContain('Training on synthetic data alone is ill-advised')
})

it('lays what became of the proposed end to end, so that the bars add up', async () => {
  const report = await tinyReport()
  const count = fc.integer({ min: 0, max: 5000 })
  fc.assert(
    fc.property(
      count,
      count,
      fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), count),
      count,
      (kept, surplus, rejected, more) => {
        const fates = [kept, surplus, ...Object.values(rejected)]
        const proposed = fates.reduce((sum, each) => sum + each, 0)
        const funnel = { ...report.funnel, asked: proposed + more, proposed, kept, surplus, rejected }
        const [asked, all, ...rows] = barsOf(reportHtml({ ...report, funnel }), 'Funnel')
        expect([asked!.number, all!.number]).toEqual([proposed + more, proposed])
        expect(rows.reduce((sum, { number }) => sum + number, 0)).toBe(proposed)
        let end = 0
        for (const { widths } of rows) {
          const gap = widths.find(({ colour }) => colour === 'gap')?.width ?? 0
          const own = widths.find(({ colour }) => colour !== 'gap')?.width ?? 0
          expect(gap).toBeCloseTo(end, 0)
          end = own > 0 ? gap + own : end
        }
        expect(end).toBeCloseTo(all!.widths[0]?.width ?? 0, 0)
      },
    ),
  )
})

it('holds no script, asks nobody for anything, and takes text for text', async () => {
  const report = await tinyReport()
  const nasty = '</p></details><script>alert(1)</script><img src=x onerror=alert(2)>" onload="x\u202e\u0007'
  const example = {
    id: nasty,
    cell: nasty,
    labels: [nasty],
    text: nasty,
    fields: { [nasty]: nasty, deep: { x: nasty } },
    spans: [],
  }
  const texts = [
    sampledText({ fields: { text: nasty }, labels: [] }),
    sampledText({ fields: { text: nasty }, labels: [] }),
  ]
  const page = reportHtml({
    ...report,
    ...{ state: 'failed', reason: nasty, hint: nasty, notes: [nasty], next: [nasty] },
    funnel: { ...report.funnel, rejected: { [nasty]: 1 }, failed: { [nasty]: 1 } },
    cells: [
      { cell: nasty, target: 2, kept: 1, proposed: 3, why: nasty },
      { cell: 'b', target: 2, kept: 1, proposed: 3 },
    ],
    balance: [
      { label: nasty, before: 1, after: 2 },
      { label: 'b', before: 1, after: 1 },
    ],
    models: [{ role: nasty, provider: nasty, model: nasty, host: nasty, loopback: false, terms: nasty }],
    spentByModel: [{ provider: nasty, model: nasty, calls: 1, tokens: 1, nanoUsd: 1 }],
    preview: [example],
    rejects: [{ ...example, critic: nasty, reason: nasty }],
    failures: [{ unit: 1, cell: nasty, code: nasty, message: nasty }],
    quality: measureQuality(texts, texts)!,
  })
  const tags = [...page.matchAll(/<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/g)].map(([, name, attributes]) => ({
    name,
    attributes,
  }))
  const harmful = /^(script|img|link|iframe|object|embed|svg|a|form|base)$/
  expect(tags.filter(({ name }) => harmful.test(name!))).toEqual([])
  expect(tags.filter(({ attributes }) => /\s(on\w+|src|href|action)=/.test(attributes!))).toEqual([])
  expect(page.split('</style>')[0]).not.toMatch(/url\(|@import/)
  expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}/u)
  // Whatever was put in, what was opened is closed.
  for (const tag of ['p', 'div', 'details', 'section', 'article', 'dl', 'table', 'mark']) {
    expect(page.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0, tag).toBe(
      page.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0,
    )
  }
})

it('marks spans and loses no character of the text, however spans lie and wherever it is folded', async () => {
  const report = await tinyReport()
  const length = 900
  const span = fc
    .tuple(fc.nat(length), fc.nat(40))
    .map(([start, wide]) => ({ start, end: Math.min(length, start + wide) }))
  fc.assert(
    fc.property(
      fc.array(span, { maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('a', 'é', ' b'), minLength: length }),
      (spans, long) => {
        const text = long.slice(0, length)
        const example = {
          ...{ id: 'r', cell: 'c', labels: [], text, fields: { text } },
          spans: spans.map(each => ({ ...each, field: 'text', label: 'L' })),
        }
        const page = reportHtml({ ...report, preview: [example], rejects: [] })
        const article = page.split('<article class="example">')[1]!.split('</article>')[0]!
        const paragraphs = [...article.matchAll(/<p class="text" dir="auto">(.*?)<\/p>/gs)].map(([, inner]) => inner!)
        const shown = paragraphs.map(inner => inner.replace(/<small>L<\/small>/g, '').replace(/<[^>]*>/g, '')).join('')
        expect(shown.replace('…', '')).toBe(text)
        if (spans.some(({ start, end }) => end > start)) expect(article).toContain('<mark>')
      },
    ),
    { numRuns: 50 },
  )
})

it('never folds a text in the middle of a character', async () => {
  const report = await tinyReport()
  for (const before of ['', 'a']) {
    const text = before + '😀'.repeat(11_000)
    const example = { id: 'r', cell: 'c', labels: [], text, fields: { text }, spans: [] }
    const page = reportHtml({ ...report, preview: [example], rejects: [] })
    expect(page.includes('\ufffd')).toBe(false)
  }
})

/** What a PDF becomes as Markdown, shown on small files written for it. */
import { describe, expect, it } from 'vitest'
import { pageAt } from '../../model/document.ts'
import { CultivarError } from '../../model/error.ts'
import { compressed, type PdfPage, type PdfText, pdfFile, written } from '../../testing/pdf-file.ts'
import { pdf } from './pdf.ts'

const read = (pages: PdfPage[], options: { title?: string; password?: string } = {}, password?: string) =>
  pdf.read({ name: 'a.pdf', bytes: pdfFile(pages, options) }, password === undefined ? {} : { password })
const markdownOf = async (texts: PdfText[], ...others: PdfPage[]) => (await read([{ texts }, ...others])).markdown

/** Lines below each other. */
function lines(texts: string[], place: Partial<PdfText> & { pitch?: number } = {}): PdfText[] {
  const { pitch = 12, ...rest } = place
  return texts.map((text, i) => ({ x: 72, ...rest, text, y: (place.y ?? 150) + i * pitch }))
}

/** Sentences as wide as a page, so that lines look like lines of a paragraph. */
const wide = 'The quick brown fox jumps over the lazy dog and runs into the deep dark forest of the north, where'

describe('text', () => {
  it('joins the lines of a paragraph, and parts paragraphs at blanks', async () => {
    const texts = [...lines([wide, 'it sleeps.']), ...lines([wide, 'it wakes.'], { y: 190 })]
    expect(await markdownOf(texts)).toBe(`${wide} it sleeps.\n\n${wide} it wakes.`)
  })

  it('parts paragraphs that only an early end or an indented line tells', async () => {
    const ended = lines([wide, 'it sleeps.', wide, 'it wakes.'])
    expect(await markdownOf(ended)).toBe(`${wide} it sleeps.\n\n${wide} it wakes.`)
    const full = `${wide.slice(0, -7)}it sleeps.`
    const indented = lines([wide, full, wide, 'it wakes.']).map((text, i) => (i === 2 ? { ...text, x: 90 } : text))
    expect(await markdownOf(indented)).toBe(`${wide} ${full}\n\n${wide} it wakes.`)
  })

  it('joins words that a line’s end parted, but keeps the hyphens of words that have one', async () => {
    const start = wide.slice(0, -13)
    const known = lines(['A self-test, one that is well known, of single machines and threaded ones.'])
    const texts = [
      ...known,
      ...lines([`${start} docu-`, `mentation, ${start} self-`, `test, ${start} single-`, 'threaded.'], { y: 200 }),
    ]
    expect((await markdownOf(texts)).split('\n\n')[1]).toBe(
      `${start} documentation, ${start} self-test, ${start} single-threaded.`,
    )
  })

  it('goes on with a sentence in the next column and on the next page, and says where the page began', async () => {
    const { markdown, pages } = await read([{ texts: lines([wide, wide]) }, { texts: lines(['it sleeps.']) }])
    expect(markdown).toBe(`${wide} ${wide} it sleeps.`)
    expect(markdown.slice(pages[1])).toBe('it sleeps.')
  })

  it('writes raised and lowered text as such, and leaves out marks that refer elsewhere', async () => {
    const texts: PdfText[] = [
      { text: 'gravity of 10', x: 72, y: 100 },
      { text: '8.39', x: 127, y: 96, size: 7 },
      { text: ' of H', x: 141, y: 100 },
      { text: '2', x: 162.5, y: 102, size: 7 },
      { text: 'O.', x: 166.7, y: 100 },
      { text: '[12]', x: 177.5, y: 96, size: 7 },
      { text: 'Next', x: 194, y: 100 },
    ]
    expect(await markdownOf(texts)).toBe('gravity of 10<sup>8.39</sup> of H<sub>2</sub>O. Next')
  })

  it('writes NFC, and escapes only what Markdown would take for markup', async () => {
    const texts = lines(['Use <b> and a*b*c here, keep snake_case, x < y and [1]', '# is no heading'], { pitch: 40 })
    expect(await markdownOf(texts)).toBe(
      'Use \\<b> and a\\*b\\*c here, keep snake_case, x < y and [1]\n\n\\# is no heading',
    )
  })

  it('marks words in bold and italics, and programs with their columns', async () => {
    const texts: PdfText[] = [
      { text: 'Some ', x: 72, y: 100 },
      { text: 'bold', x: 101, y: 100, face: 'bold' },
      { text: 'and', x: 125, y: 100 },
      { text: 'slanted', x: 145, y: 100, face: 'italic' },
      { text: 'words.', x: 182, y: 100 },
      ...lines(['for each:', '  go()'], { face: 'mono', y: 140 }),
      { text: 'end', x: 72 + 6 * 4, y: 164, face: 'mono' },
    ]
    expect(await markdownOf(texts)).toBe('Some **bold** and *slanted* words.\n\n```\nfor each:\n  go()\n    end\n```')
  })
})

describe('structure', () => {
  it('tells headings by size, then by weight', async () => {
    const texts: PdfText[] = [
      { text: 'The Book', x: 72, y: 80, size: 24 },
      { text: 'A Chapter', x: 72, y: 120, size: 16 },
      ...lines([wide, wide, wide, 'the end.']),
      { text: 'A Section', x: 72, y: 220, face: 'bold' },
      ...lines([wide, wide, wide, 'the end.'], { y: 240 }),
    ]
    const { markdown, title } = await read([{ texts }])
    expect(markdown.match(/^#.*/gm)).toEqual(['# The Book', '## A Chapter', '### A Section'])
    expect(title).toBe('The Book')
    expect((await read([{ texts }], { title: 'As the file says' })).title).toBe('As the file says')
    expect((await read([{ texts }], { title: 'book.docx' })).title).toBe('The Book')
  })

  it('reads lists, nested ones too, and does not take a number that begins a line for one', async () => {
    const bullet = '\x95'
    const texts: PdfText[] = [
      { text: bullet, x: 72, y: 100 },
      { text: 'first', x: 90, y: 100 },
      { text: bullet, x: 90, y: 114 },
      { text: 'inner', x: 108, y: 114 },
      { text: bullet, x: 72, y: 128 },
      { text: 'second', x: 90, y: 128 },
      ...lines([`${wide} in`, '42. It sleeps.'], { y: 180 }),
      ...lines(['1. one', '2. two'], { y: 240 }),
    ]
    expect(await markdownOf(texts)).toBe(`- first\n  - inner\n- second\n\n${wide} in 42. It sleeps.\n\n1. one\n2. two`)
  })

  it('reads columns one after the other, below a title across them', async () => {
    const column = (words: string) =>
      Array.from({ length: 8 }, (_, i) => `${words} line number ${'abcdefgh'[i]} that fills the column`)
    const texts: PdfText[] = [
      { text: 'A Title Across Both Of The Columns Of The Page', x: 100, y: 80, size: 16 },
      ...lines(column('Left'), { x: 60, y: 120 }),
      ...lines(column('Right'), { x: 330, y: 120 }),
      ...lines([wide], { x: 60, y: 260 }),
    ]
    const found = (await markdownOf(texts)).match(/Title|Left|Right|quick/g)
    expect(found).toEqual(['Title', ...Array(8).fill('Left'), ...Array(8).fill('Right'), 'quick'])
  })

  it('reads columns whose lines are not level', async () => {
    const texts: PdfText[] = [
      ...lines(['First words', 'of a narrow', 'column go', 'on down', 'here.'], { x: 60, y: 100, pitch: 15 }),
      ...lines(['Other words', 'of a second', 'column go', 'on there.'], { x: 300, y: 104, pitch: 19 }),
    ]
    expect(await markdownOf(texts)).toMatch(/First[^O]*here\.[^O]*Other[^F]*there\.$/)
  })

  it('reads tables, with cells of several lines, and goes on with them on the next page', async () => {
    const row = (y: number, cells: string[], face: PdfText['face'] = 'regular'): PdfText[] =>
      cells.map((text, i) => ({ text, x: [72, 130, 220][i]!, y, face }))
    const long = 'shall count valid commands and shall report the count in'
    const { markdown, pages } = await read([
      {
        texts: [
          ...row(100, ['ID', 'Name', 'Requirement'], 'bold'),
          ...row(116, ['1', 'R1', long]),
          { text: 'its telemetry | packet', x: 220, y: 128 },
          ...row(144, ['2', 'R2', 'shall stop']),
        ],
      },
      { texts: [...row(100, ['3', 'R3', 'shall go']), ...row(116, ['4', 'R4', 'shall end'])] },
    ])
    expect(markdown.split('\n')).toEqual([
      '| ID | Name | Requirement |',
      '| --- | --- | --- |',
      `| 1 | R1 | ${long} its telemetry \\| packet |`,
      '| 2 | R2 | shall stop |',
      '| 3 | R3 | shall go |',
      '| 4 | R4 | shall end |',
    ])
    expect(markdown.slice(pages[1])).toMatch(/^\| 3/)
  })
})

describe('pages', () => {
  it('reads more than a thousand pages, without running heads and page numbers, each at its place', async () => {
    const count = 1_200
    const { markdown, pages, notes } = await read(
      Array.from({ length: count }, (_, i) => ({
        texts: [
          { text: 'The Manual', x: 72, y: 40 },
          { text: `Page ${i + 1} of ${count}`, x: 400, y: 40 },
          { text: `This is leaf ${i + 1}.`, x: 72, y: 300 },
          { text: String(i + 1), x: 300, y: 770 },
        ],
      })),
    )
    expect(notes).toEqual([])
    expect(markdown).toBe(Array.from({ length: count }, (_, i) => `This is leaf ${i + 1}.`).join('\n\n'))
    for (const page of [1, 2, 64, 65, 999, 1_000, 1_001, count]) {
      expect(pageAt(pages, markdown.indexOf(`leaf ${page}.`))).toBe(page)
    }
  })

  it('keeps at the top of a page what is not on others', async () => {
    const texts = ['One', 'Two', 'Three'].map(text => [{ text, x: 72, y: 40 }])
    expect((await read(texts.map(own => ({ texts: own })))).markdown).toBe('One\n\nTwo\n\nThree')
  })

  it('names pages without text, and says of a document without any that it is scanned', async () => {
    const drawn = { content: '0.5 g 10 10 500 500 re f' }
    const { notes, pages } = await read([{ texts: lines(['words']) }, drawn, drawn, { texts: lines(['Words']) }, drawn])
    expect(notes).toEqual(['Without text, blank or scanned: pages 2–3, 5.'])
    expect(pages).toHaveLength(5)
    await expect(read([drawn])).rejects.toThrow('has no text on its page: it is scanned')
  })
})

describe('refusals', () => {
  it('says of text that it cannot read that it is left out', async () => {
    const unread = (others: string) =>
      written([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font <<
          /F0 << /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>
          /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>`,
        compressed(Buffer.from(`BT /F0 20 Tf 1 0 0 1 72 700 Tm <4F60597D> Tj ET ${others}`)),
        '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>',
      ])
    const latin = await pdf.read({ name: 'a.pdf', bytes: unread('BT /F1 9 Tf 1 0 0 1 72 600 Tm (words) Tj ET') }, {})
    expect(latin).toMatchObject({ markdown: 'words', notes: [expect.stringContaining('UniGB-UCS2-H')] })
    await expect(pdf.read({ name: 'a.pdf', bytes: unread('') }, {})).rejects.toThrow('no text that can be read')
  })

  it('asks for a password, refuses a wrong one, and opens with the right one', async () => {
    const pages = [{ texts: lines(['secret words']) }]
    await expect(read(pages, { password: 'sesame' })).rejects.toThrow('is locked: give the password with --password')
    await expect(read(pages, { password: 'sesame' }, 'open')).rejects.toThrow('not with this password')
    expect((await read(pages, { password: 'sesame' }, 'sesame')).markdown).toBe('secret words')
  })

  it('names damaged files', async () => {
    const damaged = pdf.read({ name: 'a.pdf', bytes: Buffer.from('%PDF-1.7\nnothing') }, {})
    await expect(damaged).rejects.toThrow(CultivarError)
    await expect(damaged).rejects.toThrow('“a.pdf” is damaged')
  })
})

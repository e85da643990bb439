/** Word documents, sound and otherwise. */
import { crc32, deflateRawSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docx } from './docx.ts'

type Parts = Record<string, string | Buffer>

/** A ZIP archive: local headers with their content, the directory, its end. */
function zip(parts: Parts, { method = 8, flags = 0 } = {}): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [path, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content as string)
    const packed = method === 8 ? deflateRawSync(bytes, { level: 1 }) : bytes
    const name = Buffer.from(path)
    const facts = Buffer.alloc(26)
    for (const [at, value] of [
      [0, 20],
      [2, flags],
      [4, method],
      [22, name.length],
    ] as const)
      facts.writeUInt16LE(value, at)
    for (const [at, value] of [
      [10, crc32(bytes)],
      [14, packed.length],
      [18, bytes.length],
    ] as const)
      facts.writeUInt32LE(value, at)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, name, packed])
    const where = Buffer.alloc(14)
    where.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\0'), facts, where, name)
    locals.push(local)
    offset += local.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  for (const at of [8, 10]) end.writeUInt16LE(Object.keys(parts).length, at)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, listing, end])
}

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
  <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
  Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`

function partsOf(body: string, more: Parts = {}): Parts {
  const document = `<?xml version="1.0" encoding="UTF-8"?><w:document ${w} xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>${body}</w:body></w:document>`
  return { '[Content_Types].xml': types, '_rels/.rels': relations, 'word/document.xml': document, ...more }
}

const run = (text: string, style = '') =>
  `<w:r>${style && `<w:rPr><w:rStyle w:val="${style}"/></w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`
const paragraph = (content: string, style = '', properties = '') =>
  `<w:p><w:pPr>${style && `<w:pStyle w:val="${style}"/>`}${properties}</w:pPr>${content.startsWith('<') ? content : run(content)}</w:p>`
const styles = (names: Record<string, string>) =>
  `<w:styles ${w}>${Object.entries(names)
    .map(
      ([id, name]) =>
        `<w:style w:type="${id.startsWith('r') ? 'character' : 'paragraph'}" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`,
    )
    .join('')}</w:styles>`
const table = (...rows: string[][]) =>
  `<w:tbl>${rows.map(row => `<w:tr>${row.map(cell => (cell.startsWith('<') ? cell : `<w:tc>${paragraph(cell)}</w:tc>`)).join('')}</w:tr>`).join('')}</w:tbl>`
const read = (bytes: Uint8Array, name = 'a.docx') => docx.read({ name, bytes }, {})
const markdownOf = async (body: string, more?: Parts) => (await read(zip(partsOf(body, more)))).markdown

describe('a document', () => {
  it('becomes headings, paragraphs, quotations and code, by their styles', async () => {
    const named = styles({ T: 'Title', H: 'heading 2', Q: 'Quote', C: 'HTML Preformatted', rC: 'Verbatim Char' })
    const body = [
      paragraph('Manual', 'T'),
      paragraph('Pumps', 'H'),
      paragraph(`${run('Call ')}${run('run()', 'rC')}${run(' &amp; wait.')}`),
      paragraph('Said so.', 'Q'),
      paragraph('if x:', 'C'),
      paragraph('    y', 'C'),
    ].join('')
    expect(await markdownOf(body, { 'word/styles.xml': named })).toBe(
      '# Manual\n\n## Pumps\n\nCall `run()` & wait.\n\n> Said so.\n\n```\nif x:\n    y\n```',
    )
  })

  it('keeps tables, with spans', async () => {
    const wide = `<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${paragraph('both')}</w:tc>`
    const cell = `<w:tc>${paragraph('one')}${paragraph('two')}</w:tc>`
    expect(await markdownOf(table(['a', 'b'], ['1', cell], [wide]))).toBe(
      '| a | b |\n| - | - |\n| 1 | one<br>two |\n| both | |',
    )
  })

  it('keeps lists and their depth', async () => {
    const level = (at: number, kind: string) => `<w:lvl w:ilvl="${at}"><w:numFmt w:val="${kind}"/></w:lvl>`
    const numbering = `<w:numbering ${w}><w:abstractNum w:abstractNumId="0">${level(0, 'decimal')}${level(1, 'bullet')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
    const item = (text: string, at: number) =>
      paragraph(text, '', `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="1"/></w:numPr>`)
    const body = item('one', 0) + item('inner', 1) + item('two', 0)
    expect(await markdownOf(body, { 'word/numbering.xml': numbering })).toBe('1. one\n   - inner\n2. two')
  })

  it('keeps footnotes', async () => {
    const note = `<w:footnotes ${w}><w:footnote w:id="2">${paragraph('The note.')}</w:footnote></w:footnotes>`
    const body = paragraph(`${run('Text')}<w:r><w:footnoteReference w:id="2"/></w:r>${run(' on.')}`)
    expect(await markdownOf(body, { 'word/footnotes.xml': note })).toBe('Text[^1] on.\n\n[^1]: The note.')
  })

  it('has its title from its properties, or its first heading', async () => {
    const properties =
      '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Pumps &amp; Valves</dc:title></cp:coreProperties>'
    const body = paragraph('Chapter', 'Heading1')
    expect((await read(zip(partsOf(body, { 'docProps/core.xml': properties })))).title).toBe('Pumps & Valves')
    expect((await read(zip(partsOf(body)))).title).toBe('Chapter')
  })

  it('says that formulas are missing', async () => {
    const { notes } = await read(
      zip(partsOf(paragraph('Text') + paragraph('<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>'))),
    )
    expect(notes).toEqual([expect.stringContaining('Formulas were left out')])
  })

  it('is read whatever way it is packed, and under any name', async () => {
    const parts = partsOf(paragraph('Text'))
    for (const bytes of [zip(parts), zip(parts, { method: 0 })]) {
      expect(docx.matches({ name: 'notes.txt', bytes })).toBe(true)
      expect((await read(bytes)).markdown).toBe('Text')
    }
  })

  it('keeps every word in its order', async () => {
    const words = fc
      .array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 8 })
      .map(list => list.join(' '))
    const block = fc.oneof(
      words.map(text => paragraph(text)),
      words.map(text => paragraph(text, 'Heading2')),
      fc.tuple(words, words).map(row => table(row, row)),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(block, { minLength: 1, maxLength: 8 }).map(blocks => blocks.join('')),
        async body => {
          const said = [...body.matchAll(/<w:t [^>]*>([^<]*)/g)].flatMap(([, text]) => text!.split(' '))
          expect((await markdownOf(body)).match(/[a-z]+/g)).toEqual(said)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('what cannot be read', () => {
  const oleFile = (stream: string) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(1016),
      Buffer.from(stream, 'utf16le'),
      Buffer.alloc(200),
    ])
  const sound = zip(partsOf(paragraph('Text')))
  const doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
  const inTables = (depth: number) =>
    `${'<w:tbl><w:tr><w:tc>'.repeat(depth)}${paragraph('x')}${'</w:tc></w:tr></w:tbl>'.repeat(depth)}`

  it.each<[string, Buffer, string]>([
    ['locked by a password', oleFile('EncryptedPackage'), 'is locked by a password'],
    ['of old Word', oleFile('WordDocument'), 'is a document of old Word (.doc)'],
    ['an old workbook', oleFile('Workbook'), 'is an old Excel workbook'],
    ['an Excel workbook', zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '' }), 'is an Excel workbook'],
    ['a presentation', zip({ 'ppt/presentation.xml': '' }), 'is a PowerPoint presentation'],
    [
      'an OpenDocument file',
      zip({ mimetype: 'application/vnd.oasis.opendocument.text' }, { method: 0 }),
      'is an OpenDocument file',
    ],
    ['an archive of other files', zip({ 'a.txt': 'text' }), 'is a damaged Word document'],
    ['cut off', sound.subarray(0, sound.length - 60), 'is a damaged Word document: its end is missing'],
    ['cut off at the front', sound.subarray(600), 'is a damaged Word document'],
    ['with encrypted parts', zip(partsOf(''), { flags: 1 }), 'is locked by a password'],
    [
      'without its main part',
      zip({ '[Content_Types].xml': types, '_rels/.rels': relations }),
      'is a damaged Word document',
    ],
    ['with broken XML', zip(partsOf('<w:p><w:r></w:p>')), 'is a damaged Word document'],
    [
      'with entities',
      zip(partsOf('', { 'word/document.xml': `${doctype}<w:document ${w}>&b;</w:document>` })),
      'declares a document type',
    ],
    ['nested too deeply', zip(partsOf(inTables(2_000))), 'is nested too deeply'],
    ['without text', zip(partsOf(paragraph(''))), 'holds no text'],
  ])('%s is named', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/.{10}/),
    })
  })

  it('a zip bomb is not unpacked, wherever it is', async () => {
    const bomb = zip(partsOf('', { 'word/document.xml': Buffer.alloc(150 * 2 ** 20, ' ') }))
    expect(bomb.length).toBeLessThan(1_000_000)
    await expect(read(bomb)).rejects.toMatchObject({ message: expect.stringContaining('unpacks to more than 128 MB') })
    const beside = zip(partsOf(paragraph('Text'), { 'word/media/image1.png': Buffer.alloc(150 * 2 ** 20) }))
    expect((await read(beside)).markdown).toBe('Text')
  })

  it('any damage ends in a CultivarError or in text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        async changes => {
          const bytes = Buffer.from(sound)
          for (const [at, byte] of changes) bytes[at] = byte
          const outcome = await read(bytes).catch(error => error)
          if (!('markdown' in outcome)) expect(outcome).toMatchObject({ name: 'CultivarError', code: 'bad-file' })
        },
      ),
      { numRuns: 300 },
    )
  })
})

it('leaves archives of other files and other formats to others', () => {
  const matches = (name: string, bytes: Uint8Array) => docx.matches({ name, bytes })
  expect(matches('a.zip', zip({ 'a.txt': 'text' }))).toBe(false)
  expect(matches('a.docx', Buffer.from('%PDF-1.7'))).toBe(false)
  expect(matches('a.docx', Buffer.from('plain text'))).toBe(false)
})

/** The laws of reading in isolation: limits, what is left behind, and soundness whatever the bytes are. */
import { execFileSync } from 'node:child_process'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CultivarError } from '../model/error.ts'
import { compressed, pdfFile, written } from '../testing/pdf-file.ts'
import { readDocument } from './read-document.ts'

const page = (text: string) => ({ texts: [{ text, x: 72, y: 100 }] })
const small = pdfFile([page('One'), page('Two'), page('Three')])

/** What became of it: a document, or the one error there may be. */
async function outcome(...args: Parameters<typeof readDocument>) {
  const result = await readDocument(...args).catch((error: unknown) => error)
  if (result instanceof Error) {
    expect(result).toBeInstanceOf(CultivarError)
    expect(result).toMatchObject({ code: 'bad-file', hint: expect.stringMatching(/\w/) })
    expect((result as Error).message).toContain(`“${args[0].name}”`)
    return { error: (result as Error).message }
  }
  return { document: result as Awaited<ReturnType<typeof readDocument>> }
}

/** Processes that read for this one. */
function readingProcesses(): number {
  const listed = execFileSync('ps', ['-o', 'ppid=,args=', '-A'], { encoding: 'utf8' }).split('\n')
  return listed.filter(line => line.includes('read-documents') && Number.parseInt(line, 10) === process.pid).length
}

describe('readDocument', () => {
  it('reads each format by its bytes, name or media type', async () => {
    const html = Buffer.from('<html><body><h1>Head</h1><p>Some words in a paragraph of their own.</p></body></html>')
    const read = async (name: string, bytes: Uint8Array, mediaType?: string) =>
      (await readDocument({ name, bytes, ...(mediaType ? { mediaType } : {}) })).format
    expect(await read('report', small)).toBe('pdf')
    expect(await read('page.html', html)).toBe('html')
    expect(await read('https://example.org/page', html, 'text/html; charset=utf-8')).toBe('html')
    expect(await read('notes.md', Buffer.from('# Head\n\nwords'))).toBe('markdown')
    expect(await read('notes.txt', Buffer.from('words'))).toBe('text')
  })

  it('reads many small documents in one process, and keeps nothing of them', async () => {
    const read = async (count: number) => {
      for (let i = 0; i < count; i++) await readDocument({ name: `${i}.pdf`, bytes: small })
    }
    await read(50)
    const before = process.memoryUsage().rss
    await read(400)
    expect(readingProcesses()).toBe(1)
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(60)
  })

  it('reads several at once, in no more processes than processors, whatever becomes of some', async () => {
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, i) => outcome({ name: `${i}.pdf`, bytes: i % 3 ? small : small.subarray(0, 99) })),
    )
    expect(results.map(result => ('document' in result ? result.document?.pages.length : 0))).toEqual(
      Array.from({ length: 30 }, (_, i) => (i % 3 ? 3 : 0)),
    )
  })
})

describe('limits', () => {
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
  /** Each form draws the next one ten times. */
  const laughs = pdfFile([
    {
      content: '/X0 Do',
      forms: Object.fromEntries(
        Array.from({ length: 12 }, (_, i) => [
          `X${i}`,
          // Objects are numbered from 3 in the order that they are written.
          compressed(
            Buffer.from(`BT /F0 9 Tf (ha) Tj ET ${'/Y Do '.repeat(10)}`),
            1,
            `/Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources << /XObject << /Y ${i + 4} 0 R >> /Font << /F0 ${font} >> >>`,
          ),
        ]),
      ),
    },
  ])
  const flateBomb = () => {
    const content = compressed(Buffer.alloc(400_000_000, ' '), 2)
    return written([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>',
      content,
    ])
  }

  it('ends a document that takes too long', async () => {
    const startedMs = performance.now()
    const { error } = await outcome({ name: 'laughs.pdf', bytes: laughs }, { timeLimitMs: 1_000 })
    expect(error).toBe('“laughs.pdf” was not read within 1 s.')
    expect(performance.now() - startedMs).toBeLessThan(10_000)
  })

  it('ends a document that unpacks without end, and stays small itself', async () => {
    const bomb = flateBomb()
    expect(bomb.length).toBeLessThan(20_000)
    const before = process.memoryUsage().rss
    const { error } = await outcome({ name: 'bomb.pdf', bytes: bomb }, { memoryLimitMb: 300, timeLimitMs: 20_000 })
    expect(error).toBe('“bomb.pdf” takes more than 300 MB of memory to read.')
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(50)
  })

  it('ends a zip bomb in a document of a word processor', async () => {
    const { error } = await outcome(
      { name: 'bomb.docx', bytes: zipBomb(400_000_000) },
      { memoryLimitMb: 300, timeLimitMs: 20_000 },
    )
    expect(error).toMatch(/“bomb.docx”/)
  })

  it('says that a document whose tree of pages loops is damaged', async () => {
    const kids = (list: string) => `<< /Type /Pages /Count 2 /Kids [${list}] >>`
    const loop = written(['<< /Type /Catalog /Pages 2 0 R >>', kids('2 0 R 3 0 R'), kids('2 0 R 3 0 R')])
    expect((await outcome({ name: 'loop.pdf', bytes: loop }, { timeLimitMs: 20_000 })).error).toContain('damaged')
  })

  it('ends when it is aborted, with the reason given, waiting or reading, and leaves no process behind', async () => {
    const reason = new Error('enough')
    const controller = new AbortController()
    const reading = Array.from({ length: 12 }, () =>
      readDocument({ name: 'laughs.pdf', bytes: laughs }, { signal: controller.signal }).catch(
        (error: unknown) => error,
      ),
    )
    setTimeout(() => controller.abort(reason), 300)
    expect(await Promise.all(reading)).toEqual(Array(12).fill(reason))
    expect(readingProcesses()).toBe(0)
    expect((await readDocument({ name: 'a.pdf', bytes: small })).pages).toHaveLength(3)
  })

  it('refuses a file that its memory has no room for, without a process', async () => {
    const { error } = await outcome({ name: 'large.pdf', bytes: new Uint8Array(2 ** 24 + 1) }, { memoryLimitMb: 64 })
    expect(error).toContain('takes more than 64 MB')
  })
})

describe('laws', () => {
  const isSound = ({ markdown, pages }: { markdown: string; pages: number[] }) => {
    expect(markdown).toBe(markdown.normalize('NFC'))
    expect(markdown).not.toContain('\r')
    expect(pages[0] ?? 0).toBe(0)
    for (const [i, start] of pages.entries()) {
      expect(start).toBeGreaterThanOrEqual(pages[i - 1] ?? 0)
      expect(start).toBeLessThanOrEqual(markdown.length)
    }
  }
  const lines = Array.from({ length: 30 }, (_, i) => ({
    text: `Line ${i} of some text`,
    x: 40 + (i % 3) * 180,
    y: 60 + i * 20,
  }))
  const sample = pdfFile([{ texts: lines }, { texts: lines.slice(0, 9) }, page('The end.')], { title: 'A sample' })

  it('gives a sound document or says what is wrong, whatever the bytes are', async () => {
    const mutated = fc
      .array(fc.tuple(fc.nat(sample.length - 1), fc.uint8Array({ minLength: 1, maxLength: 20 })), { maxLength: 12 })
      .map(changes => {
        const bytes = sample.slice()
        for (const [at, put] of changes) bytes.set(put.subarray(0, bytes.length - at), at)
        return bytes
      })
    const truncated = fc.nat(sample.length).map(length => sample.slice(0, length))
    const headed = fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.concat([Buffer.from('%PDF-1.7\n'), bytes]))
    const bytesOf = fc.oneof(mutated, truncated, headed, fc.uint8Array({ maxLength: 300 }))
    await fc.assert(
      fc.asyncProperty(bytesOf, async bytes => {
        const { document } = await outcome({ name: 'any.pdf', bytes }, { timeLimitMs: 20_000 })
        if (document) isSound(document)
      }),
      { numRuns: 300 },
    )
  })

  it('loses no letter, wherever on the page the texts are', async () => {
    const text = fc.record({
      text: fc.string({ minLength: 1, maxLength: 40 }).map(text => text.replace(/[^\x20-\x7e]/g, '?')),
      x: fc.integer({ min: 20, max: 300 }),
      y: fc.integer({ min: 40, max: 780 }),
      size: fc.constantFrom(4, 9, 10, 10, 10, 11, 16, 30),
      face: fc.constantFrom('regular' as const, 'bold' as const, 'italic' as const, 'mono' as const),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ texts: fc.array(text, { maxLength: 40 }) }), { minLength: 1, maxLength: 5 }),
        async pages => {
          const { document } = await outcome({ name: 'any.pdf', bytes: pdfFile(pages) })
          if (document) isSound(document)
          // Nothing vanishes but running heads, of which there are none on fewer pages.
          const letters = (text: string) =>
            [...text.replace(/<\/?su[bp]>/g, '').replace(/[^a-zA-Z]/g, '')].toSorted().join('')
          const drawn = pages.flatMap(({ texts }) => texts.map(({ text }) => text))
          if (
            document &&
            pages.length < 3 &&
            new Set(drawn).size === drawn.length &&
            !drawn.some(text => text.includes('<'))
          ) {
            expect(letters(document.markdown)).toBe(letters(drawn.join('')))
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})

/** One file of so many blanks in an archive that says it is a document. */
function zipBomb(size: number): Uint8Array {
  const data = deflateRawSync(Buffer.alloc(size, ' '))
  const name = Buffer.from('word/document.xml')
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(data.length, 18)
  head.writeUInt32LE(size, 22)
  head.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(20, 6)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(data.length, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length + name.length, 12)
  end.writeUInt32LE(head.length + name.length + data.length, 16)
  return Buffer.concat([head, name, data, entry, name, end])
}

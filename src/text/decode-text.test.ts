/** Encodings: what is guessed, and that bytes cut anywhere give the same text. */
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeText, sampleLength } from './decode-text.ts'

async function decode(chunks: Uint8Array[], encoding?: string): Promise<{ text: string; notes: string[] }> {
  const notes: string[] = []
  return { text: (await Readable.from(decodeText(Readable.from(chunks), encoding, notes)).toArray()).join(''), notes }
}

const bytewise = (bytes: Buffer) => [...bytes].map(byte => Buffer.of(byte))

it.each([undefined, 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'shift_jis'])(
  'gives the same text in %s wherever the bytes are cut',
  async encoding => {
    const bytes = fc
      .uint8Array({ min: 1, maxLength: 40 })
      .map(list => Buffer.concat([Buffer.from('x'), list, Buffer.from('é😀')]))
    await fc.assert(
      fc.asyncProperty(bytes, async whole => {
        const one = await decode([whole], encoding).catch(String)
        expect(await decode(bytewise(whole), encoding).catch(String)).toEqual(one)
      }),
    )
  },
)

it('decodes all that is valid UTF-8 as it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async raw => {
      const text = `a${raw.toWellFormed().replaceAll('\0', '')}`
      expect((await decode(bytewise(Buffer.from(text)))).text).toBe(text)
    }),
  )
})

it('turns damaged bytes of UTF-8 into unpaired surrogates, one each, and keeps what stands around them', async () => {
  const bytes = Buffer.concat([Buffer.from('é€😀'), Buffer.of(0xff), Buffer.from('ü'), Buffer.of(0xe2, 0x82)])
  const { text, notes } = await decode([bytes])
  expect(text).toBe('é€😀\udcffü\udce2\udc82')
  expect(notes.join()).toMatch(/encoding: utf-8.*not valid/)
})

it('takes bytes that are mostly not UTF-8 for windows-1252, even far behind the beginning', async () => {
  const { text, notes } = await decode([
    Buffer.alloc(3 * sampleLength, 'ascii '),
    Buffer.from('caf\xe9 \x93quoted\x94', 'latin1'),
  ])
  expect(text.slice(-13)).toBe('café “quoted”')
  expect(notes).toEqual([expect.stringContaining('windows-1252')])
})

it('finds NUL characters in the beginning alone, so that one in a later row is that row’s fault', async () => {
  await expect(decode([Buffer.from('a\0b')])).rejects.toMatchObject({ code: 'bad-file' })
  await expect(decode([Buffer.from('ab', 'utf16le')])).rejects.toMatchObject({
    hint: expect.stringContaining('utf-16le'),
  })
  expect((await decode([Buffer.alloc(sampleLength, 'a'), Buffer.from('\0')])).text.at(-1)).toBe('\0')
})

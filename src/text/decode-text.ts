/** Turns the bytes of a file into text: byte-order marks, a guess of the encoding, and damage that stays visible. */
import { CultivarError } from '../model/error.ts'

/** How much of a file is looked at before something is decided about it. */
export const sampleLength = 65_536

/** Bytes that are not UTF-8 become unpaired surrogates U+DC80 + (byte − 128), so that the row that holds them can be told (PEP 383). */
const damageBase = 0xdc00

interface Decoder {
  push(bytes: Buffer): string
  end(): string
}

/**
 * Decodes a stream, wherever its chunks end. Without `encoding`: the byte-order mark's, else UTF-8, or windows-1252 if most
 * of what is not ASCII (64 KiB from the first such byte) is not UTF-8. Adds a line on the encoding to `notes`.
 *
 * @throws CultivarError `bad-file` for an empty or binary file, `bad-input` for an unknown encoding.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
  notes: string[],
): AsyncGenerator<string> {
  let empty = true
  let inspected = 0
  for await (const text of decoded(bytes, openingDecoder(encoding, notes))) {
    if (inspected < sampleLength && text.slice(0, sampleLength - inspected).includes('\0')) throw binaryFile()
    inspected += text.length
    if (empty) empty = text.trim() === ''
    yield text
  }
  if (empty) {
    throw new CultivarError(
      'bad-file',
      'The file is empty.',
      'Check that it was saved, and that this is the right file.',
    )
  }
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, decoder: Decoder): AsyncGenerator<string> {
  for await (const chunk of bytes) {
    const text = decoder.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    if (text !== '') yield text
  }
  const rest = decoder.end()
  if (rest !== '') yield rest
}

function binaryFile(): CultivarError {
  return new CultivarError(
    'bad-file',
    'The file holds NUL bytes, so it is not plain text.',
    'Save a spreadsheet as CSV (UTF-8), unpack an archive; if it is UTF-16 text, say --encoding utf-16le.',
  )
}

const marks: [string, Buffer][] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
]

/** Waits for the three bytes that can hold a mark, then hands over to the decoder they call for. */
function openingDecoder(encoding: string | undefined, notes: string[]): Decoder {
  const asked = encoding === undefined ? undefined : canonicalEncoding(encoding)
  let held: Buffer = Buffer.alloc(0)
  let chosen: Decoder | undefined
  const choose = (): string => {
    const mark = marks.find(([name, bom]) => held.subarray(0, bom.length).equals(bom) && (asked ?? name) === name)
    const name = asked ?? mark?.[0]
    if (name !== undefined) notes.push(`encoding: ${name}${asked === undefined ? ' (byte-order mark)' : ''}`)
    chosen = name === undefined ? guessingDecoder(notes) : decoderFor(name)
    return chosen.push(mark ? held.subarray(mark[1].length) : held)
  }
  return {
    push(bytes) {
      if (chosen) return chosen.push(bytes)
      held = Buffer.concat([held, bytes])
      return held.length < 3 ? '' : choose()
    },
    end: () => (chosen ? '' : choose()) + (chosen as Decoder).end(),
  }
}

function canonicalEncoding(label: string): string {
  try {
    return new TextDecoder(label).encoding
  } catch (cause) {
    throw new CultivarError(
      'bad-input',
      `There is no encoding "${label}".`,
      'Use a name such as utf-8, utf-16le, windows-1252, iso-8859-2 or shift_jis.',
      { cause: String(cause) },
    )
  }
}

function decoderFor(name: string): Decoder {
  if (name === 'utf-8') return utf8Decoder()
  if (name === 'utf-16le' || name === 'utf-16be') return utf16Decoder(name === 'utf-16be')
  const decoder = new TextDecoder(name)
  return { push: bytes => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}

/** ASCII passes through, being the same either way; the first other bytes decide. */
function guessingDecoder(notes: string[]): Decoder {
  let held: Buffer = Buffer.alloc(0)
  let chosen: Decoder | undefined
  const choose = (): string => {
    const sample = utf8Decoder().push(held.subarray(0, sampleLength))
    const damaged = sample.match(/[\udc80-\udcff]/gu)?.length ?? 0
    const sound = sample.match(/[^\x00-\x7f\udc80-\udcff]/gu)?.length ?? 0
    const name = damaged > sound || (sample === '' && held.length > 0) ? 'windows-1252' : 'utf-8'
    const why = name === 'utf-8' ? '' : ' (guessed, because it is not valid UTF-8; --encoding names another)'
    notes.push(`encoding: ${name}${why}`)
    if (name === 'utf-8' && damaged > 0) notes.push('some bytes are not valid UTF-8; rows that hold them are reported')
    chosen = decoderFor(name)
    return chosen.push(held)
  }
  return {
    push(bytes) {
      if (chosen) return chosen.push(bytes)
      const all = held.length === 0 ? bytes : Buffer.concat([held, bytes])
      if (isAscii(all)) return all.toString('latin1')
      const first = all.findIndex(byte => byte >= 0x80)
      held = all.subarray(first)
      return all.toString('latin1', 0, first) + (held.length < sampleLength ? '' : choose())
    },
    end: () => (chosen ? '' : choose()) + (chosen as Decoder).end(),
  }
}

function isAscii(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] as number) >= 0x80) return false
  return true
}

/** The text of valid UTF-8, a byte-order mark included; undefined for anything else. */
function validText(bytes: Buffer): string | undefined {
  try {
    return strictUtf8.decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function utf8Decoder(): Decoder {
  let carry: Buffer = Buffer.alloc(0)
  const decode = (bytes: Buffer) => validText(bytes) ?? decodeDamaged(bytes)
  return {
    push(bytes) {
      const all = carry.length === 0 ? bytes : Buffer.concat([carry, bytes])
      const cut = all.length - unfinished(all)
      carry = Buffer.from(all.subarray(cut))
      return decode(all.subarray(0, cut))
    },
    end: () => decode(carry),
  }
}

/** Bytes at the end that may be the beginning of a character. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if ((byte & 0xc0) !== 0x80) return sequenceLength(byte) > back ? back : 0
  }
  return 0
}

function sequenceLength(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
}

function decodeDamaged(bytes: Buffer): string {
  let text = ''
  let from = 0
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number
    const next = at + sequenceLength(byte)
    if (byte < 0x80 || (byte >= 0xc2 && validText(bytes.subarray(at, next)) !== undefined)) {
      at = next
    } else {
      text += bytes.toString('utf8', from, at) + String.fromCharCode(damageBase + byte)
      from = ++at
    }
  }
  return text + bytes.toString('utf8', from)
}

/** Keeps unpaired surrogates, which TextDecoder would replace, so that their rows are reported. */
function utf16Decoder(bigEndian: boolean): Decoder {
  let carry: Buffer = Buffer.alloc(0)
  return {
    push(bytes) {
      const all = Buffer.concat([carry, bytes])
      const cut = all.length & ~1
      carry = all.subarray(cut)
      const body = all.subarray(0, cut)
      return (bigEndian ? body.swap16() : body).toString('utf16le')
    },
    end: () => (carry.length === 0 ? '' : String.fromCharCode(damageBase + (carry[0] as number))),
  }
}

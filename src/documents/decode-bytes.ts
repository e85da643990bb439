/** Turns the bytes of a document into text. */
import { isUtf8 } from 'node:buffer'

const marks: [string, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/**
 * By the byte-order mark, else as `declared`, else UTF-16 if every other byte is 0, else UTF-8; windows-1252 if most of what is not
 * ASCII is not UTF-8. What cannot be decoded becomes U+FFFD.
 */
export function decodeBytes(bytes: Uint8Array, declared?: string): { text: string; notes: string[] } {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0]
  const encoding = marked ?? knownEncoding(declared) ?? encodingWithoutMark(bytes)
  if (encoding !== undefined && encoding !== 'utf-8') return { text: decoded(bytes, encoding), notes: [] }
  const text = decoded(bytes, 'utf-8')
  if (isUtf8(bytes)) return { text, notes: [] }
  const damaged = text.match(/\ufffd/g)?.length ?? 0
  const sound = text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0
  return sound > damaged
    ? { text, notes: [`Bytes that are not valid UTF-8 were replaced by U+FFFD: ${damaged}.`] }
    : { text: decoded(bytes, 'windows-1252'), notes: ['Read as windows-1252, because it is not valid UTF-8.'] }
}

function decoded(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes)
}

function knownEncoding(label: string | undefined): string | undefined {
  if (!label) return undefined
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

/** Text in Latin letters has a 0 beside each of them. */
function encodingWithoutMark(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 4096)
  const pairs = Math.floor(sample.length / 2)
  const zeros = [0, 0]
  for (let at = 0; at < pairs * 2; at++) if (sample[at] === 0) zeros[at % 2]!++
  const [even, odd] = zeros as [number, number]
  if (pairs < 2 || Math.max(even, odd) < 0.7 * pairs || Math.min(even, odd) > 0.05 * pairs) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

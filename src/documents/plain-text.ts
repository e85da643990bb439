/** The text of a file that is text: decoded, NFC, lines ended by `\n`. */
import { decodeBytes } from './decode-bytes.ts'
import { binaryKind } from './file-kind.ts'
import type { DocumentFile } from './reader.ts'
import { isBinary, withoutText } from './refusals.ts'

/** What a server said, such as `text/plain; charset=iso-8859-2`. */
export function statedEncoding(mediaType = ''): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(mediaType)?.[1]
}

/** @throws CultivarError `bad-file` for what is not text, and for what is empty. */
export function plainText({ name, bytes, mediaType }: DocumentFile): { text: string; notes: string[] } {
  const kind = binaryKind(bytes)
  if (kind) throw isBinary(name, kind)
  const { text, notes } = decodeBytes(bytes, statedEncoding(mediaType))
  if (hasStrangeCharacters(text)) {
    throw isBinary(name, { name: 'a binary file', repair: 'Convert it to PDF, DOCX, HTML, Markdown or text.' })
  }
  if (text.trim() === '') throw withoutText(name, 'Check that it was saved, and that this is the right file.')
  return { text: text.replace(/\r\n?/g, '\n').normalize('NFC'), notes }
}

/** Text has no NUL, and hardly any other control or what cannot be decoded. */
function hasStrangeCharacters(text: string): boolean {
  const sample = text.slice(0, 65_536)
  const strange = sample.match(/[\x01-\x07\x0e-\x1a\x1c-\x1f\x7f\ufffd]/g)?.length ?? 0
  return text.includes('\0') || strange * 20 > sample.length
}

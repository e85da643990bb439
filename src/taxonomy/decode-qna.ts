/** Makes a text of a qna.yaml’s bytes: UTF-8, of a size that is read, with line feeds as line breaks. */
import type { Finding } from './qna-problem.ts'

/** Real ones have some kibibytes, long ones thirty. */
export const mostBytes = 2 ** 20

const unprintable = /[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** The text, as far as it could be decoded, and what prevents reading it. */
export function decodeQna(content: string | Uint8Array): { text: string; fault?: Finding } {
  if (content.length > mostBytes) {
    const message = `The file has more than ${mostBytes / 2 ** 20} MiB, the most that is read.`
    const repair = 'Keep the seed examples only; documents belong into a repository that “document” names.'
    return { text: '', fault: { rule: 'too-large', offset: 0, message, repair } }
  }
  if (typeof content === 'string') return checked(content)
  try {
    return checked(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content))
  } catch {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)
    const offset = withLineFeeds(text.slice(0, firstReplaced(text, content))).length
    const message = 'The file is not text in UTF-8.'
    const repair = 'Save it as UTF-8 (in most editors: “Save with encoding”).'
    return { text: withLineFeeds(text), fault: { rule: 'not-utf-8', offset, message, repair } }
  }
}

const withLineFeeds = (text: string) => text.replace(/\r\n?/g, '\n')

function checked(raw: string): { text: string; fault?: Finding } {
  const text = withLineFeeds(raw)
  const offset = text.search(unprintable)
  if (offset < 0) return { text }
  const code = text.codePointAt(offset)!.toString(16).toUpperCase().padStart(4, '0')
  const message = `The character U+${code} may not be in a YAML file.`
  return { text, fault: { rule: 'character', offset, message, repair: 'Delete it; most editors can show it.' } }
}

/** Where decoding put the first replacement character that was not in the bytes. */
function firstReplaced(text: string, bytes: Uint8Array): number {
  const encoder = new TextEncoder()
  let byte = 0
  let from = 0
  for (;;) {
    const at = text.indexOf('\ufffd', from)
    if (at < 0) return 0
    byte += encoder.encode(text.slice(from, at)).length
    const wasThere = bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd
    if (!wasThere) return at
    byte += 3
    from = at + 1
  }
}

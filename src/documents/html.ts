/** Reads HTML pages: their text without what stands around it, as Markdown. */
import { decodeBytes } from './decode-bytes.ts'
import { binaryKind } from './file-kind.ts'
import { firstHeading } from './first-heading.ts'
import { statedEncoding } from './plain-text.ts'
import type { DocumentReader } from './reader.ts'
import { isBinary, withoutText } from './refusals.ts'

/** Only what can be before the root of a page. */
const opening = /^\s*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i
/** How far into a page its encoding is looked for. */
const prologue = 4_096

export const html: DocumentReader = {
  format: 'html',
  matches({ name, bytes, mediaType }) {
    if (binaryKind(bytes)) return false
    if (/\.(html?|xhtml?|xht)$/i.test(name) || /^(text\/html|application\/xhtml\+xml)\b/i.test(mediaType ?? ''))
      return true
    return opening.test(decodeBytes(bytes.subarray(0, prologue)).text)
  },
  async read({ name, bytes, mediaType }) {
    const kind = binaryKind(bytes)
    if (kind) throw isBinary(name, kind)
    const { text, notes } = decodeBytes(bytes, statedEncoding(mediaType) ?? encodingInside(bytes))
    const { readHtml } = await import('./html/read-html.ts')
    const { title, markdown } = readHtml(name, text)
    if (markdown === '')
      throw withoutText(name, 'Pages that scripts put together must be saved by a browser, as PDF or HTML.')
    return { title: title || firstHeading(markdown), format: 'html', markdown, pages: [], notes }
  },
}

/** As its `meta` or XML declaration says; UTF-16 cannot be said in a page that is not in UTF-16. */
function encodingInside(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, prologue)).replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  const said =
    /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(start)?.[1] ??
    /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']+)/i.exec(start)?.[1]
  return said !== undefined && /^(utf-?16|ucs-?2|unicode\b)/i.test(said) ? undefined : said
}

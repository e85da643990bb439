/** Turns a Word document into Markdown, by way of HTML. */
import mammoth from 'mammoth'
import type { ReadDocument } from '../../model/document.ts'
import { CultivarError } from '../../model/error.ts'
import { firstHeading } from '../first-heading.ts'
import { isNestedTooDeeply } from '../html/nesting.ts'
import { readHtml } from '../html/read-html.ts'
import { tooDeep, withoutText } from '../refusals.ts'
import { styleMap } from './style-map.ts'
import { Unzipped, ZipFault } from './unzip.ts'

/** Of all parts that are read, unpacked. A book of a thousand pages has about 30 MB. */
const mostBytes = 128 * 2 ** 20

/** @throws CultivarError `bad-file`: damaged, locked, too large, nested too deeply, or without text. */
export async function readDocx(name: string, bytes: Uint8Array): Promise<Omit<ReadDocument, 'name'>> {
  try {
    const parts = new Unzipped(bytes, mostBytes)
    const title = storedTitle(parts)
    const { value, messages } = await mammoth.convertToHtml(archiveOf(parts) as never, {
      styleMap,
      includeEmbeddedStyleMap: false,
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    })
    const { markdown } = readHtml(name, value, { whole: true })
    if (markdown === '')
      throw withoutText(name, 'If it holds pictures of text, type the text or have it recognised elsewhere.')
    const hasFormulas = messages.some(({ message }) => /\boMath/.test(message))
    const notes = hasFormulas ? ['Formulas were left out; saved as PDF, their signs can be read.'] : []
    return { title: title || firstHeading(markdown), format: 'docx', markdown, pages: [], notes }
  } catch (cause) {
    throw cause instanceof CultivarError ? cause : refusal(name, cause)
  }
}

/** As much of an archive as mammoth asks for: parts are unpacked within the limit and looked at before they are parsed. */
function archiveOf(parts: Unzipped) {
  return {
    file: {
      exists: (path: string) => path !== 'mammoth/style-map' && parts.has(path),
      read: async (path: string) => checkedXml(path, parts.read(path)),
    },
  }
}

/** Parts of office files declare no document type; one that does would define entities. */
function checkedXml(path: string, bytes: Uint8Array): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || bytes[1] === 0
  const xml = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes)
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw new ZipFault('damaged', `${path} declares a document type`)
  if (isNestedTooDeeply(xml, 'xml')) throw new RangeError(path)
  return xml
}

function storedTitle(parts: Unzipped): string {
  const path = 'docProps/core.xml'
  if (!parts.has(path)) return ''
  const title = /<(?:\w+:)?title\b[^>]*>([^<]*)</.exec(checkedXml(path, parts.read(path)))?.[1] ?? ''
  return readableTitle(title)
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function readableTitle(xml: string): string {
  const text = xml.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,6})|#x([0-9a-f]{1,5}));/gi, (_, entity, decimal, hex) =>
    entity
      ? entities[entity.toLowerCase()]!
      : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
  )
  return text.toWellFormed().replace(/\s+/g, ' ').trim().normalize('NFC')
}

function refusal(name: string, cause: unknown): CultivarError {
  if (cause instanceof RangeError) return tooDeep(name)
  const reason = cause instanceof ZipFault ? cause.reason : 'damaged'
  const why = cause instanceof Error ? cause.message : String(cause)
  if (reason === 'too large') {
    return new CultivarError(
      'bad-file',
      `“${name}” unpacks to more than ${mostBytes / 2 ** 20} MB (${why}).`,
      'It may be made to unpack without end. If it is only large, split it or save it as PDF.',
    )
  }
  if (reason === 'locked') {
    return new CultivarError('bad-file', `“${name}” is locked by a password (${why}).`, 'Save it without a password.')
  }
  return new CultivarError(
    'bad-file',
    `“${name}” is a damaged Word document: ${why}.`,
    'Open it in Word, which may repair it, and save it anew.',
  )
}

/** Tells the files of office programs apart, from their bytes. */
import { Unzipped, ZipFault } from './unzip.ts'

/**
 * `docx`: a Word document; `damaged archive`: one that cannot be opened; `locked`: an office file encrypted as a whole; the others are named.
 */
type OfficeKind = 'docx' | 'damaged archive' | 'locked' | OtherOfficeKind
type OtherOfficeKind = keyof typeof otherOfficeKinds

const asPdf = 'Open it and save it as PDF.'
/** What people call them, with what to do. */
export const otherOfficeKinds = {
  doc: { name: 'a document of old Word (.doc)', repair: 'Open it in a word processor and save it as DOCX.' },
  xls: {
    name: 'an old Excel workbook',
    repair: 'Save its sheets as CSV and import them as records, or save it as PDF.',
  },
  ppt: { name: 'an old PowerPoint presentation', repair: asPdf },
  xlsx: { name: 'an Excel workbook', repair: 'Save its sheets as CSV and import them as records, or save it as PDF.' },
  pptx: { name: 'a PowerPoint presentation', repair: asPdf },
  odt: { name: 'an OpenDocument file', repair: 'Open it and save it as DOCX or PDF.' },
  epub: { name: 'an EPUB book', repair: 'Convert it to HTML or PDF.' },
} as const

const ole = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
/** Names of streams in files of the older kind, the telling ones first. */
const streams: [string, OfficeKind][] = [
  ['EncryptedPackage', 'locked'],
  ['WordDocument', 'doc'],
  ['PowerPoint Document', 'ppt'],
  ['Workbook', 'xls'],
]
const mainParts: [string, OfficeKind][] = [
  ['word/document.xml', 'docx'],
  ['xl/workbook.xml', 'xlsx'],
  ['ppt/presentation.xml', 'pptx'],
  ['META-INF/container.xml', 'epub'],
]
const mostBytesOfTypes = 1_000_000

/** Undefined for what is not of an office program, archives of other files included. */
export function officeKind(bytes: Uint8Array): OfficeKind | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.subarray(0, ole.length).equals(ole)) {
    return streams.find(([name]) => file.includes(Buffer.from(name, 'utf16le')))?.[1]
  }
  if (file.toString('latin1', 0, 4) !== 'PK\x03\x04') return undefined
  try {
    return kindOfArchive(new Unzipped(bytes, mostBytesOfTypes))
  } catch (cause) {
    if (!(cause instanceof ZipFault)) throw cause
    // The first file of a Word document is one of these, so its end alone may be missing.
    return /^(\[Content_Types\]\.xml|_rels\/|word\/|docProps\/)/.test(file.toString('latin1', 30, 60))
      ? 'damaged archive'
      : undefined
  }
}

function kindOfArchive(archive: Unzipped): OfficeKind | undefined {
  const part = mainParts.find(([path]) => archive.has(path))?.[1]
  if (part) return part
  if (archive.has('mimetype')) {
    return archive.read('mimetype').includes('opendocument') ? 'odt' : undefined
  }
  if (!archive.has('[Content_Types].xml')) return undefined
  return archive.read('[Content_Types].xml').includes('wordprocessingml.document') ? 'docx' : undefined
}

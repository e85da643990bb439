/** Tells what a file is that is no text, from its bytes. */

export interface FileKind {
  /** With its article: “a PNG image”. */
  name: string
  /** What to do to have it read. */
  repair: string
}

const image = 'An image has no text; give the document it was made from, or its text.'
const recording = 'Give a transcript as text or Markdown.'
const archive = 'Unpack it and add the documents that are in it.'
const saveAs = 'Open it and save it as PDF, DOCX, HTML or text.'

const signatures: { at?: number; bytes: string; name: string; repair: string }[] = [
  { bytes: '%PDF-', name: 'a PDF', repair: saveAs },
  { bytes: '{\\rtf', name: 'an RTF file', repair: 'Open it in a word processor and save it as DOCX.' },
  { bytes: '\x89PNG', name: 'a PNG image', repair: image },
  { bytes: '\xff\xd8\xff', name: 'a JPEG image', repair: image },
  { bytes: 'GIF8', name: 'a GIF image', repair: image },
  { bytes: 'II*\0', name: 'a TIFF image', repair: image },
  { bytes: 'MM\0*', name: 'a TIFF image', repair: image },
  { at: 8, bytes: 'WEBP', name: 'a WebP image', repair: image },
  { at: 8, bytes: 'WAVE', name: 'a sound recording', repair: recording },
  { bytes: 'ID3', name: 'a sound recording', repair: recording },
  { bytes: 'OggS', name: 'a sound recording', repair: recording },
  { at: 4, bytes: 'ftyp', name: 'a film or sound recording', repair: recording },
  { bytes: '\x1f\x8b', name: 'a gzip archive', repair: archive },
  { bytes: 'PK\x03\x04', name: 'a ZIP archive', repair: archive },
  { bytes: 'PK\x05\x06', name: 'a ZIP archive', repair: archive },
  { bytes: "7z\xbc\xaf'\x1c", name: 'a 7-Zip archive', repair: archive },
  { bytes: 'Rar!', name: 'a RAR archive', repair: archive },
  { bytes: '\xfd7zXZ', name: 'an xz archive', repair: archive },
  { bytes: '\x28\xb5\x2f\xfd', name: 'a Zstandard archive', repair: archive },
  { at: 257, bytes: 'ustar', name: 'a tar archive', repair: archive },
  { bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', name: 'a file of old Microsoft Office', repair: saveAs },
  { bytes: 'SQLite format 3\0', name: 'an SQLite database', repair: 'Export its text.' },
  { bytes: 'PAR1', name: 'a Parquet file', repair: 'Import it as records instead.' },
  { bytes: '\x7fELF', name: 'a program', repair: 'Give a document.' },
  { bytes: 'MZ\x90\0', name: 'a program', repair: 'Give a document.' },
]

/** Undefined for what may be text, in any encoding. */
export function binaryKind(bytes: Uint8Array): FileKind | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1')
  return signatures.find(({ at = 0, bytes: signature }) => head.startsWith(signature, at))
}

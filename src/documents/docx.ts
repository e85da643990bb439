/** Reads Word documents (DOCX) as Markdown; what is no document of today's Word is named, with what to do. */
import { CultivarError } from '../model/error.ts'
import { officeKind, otherOfficeKinds } from './docx/office-file.ts'
import type { DocumentReader } from './reader.ts'
import { isBinary } from './refusals.ts'

export const docx: DocumentReader = {
  format: 'docx',
  matches({ name, bytes }) {
    return officeKind(bytes) !== undefined || (/\.docx$/i.test(name) && startsAsArchive(bytes))
  },
  async read({ name, bytes }) {
    const kind = officeKind(bytes) ?? 'damaged archive'
    if (kind === 'locked') {
      throw new CultivarError(
        'bad-file',
        `“${name}” is locked by a password.`,
        'Open it in Word and save it without a password, or save it as PDF.',
      )
    }
    if (kind !== 'docx' && kind !== 'damaged archive') throw isBinary(name, otherOfficeKinds[kind])
    const { readDocx } = await import('./docx/read-docx.ts')
    return readDocx(name, bytes)
  },
}

function startsAsArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}

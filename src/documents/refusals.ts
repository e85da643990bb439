/** What is said of documents that cannot be read. */
import { CultivarError } from '../model/error.ts'
import type { FileKind } from './file-kind.ts'

export function withoutText(name: string, hint: string): CultivarError {
  return new CultivarError('bad-file', `“${name}” holds no text.`, hint)
}

export function tooDeep(name: string): CultivarError {
  return new CultivarError(
    'bad-file',
    `“${name}” is nested too deeply or too large to be read.`,
    'Open it and save it as PDF or text, or give a part of it.',
  )
}

export function isBinary(name: string, kind: FileKind): CultivarError {
  return new CultivarError('bad-file', `“${name}” is ${kind.name}, which cannot be read.`, kind.repair)
}

/** Chooses the format of a file by the kind a user named, or else by the file's name. */
import { basename, extname } from 'node:path'
import { CultivarError } from '../model/error.ts'
import type { Format } from './format.ts'
import * as builtIn from './index.ts'
import { docBin } from './spacy.ts'

/** @throws CultivarError `bad-input` if neither tells a format, `bad-file` for spaCy’s binary files. */
export function findFormat(path: string, kind?: string, among: Format[] = Object.values(builtIn)): Format {
  const extension = extname(path).slice(1).toLowerCase()
  const found = among.find(format =>
    kind === undefined ? format.extensions.includes(extension) : format.kind === kind,
  )
  if (found) return found
  if (kind === undefined && extension === 'spacy') throw docBin()
  const known = among.map(format => format.kind).join(', ')
  throw new CultivarError(
    'bad-input',
    kind === undefined
      ? `The name “${basename(path)}” does not tell a file format.`
      : `There is no file format "${kind}".`,
    `Name one of ${known} with --format.`,
    { path, kind, known },
  )
}

/** Checks the leaves of a taxonomy: each qna.yaml, and what must stand beside it. */
import { open, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { mostBytes } from '../../taxonomy/decode-qna.ts'
import type { LeafKind } from '../../taxonomy/leaf.ts'
import type { QnaProblem } from '../../taxonomy/qna-problem.ts'
import { type ReadQna, readQna } from '../../taxonomy/read-qna.ts'
import { type FindOptions, findQnaFiles } from './find-qna-files.ts'

export interface CheckOptions extends FindOptions {
  /** Warnings count as errors. */
  strict?: boolean
}

export interface CheckedFile {
  /** With `/`, from the current folder on. */
  path: string
  /** Nothing where the file does not make a leaf. */
  kind?: LeafKind
  /** Whether it has no error. */
  accepted: boolean
  problems: QnaProblem[]
}

export interface CheckedTaxonomy {
  /** One after the other, as they are asked for. */
  files: AsyncIterable<CheckedFile>
  /** How many leaves were passed over because they are below `foundational_skills`. */
  leftOut: number
}

/** @throws CultivarError as `findQnaFiles`. */
export async function checkTaxonomy(paths: string[], options: CheckOptions): Promise<CheckedTaxonomy> {
  const { files, leftOut } = await findQnaFiles(paths, options)
  return { files: checkEach(files, options), leftOut }
}

async function* checkEach(files: string[], options: CheckOptions): AsyncGenerator<CheckedFile> {
  for (const file of files) yield await checkFile(file, options)
}

async function checkFile(path: string, { cwd, strict }: CheckOptions): Promise<CheckedFile> {
  const { leaf, version, problems: found } = await readFileAt(path)
  // What has another name is no leaf yet: a file on its own needs nothing beside it.
  const isLeaf = basename(path) === 'qna.yaml'
  const all = [...(version > 1 && isLeaf ? await attribution(path) : []), ...found]
  const problems = strict ? all.map(problem => ({ ...problem, severity: 'error' as const })) : all
  return {
    path: slashed(relative(cwd, path)),
    ...(leaf && { kind: leaf.kind }),
    accepted: !problems.some(({ severity }) => severity === 'error'),
    problems,
  }
}

async function readFileAt(path: string): Promise<ReadQna> {
  try {
    return readQna(slashed(path), await firstBytes(path, mostBytes + 1))
  } catch (error) {
    // One file that cannot be opened must not keep the others from being checked.
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    const repair = 'Check who may read it.'
    return { version: 0, problems: [atTop({ rule: 'unreadable', severity: 'error', message, repair, from: 'file' })] }
  }
}

/** A file too large to be read is never held whole. */
async function firstBytes(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const bytes = new Uint8Array(Math.min(size, most))
    let filled = 0
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  } finally {
    await file.close()
  }
}

/** InstructLab’s own repository asks for it from version 2 on; its parser does not. */
async function attribution(path: string): Promise<QnaProblem[]> {
  const found = await stat(join(dirname(path), 'attribution.txt')).catch(() => undefined)
  if (found?.isFile() && found.size > 0) return []
  const message = found
    ? 'The attribution.txt beside this file is empty.'
    : 'There is no attribution.txt beside this file.'
  const repair = 'Say there where the texts come from: title, link, license, authors.'
  return [atTop({ rule: 'attribution', severity: 'warning', message, repair, from: 'advice' })]
}

function atTop(problem: Omit<QnaProblem, 'line' | 'column'>): QnaProblem {
  return { ...problem, line: 1, column: 1 }
}

const slashed = (path: string) => path.replaceAll('\\', '/')

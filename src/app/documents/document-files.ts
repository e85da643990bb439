/** What a person names to be added, file by file: files, folders and all below them, addresses. */

import { readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { fetchRemote } from '../../documents/fetch-remote.ts'
import type { DocumentFile } from '../../documents/reader.ts'
import { isDocumentName } from '../../model/document.ts'
import { CultivarError } from '../../model/error.ts'
import { filesBelow } from '../files-below.ts'

export interface DocumentSource {
  /** As it is listed and shown. */
  name: string
  /** Whole path, or address without what signs in. */
  source: string
  /** @throws CultivarError `not-found`, `bad-file`, or what fetching says. */
  load(signal: AbortSignal | undefined): Promise<DocumentFile>
}

interface FileChoice {
  /** Addresses may lead to this machine and its network. */
  allowPrivate: boolean
  mostBytes: number
}

/** In a folder, only these are taken for documents; a file that is named itself may be called anything. */
const address = /^https?:\/\//i
const fetchLimitMs = 120_000

/** Files of a folder are named from there on. `skipped` are those in folders that are no documents by their name. */
export async function documentFiles(
  given: readonly string[],
  choice: FileChoice,
): Promise<{ sources: DocumentSource[]; skipped: string[] }> {
  const sources: DocumentSource[] = []
  const skipped: string[] = []
  for (const each of given) {
    if (address.test(each)) {
      sources.push(remoteSource(each, choice))
      continue
    }
    const path = resolve(each)
    if (!(await isFolder(path))) {
      sources.push(fileSource(basename(path), path, choice))
      continue
    }
    const files = await filesBelow(path)
    const documents = files.filter(file => isDocumentName(file))
    sources.push(...documents.map(file => fileSource(file, join(path, file), choice)))
    skipped.push(...files.filter(file => !isDocumentName(file)).map(file => join(path, file)))
    if (documents.length === 0) sources.push(emptyFolder(path))
  }
  return { sources, skipped }
}

function remoteSource(given: string, { allowPrivate, mostBytes }: FileChoice): DocumentSource {
  const shown = withoutSignIn(given)
  return {
    name: shown,
    source: shown,
    load: signal =>
      fetchRemote(given, { allowPrivate, mostBytes, timeLimitMs: fetchLimitMs, ...(signal && { signal }) }),
  }
}

function fileSource(name: string, path: string, { mostBytes }: FileChoice): DocumentSource {
  return {
    name,
    source: path,
    async load() {
      try {
        const { size } = await stat(path)
        if (size > mostBytes) throw tooLarge(name, size, mostBytes)
        return { name, bytes: await readFile(path) }
      } catch (cause) {
        if (cause instanceof CultivarError) throw cause
        const { code, message } = cause as NodeJS.ErrnoException
        throw code === 'ENOENT' || code === 'ENOTDIR'
          ? new CultivarError('not-found', `There is no file “${path}”.`, 'Check the path.')
          : new CultivarError('bad-file', `“${path}” cannot be read: ${message}`, 'Check who may read it.')
      }
    },
  }
}

function emptyFolder(path: string): DocumentSource {
  return {
    name: path,
    source: path,
    load: () =>
      Promise.reject(
        new CultivarError(
          'not-found',
          `The folder “${path}” holds no document.`,
          'Documents are PDF, DOCX, HTML, Markdown or text files. A file of another ending can be named itself.',
        ),
      ),
  }
}

/** What is not there is no folder: it is told of when it is loaded, like any other file. */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}

function withoutSignIn(given: string): string {
  if (!URL.canParse(given)) return given
  const url = new URL(given)
  if (url.username === '' && url.password === '') return given
  url.username = ''
  url.password = ''
  return url.href
}

function tooLarge(name: string, bytes: number, mostBytes: number): CultivarError {
  const megabytes = (count: number) => `${(count / 2 ** 20).toFixed(1)} MB`
  return new CultivarError(
    'bad-file',
    `“${name}” has ${megabytes(bytes)}; at most ${megabytes(mostBytes)} are read.`,
    'Allow more with --max-mb N, or split it.',
  )
}

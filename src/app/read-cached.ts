/** Documents read once: what a file became is kept by its content, so that a thousand pages are not read again for every run. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { readDocument } from '../documents/read-document.ts'
import type { ReadDocument } from '../model/document.ts'

/** Raise it when the same bytes would become other Markdown: what is kept is then read anew. */
const readersVersion = 1

/**
 * The document, from `cache` if the same bytes were read before under a name with the same ending. One that cannot be read is not kept.
 *
 * @throws CultivarError as `readDocument`.
 */
export async function readCached(cache: string, file: { name: string; bytes: Uint8Array }): Promise<ReadDocument> {
  const ending = extname(file.name).toLowerCase()
  const key = createHash('sha256').update(`${readersVersion} ${ending}\n`).update(file.bytes).digest('hex')
  const path = join(cache, `${key}.json`)
  const kept = await keptDocument(path)
  if (kept) return { ...kept, name: file.name }
  const document = await readDocument(file)
  await mkdir(cache, { recursive: true })
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(unfinished, JSON.stringify(document))
  await rename(unfinished, path)
  return document
}

/** Undefined also for what a crash left half written. */
async function keptDocument(path: string): Promise<ReadDocument | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ReadDocument
  } catch {
    return undefined
  }
}

/** The hash of a user's model: of its file, and of the files that it imports. */
import { createHash } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { dirname, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { moduleImports } from './module-imports.ts'

export interface HashedModel {
  hash: string
  /** SHA-256 of each file of the model, by its path. */
  files: ReadonlyMap<string, string>
}

/**
 * Of a model in one file, the SHA-256 of that file: what `sha256sum model.ts` prints. With imported files, the SHA-256 of what
 * `sha256sum` prints for all of them in the model's folder: lines `<sha256>  <path>\n`, paths from that folder on with `/`, in order
 * of their bytes, as `LC_ALL=C` sorts.
 *
 * Followed are static imports, re-exports and `import('…')` that name a file by its place (`./x.ts`, `../y.js`); not packages, nor
 * what the code makes up or reads while it runs. A file that is no module, such as JSON, counts and imports nothing; one that is
 * missing is left out: whoever loads the model says so.
 *
 * @param file there must be one
 */
export async function hashModel(file: string): Promise<HashedModel> {
  const model = await realpath(file)
  const files = new Map<string, string>()
  const waiting = [model]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const bytes = files.has(path) ? undefined : await readFile(path).catch(() => undefined)
    if (bytes === undefined) continue
    files.set(path, sha256(bytes))
    waiting.push(...(await importedFiles(path, bytes)))
  }
  if (files.size === 1) return { hash: files.get(model)!, files }
  const lines = [...files]
    .map(([path, hash]) => ({ name: relative(dirname(model), path).split(sep).join('/'), hash }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
    .map(({ name, hash }) => `${hash}  ${name}\n`)
  return { hash: sha256(lines.join('')), files }
}

/** Whether all its files are as they were. */
export async function isAsHashed({ files }: HashedModel): Promise<boolean> {
  for (const [path, hash] of files) {
    const bytes = await readFile(path).catch(() => undefined)
    if (bytes === undefined || sha256(bytes) !== hash) return false
  }
  return true
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

async function importedFiles(path: string, bytes: Buffer): Promise<string[]> {
  if (!/\.[cm]?[jt]s$/.test(path)) return []
  // What cannot be read here Node cannot load either, and says why.
  const { imports } = await moduleImports(bytes.toString(), path).catch(() => ({ imports: [] }))
  const byPlace = imports.filter(({ specifier }) => /^\.\.?\//.test(specifier))
  const found = await Promise.all(
    byPlace.map(({ specifier }) => fileAt(new URL(specifier, pathToFileURL(path))).catch(() => undefined)),
  )
  return found.filter(file => file !== undefined)
}

/** Links are followed, for that is where Node goes on from. */
async function fileAt(url: URL): Promise<string> {
  return realpath(fileURLToPath(url))
}

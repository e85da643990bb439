/** A model file on disk: whether it is one, and what it is known by. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'

export interface ModelFile {
  path: string
  /** Of the whole file, in lower-case hexadecimal. */
  sha256: string
  bytes: number
}

const magic = 'GGUF'
const readBytes = 1 << 20

/** What a file was when it was hashed; anything that changes it changes one of these. */
const stamp = z.object({ size: z.string(), modifiedNs: z.string(), inode: z.string() })
const cache = z.record(z.string(), z.object({ ...stamp.shape, sha256: z.string() }))

/**
 * Looks at the file and hashes the whole of it (seconds for gigabytes), unless `cacheFile` knows it by path, size, time and inode.
 * Throws CultivarError `not-found`, `bad-file` (no GGUF file, a part of a split one, not the `expected` checksum).
 */
export async function identifyModel(
  path: string,
  { cacheFile, expected }: { cacheFile: string; expected?: string | undefined },
): Promise<ModelFile> {
  checkName(path)
  const { size, mtimeNs, ino } = await statOf(path)
  checkStart(path, await firstBytes(path))
  const now = { size: `${size}`, modifiedNs: `${mtimeNs}`, inode: `${ino}` }
  const known = await readCache(cacheFile)
  const entry = known[path]
  const fresh = entry && (['size', 'modifiedNs', 'inode'] as const).every(member => entry[member] === now[member])
  const sha256 = fresh ? entry.sha256 : await hashFile(path)
  if (!fresh) await writeWhole(cacheFile, JSON.stringify({ ...known, [path]: { ...now, sha256 } }, null, 2))
  if (expected === undefined || expected === sha256) return { path, sha256, bytes: Number(size) }
  throw new CultivarError(
    'bad-file',
    `“${path}” is not the file that was meant: its SHA-256 is ${sha256}, not ${expected}.`,
    'Get the file again, or correct the checksum with “cultivar providers set NAME --sha256 …”.',
  )
}

/** Throws `bad-file` unless this is how a GGUF file begins. */
export function checkStart(what: string, start: Buffer): void {
  if (start.subarray(0, magic.length).toString('latin1') === magic) return
  const text = start.toString('utf8').trimStart().slice(0, 40)
  const page = /^<(!doctype|html|\?xml)/i.test(text)
  throw new CultivarError(
    'bad-file',
    `${what} is no GGUF file: it begins with ${JSON.stringify(text)}.`,
    page
      ? 'It is a web page. Take the link of the download itself (at Hugging Face: /resolve/, not /blob/).'
      : 'Local models are GGUF files: look for “GGUF” where the model is published.',
  )
}

/** Throws `bad-file` for one part of a split model: one hash would not tell when another part changes. */
export function checkName(path: string): void {
  if (!/-\d{5}-of-\d{5}\.gguf$/i.test(path)) return
  throw new CultivarError(
    'bad-file',
    `${basename(path)} is one part of a split model, which cannot be used.`,
    'Take a model that is published as one file, or join the parts with llama.cpp’s “llama-gguf-split --merge”.',
  )
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: readBytes })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Writes the file whole or not at all. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`
  await writeFile(draft, text)
  await rename(draft, path)
}

async function statOf(path: string) {
  const found = await stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => error)
  if (!(found instanceof Error) && found.isFile()) return found
  const absent = found instanceof Error && (found.code === 'ENOENT' || found.code === 'ENOTDIR')
  throw new CultivarError(
    absent ? 'not-found' : 'bad-file',
    absent
      ? `There is no model file “${path}”.`
      : `“${path}” is no file that can be read${found instanceof Error ? `: ${found.message}` : ''}.`,
    'Give the path of a .gguf file, or a URL to get it from.',
  )
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function readCache(file: string): Promise<z.infer<typeof cache>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  return cache.safeParse(parsed(text)).data ?? {}
}

/** A cache that cannot be read is an empty one: hashing again costs seconds. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

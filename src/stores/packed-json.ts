/** JSON compressed for storage: replies and candidates are text that repeats itself. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'

export function packJson(value: unknown): Uint8Array {
  return zstdCompressSync(JSON.stringify(value))
}

export function unpackJson<T>(bytes: Uint8Array): T {
  return JSON.parse(zstdDecompressSync(bytes).toString('utf8')) as T
}

/** JSON as bytes: compressed where that pays, since replies are text that repeats itself. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Below this many bytes, making the compressor costs more than the room it saves. */
const worthCompressing = 2048
/** The first byte of every zstd frame (RFC 8878); no JSON text begins with it. */
const frameStart = 0x28

export function packJson(value: unknown): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(value), 'utf8')
  return bytes.length < worthCompressing ? bytes : zstdCompressSync(bytes)
}

export function unpackJson<T>(bytes: Uint8Array): T {
  const text = bytes[0] === frameStart ? zstdDecompressSync(bytes) : Buffer.from(bytes)
  return JSON.parse(text.toString('utf8')) as T
}

/** Takes in the body of a reply, unpacked, and no more of it than is allowed. */

import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { CultivarError } from '../../model/error.ts'

const unpackers = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
])
/** As a request says it. */
export const acceptedEncodings = [...unpackers.keys()].join(', ')

/** @throws CultivarError `bad-file` if it is larger, packed or unpacked, or packed in a way not asked for; the stream's error if it breaks. */
export async function readBody(shown: string, body: Readable, encoding: string, mostBytes: number): Promise<Buffer> {
  const unpacker = unpackers.get(encoding.trim().toLowerCase())
  if (!unpacker && encoding !== '' && encoding !== 'identity') {
    throw new CultivarError(
      'bad-file',
      `${shown} came packed as “${encoding}”, which was not asked for.`,
      'Download it by hand.',
    )
  }
  const chunks: Buffer[] = []
  const collect = async (stream: AsyncIterable<Buffer>) => {
    for await (const chunk of stream) chunks.push(chunk)
  }
  // Before unpacking too: what is packed can be endless and unpack to nothing.
  const limit = () => limited(shown, mostBytes)
  await (unpacker ? pipeline(body, limit(), unpacker(), limit(), collect) : pipeline(body, limit(), collect))
  return Buffer.concat(chunks)
}

/** Passes a stream on, to so many bytes. */
function limited(shown: string, mostBytes: number) {
  return async function* (stream: AsyncIterable<Buffer>) {
    let size = 0
    for await (const chunk of stream) {
      size += chunk.length
      if (size > mostBytes) throw tooLarge(shown, mostBytes)
      yield chunk
    }
  }
}

export function tooLarge(shown: string, mostBytes: number): CultivarError {
  const megabytes = (mostBytes / 2 ** 20).toLocaleString('en', { maximumFractionDigits: 2 })
  return new CultivarError(
    'bad-file',
    `${shown} is larger than ${megabytes} MB.`,
    'If that is right, allow more with --max-mb.',
  )
}

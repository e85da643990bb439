/** Reads ZIP archives, and unpacks no more of them than is allowed. */
import { inflateRawSync } from 'node:zlib'

/** Why an archive, or a file in it, cannot be unpacked. */
export class ZipFault extends Error {
  readonly reason: 'damaged' | 'locked' | 'too large'

  constructor(reason: ZipFault['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

interface Entry {
  method: number
  isLocked: boolean
  offset: number
  packedBytes: number
}

const endOfDirectory = 0x06054b50
const inDirectory = 0x02014b50
const beforeFile = 0x04034b50
const endBytes = 22
const longestComment = 65_535
const mostEntries = 20_000

/** The files of an archive, unpacked one by one as they are asked for, to `mostBytes` together. */
export class Unzipped {
  private readonly archive: Buffer
  private readonly entries: Map<string, Entry>
  private bytesLeft: number

  /** @throws ZipFault if the archive's directory is damaged. */
  constructor(bytes: Uint8Array, mostBytes: number) {
    this.archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.entries = readDirectory(this.archive)
    this.bytesLeft = mostBytes
  }

  has(path: string): boolean {
    return this.entries.has(path)
  }

  /** @throws ZipFault if there is no such file, it is damaged or locked, or the files read so far are too large. */
  read(path: string): Buffer {
    const entry = this.entries.get(path)
    if (!entry) throw new ZipFault('damaged', `${path} is missing`)
    if (entry.isLocked) throw new ZipFault('locked', `${path} is encrypted`)
    const content = unpack(path, this.packed(path, entry), entry.method, this.bytesLeft)
    this.bytesLeft -= content.length
    return content
  }

  private packed(path: string, { offset, packedBytes }: Entry): Buffer {
    if (offset + 30 > this.archive.length || this.archive.readUInt32LE(offset) !== beforeFile) {
      throw new ZipFault('damaged', `${path} is not where the archive says`)
    }
    const start = offset + 30 + this.archive.readUInt16LE(offset + 26) + this.archive.readUInt16LE(offset + 28)
    if (start + packedBytes > this.archive.length) throw new ZipFault('damaged', `${path} is cut off`)
    return this.archive.subarray(start, start + packedBytes)
  }
}

function unpack(path: string, packed: Buffer, method: number, mostBytes: number): Buffer {
  const tooLarge = new ZipFault('too large', `${path} is too large`)
  if (method === 0) {
    if (packed.length > mostBytes) throw tooLarge
    return packed
  }
  if (method !== 8) throw new ZipFault('damaged', `${path} is packed in an unknown way`)
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, mostBytes) })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge
    throw new ZipFault('damaged', `${path} cannot be unpacked: ${(cause as Error).message}`)
  }
}

function readDirectory(archive: Buffer): Map<string, Entry> {
  const end = findEnd(archive)
  const count = archive.readUInt16LE(end + 10)
  const size = archive.readUInt32LE(end + 12)
  // What stands before the archive proper shifts all offsets.
  const shift = end - size - archive.readUInt32LE(end + 16)
  const entries = new Map<string, Entry>()
  if (shift < 0 || count > mostEntries) throw new ZipFault('damaged', 'its directory is damaged')
  for (let at = end - size, left = count; left > 0; left--) {
    if (at + 46 > end || archive.readUInt32LE(at) !== inDirectory)
      throw new ZipFault('damaged', 'its directory is damaged')
    const [name, extra, comment] = [28, 30, 32].map(field => archive.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ]
    entries.set(archive.toString('utf8', at + 46, at + 46 + name), {
      isLocked: (archive.readUInt16LE(at + 8) & 1) === 1,
      method: archive.readUInt16LE(at + 10),
      packedBytes: archive.readUInt32LE(at + 20),
      offset: archive.readUInt32LE(at + 42) + shift,
    })
    at += 46 + name + extra + comment
  }
  return entries
}

function findEnd(archive: Buffer): number {
  const first = Math.max(0, archive.length - endBytes - longestComment)
  for (let at = archive.length - endBytes; at >= first; at--) {
    if (archive.readUInt32LE(at) === endOfDirectory) return at
  }
  throw new ZipFault('damaged', 'its end is missing')
}

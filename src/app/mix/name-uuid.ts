/** UUIDs made of names (RFC 9562, version 5): the same name gives the same one on any machine. */
import { createHash } from 'node:crypto'

/** Sets Cultivar's names apart from everybody else's. */
const namespace = Buffer.from('7d0b6e1c52f34f5ea4a8c1c9a3d2e960', 'hex')

export function nameUuid(name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

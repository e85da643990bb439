/** The file of a trained model: a JSON header and typed arrays behind one prefix, with a checksum over all of it. */
import { CultivarError } from '../model/error.ts'
import { canonicalJson, type Json } from '../model/json.ts'

/** What a model's header says first: which model it is, and the version of what it keeps in its header and arrays. */
export type ModelHeader = { kind: string; version: number; [key: string]: Json }

export type ModelArray = Float32Array | Uint32Array | Int8Array | Uint16Array

/** Bytes of one element, and how it is written; always little-endian, whatever the machine. */
const elements = {
  Float32Array: { size: 4, make: (n: number) => new Float32Array(n), get: 'getFloat32', set: 'setFloat32' },
  Uint32Array: { size: 4, make: (n: number) => new Uint32Array(n), get: 'getUint32', set: 'setUint32' },
  Uint16Array: { size: 2, make: (n: number) => new Uint16Array(n), get: 'getUint16', set: 'setUint16' },
  Int8Array: { size: 1, make: (n: number) => new Int8Array(n), get: 'getInt8', set: 'setInt8' },
} as const

interface ArrayFacts {
  name: string
  type: keyof typeof elements
  length: number
}

/**
 * Layout: the sign (8 bytes), then as 32-bit numbers the version of this layout, the length of the file, the checksum
 * of what follows, and the length of the JSON text; the JSON text; the arrays one after another, without gaps.
 */
const sign = new TextEncoder().encode('CULTIVAR')
const layoutVersion = 1
const at = { layout: 8, length: 12, checksum: 16, json: 20, end: 24 } as const

/** Equal headers and arrays (in the same order) give equal bytes. */
export function packModel(header: ModelHeader, arrays: Record<string, ModelArray>): Uint8Array {
  const facts = Object.entries(arrays).map(([name, array]): ArrayFacts => {
    return { name, type: array.constructor.name as ArrayFacts['type'], length: array.length }
  })
  const json = new TextEncoder().encode(canonicalJson({ header, arrays: facts }))
  const bytes = new Uint8Array(at.end + json.length + sizeOf(facts))
  const view = new DataView(bytes.buffer)
  bytes.set(sign)
  view.setUint32(at.layout, layoutVersion, true)
  view.setUint32(at.length, bytes.length, true)
  view.setUint32(at.json, json.length, true)
  bytes.set(json, at.end)
  let offset = at.end + json.length
  for (const { name, type } of facts) {
    const { size, set } = elements[type]
    for (const value of arrays[name]!) {
      view[set](offset, value, true)
      offset += size
    }
  }
  view.setUint32(at.checksum, checksumOf(bytes.subarray(at.json)), true)
  return bytes
}

/**
 * What `packModel` was given.
 * @throws CultivarError `bad-file` for bytes that are no model, are damaged or cut short, come from a newer Cultivar, or hold another
 *   kind of model than expected.
 */
export function unpackModel(
  bytes: Uint8Array,
  expected: { kind: string; version: number },
): { header: ModelHeader; arrays: Record<string, ModelArray> } {
  const view = checkedView(bytes)
  const jsonEnd = at.end + view.getUint32(at.json, true)
  const { header, arrays: facts } = JSON.parse(new TextDecoder().decode(bytes.subarray(at.end, jsonEnd))) as {
    header: ModelHeader
    arrays: ArrayFacts[]
  }
  if (header.kind !== expected.kind) {
    const message = `This model is of the kind ${header.kind}, not ${expected.kind}.`
    throw new CultivarError('bad-file', message, `Give a model of the kind ${expected.kind}.`)
  }
  if (header.version > expected.version) throw newer()
  if (header.version < expected.version) {
    const message = 'This model was trained by an older Cultivar; such models can be read no more.'
    throw new CultivarError('bad-file', message, 'Train it again.')
  }
  const arrays: Record<string, ModelArray> = {}
  let offset = jsonEnd
  for (const { name, type, length } of facts) {
    const { size, make, get } = elements[type]
    const array = make(length)
    for (let index = 0; index < length; index++, offset += size) array[index] = view[get](offset, true)
    arrays[name] = array
  }
  return { header, arrays }
}

/** A view of bytes that are whole, unchanged and of this layout. */
function checkedView(bytes: Uint8Array): DataView {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!sign.every((code, index) => bytes[index] === code)) {
    throw new CultivarError(
      'bad-file',
      'This is not a model that Cultivar trained.',
      'Give a file that Cultivar saved.',
    )
  }
  const length = bytes.length < at.end ? at.end : view.getUint32(at.length, true)
  if (bytes.length < length) {
    const message = `The model is cut short: ${bytes.length} bytes instead of at least ${length}.`
    throw new CultivarError('bad-file', message, 'Copy the file again, or train the model again.')
  }
  const layout = view.getUint32(at.layout, true)
  if (layout > layoutVersion) throw newer()
  const whole = bytes.length === length && layout === layoutVersion
  if (!whole || view.getUint32(at.checksum, true) !== checksumOf(bytes.subarray(at.json))) {
    const message = 'The model is damaged: its checksum does not fit its content.'
    throw new CultivarError('bad-file', message, 'Copy the file again, or train the model again.')
  }
  return view
}

function newer(): CultivarError {
  return new CultivarError('bad-file', 'This model was trained by a newer Cultivar.', 'Update Cultivar to use it.')
}

function sizeOf(facts: readonly ArrayFacts[]): number {
  return facts.reduce((sum, { type, length }) => sum + elements[type].size * length, 0)
}

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1
  return remainder
})

/** CRC-32 (IEEE 802.3). */
function checksumOf(bytes: Uint8Array): number {
  let checksum = 0xffffffff
  for (const byte of bytes) checksum = remainders[(checksum ^ byte) & 0xff]! ^ (checksum >>> 8)
  return ~checksum >>> 0
}

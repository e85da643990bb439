/** The bytes of a model: what is damaged is never taken for another model. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ModelArray, type ModelHeader, packModel, unpackModel } from './model-bytes.ts'

const expected = { kind: 'parrot', version: 3 }
const header: ModelHeader = { kind: 'parrot', version: 3, words: ['ä', '\ud800', '🦜'], depth: { of: [1, null, 0.1] } }
const arrays: Record<string, ModelArray> = {
  bytes: Int8Array.of(-128, 0, 127),
  halves: Uint16Array.of(0, 65535),
  empty: new Uint32Array(0),
  words: Uint32Array.of(0, 4294967295),
  weights: Float32Array.of(-1.5, 1e-40, Number.POSITIVE_INFINITY),
}
const packed = packModel(header, arrays)
const badFile = (message: RegExp) =>
  expect.objectContaining({
    code: 'bad-file',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(/./),
  })

it('gives back header and arrays as they were', () => {
  expect(unpackModel(packed, expected)).toEqual({ header, arrays })
})

it('gives back any arrays, also from the middle of a larger buffer', () => {
  const anyArray = fc.oneof(fc.float32Array(), fc.uint32Array(), fc.int8Array(), fc.uint16Array())
  fc.assert(
    fc.property(fc.array(anyArray), fc.nat(9), (list, shift) => {
      const given = Object.fromEntries(list.map((array, index) => [`array ${index}`, array]))
      const bytes = packModel(header, given)
      const larger = new Uint8Array(bytes.length + shift + 5)
      larger.set(bytes, shift)
      expect(unpackModel(larger.subarray(shift, shift + bytes.length), expected).arrays).toEqual(given)
    }),
  )
})

it('writes numbers little-endian, as the file is to be the same on every machine', () => {
  expect([...packModel(header, { one: Uint32Array.of(0x01020304) }).slice(-4)]).toEqual([4, 3, 2, 1])
})

describe('never takes for a model what is not the whole of one', () => {
  it('refuses it cut off anywhere', () => {
    for (let length = 0; length < packed.length; length++) {
      expect(() => unpackModel(packed.subarray(0, length), expected)).toThrow(badFile(/cut short|not a model/))
    }
  })

  it('refuses it with any bit changed', () => {
    for (let bit = 0; bit < packed.length * 8; bit++) {
      const changed = Uint8Array.from(packed)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => unpackModel(changed, expected)).toThrow(badFile(/damaged|not a model|cut short|newer/))
    }
  })

  it('refuses it with something after it', () => {
    expect(() => unpackModel(Uint8Array.from([...packed, 0]), expected)).toThrow(badFile(/damaged/))
  })

  it('refuses any other file', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(() => unpackModel(bytes, expected)).toThrow(badFile(/not a model/))
      }),
    )
  })
})

it('refuses models of another kind, and says which kind it is', () => {
  expect(() => unpackModel(packed, { kind: 'owl', version: 3 })).toThrow(badFile(/of the kind parrot, not owl/))
})

it('refuses models of a newer or older version, and a newer layout', () => {
  expect(() => unpackModel(packed, { kind: 'parrot', version: 2 })).toThrow(badFile(/newer/))
  expect(() => unpackModel(packed, { kind: 'parrot', version: 4 })).toThrow(badFile(/older/))
  const newer = Uint8Array.from(packed)
  newer[8] = 2
  expect(() => unpackModel(newer, expected)).toThrow(badFile(/newer/))
})

/** Encodes few different texts: frequent ones by themselves, rare ones together. */
import { BulkRandom } from '../../../stats/bulk-random.ts'
import type { RandomStream } from '../../../stats/random-stream.ts'
import { aliasTables } from '../alias-tables.ts'
import type { CategoryModel } from '../fitted-table.ts'

/**
 * @param codes places in a dictionary of `size` texts, −1 for null; at least one is not null.
 * @param most codes to tell apart, at least 2.
 */
export function fitCategory(codes: Int32Array, size: number, most: number): CategoryModel {
  const counts = new Float64Array(size)
  let nulls = false
  for (const code of codes) {
    if (code < 0) nulls = true
    else counts[code]!++
  }
  return categoryModel(counts, nulls, most)
}

/** By counts, one for each text of the dictionary; those that count nothing are left out. */
export function categoryModel(counts: ArrayLike<number>, nulls: boolean, most: number): CategoryModel {
  const category = Array.from(counts, (_, text) => text)
    .filter(text => counts[text]! > 0)
    .sort((one, other) => counts[other]! - counts[one]! || one - other)
  const alone = category.length <= most ? category.length : most >> 1
  const first = category.slice(0, alone).map((_, place) => place)
  const rest = category.slice(alone)
  const perCode = rest.reduce((sum, text) => sum + counts[text]!, 0) / (most - alone)
  let held = 0
  rest.forEach((text, place) => {
    if (place === 0 || held >= perCode) {
      first.push(alone + place)
      held = 0
    }
    held += counts[text]!
  })
  first.push(category.length)
  return { kind: 'category', first, category, count: category.map(text => counts[text]!), nulls }
}

export function categorySize(model: CategoryModel): number {
  return model.first.length - 1 + (model.nulls ? 1 : 0)
}

/** @param codeOf by place in the dictionary of the codes, what the model calls it; −1 for what it does not know, which gets the last code of all. */
export function encodeCategories(model: CategoryModel, codes: Int32Array, places?: Int32Array): Uint16Array {
  const last = model.first.length - 2
  const byText = new Map<number, number>()
  for (let code = 0; code <= last; code++) {
    for (let at = model.first[code]!; at < model.first[code + 1]!; at++) byText.set(model.category[at]!, code)
  }
  const size = places ? places.length : Math.max(-1, ...model.category) + 1
  const table = Uint16Array.from({ length: size }, (_, text) => byText.get(places ? places[text]! : text) ?? last)
  const nullCode = model.nulls ? last + 1 : 0
  const out = new Uint16Array(codes.length)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    out[i] = code < 0 ? nullCode : code < size ? table[code]! : last
  }
  return out
}

/** Draws a text for each code, as its place in the dictionary. */
export type CategoryDecoder = (codes: Uint16Array, random: RandomStream) => Int32Array

export function categoryDecoder(model: CategoryModel): CategoryDecoder {
  const { first, packed } = aliasTables(model.count, model.first)
  const known = first.length - 1
  // One text a code, null last.
  const alone = model.category.length === known ? Int32Array.from([...model.category, -1]) : undefined
  const category = Int32Array.from(model.category)
  return (codes, random) => {
    const out = new Int32Array(codes.length)
    if (alone) {
      for (let i = 0; i < codes.length; i++) out[i] = alone[codes[i]!]!
      return out
    }
    const bulk = new BulkRandom(random, codes.length)
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!
      if (code >= known) {
        out[i] = -1
        continue
      }
      const from = first[code]!
      const size = first[code + 1]! - from
      const x = (bulk.word() >>> 0) * size * 2 ** -32
      const place = x | 0
      const word = packed[from + place]!
      out[i] = category[from + ((x - place) * 65_536 < word >>> 16 ? place : word & 65_535)]!
    }
    return out
  }
}

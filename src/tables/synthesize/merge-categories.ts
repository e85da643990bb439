/** Makes one category of those that too few rows share. */
import type { CategoryColumn } from '../table.ts'
import { type Texts, textsOf } from './texts.ts'

export interface Merged {
  column: CategoryColumn
  /** How many categories became one. */
  merged: number
  label: string
}

/** The rarest categories, as many as it takes: all of fewer than `below` rows, and more until those together have so many. */
export function mergeCategories(column: CategoryColumn, below: number): Merged {
  const texts = textsOf(column)
  const order = texts.dictionary
    .map((_, place) => place)
    .filter(place => texts.counts[place]! > 0)
    .sort((one, other) => texts.counts[one]! - texts.counts[other]! || one - other)
  const rare = new Set<number>()
  let rows = 0
  for (const place of order) {
    if (texts.counts[place]! >= below && (rows === 0 || rows >= below)) break
    rare.add(place)
    rows += texts.counts[place]!
  }
  const label = freeLabel(texts)
  if (rare.size === 0) return { column, merged: 0, label }
  const kept = order.filter(place => !rare.has(place)).sort((one, other) => one - other)
  const placeOf = new Int32Array(texts.dictionary.length).fill(kept.length)
  kept.forEach((place, index) => {
    placeOf[place] = index
  })
  const dictionary = [...kept.map(place => texts.dictionary[place]!), label]
  return {
    column: { ...column, dictionary, codes: texts.codes.map(code => (code < 0 ? -1 : placeOf[code]!)) },
    merged: rare.size,
    label,
  }
}

function freeLabel({ dictionary }: Texts): string {
  return (
    ['other', 'other (merged)', 'other (merged categories)'].find(label => !dictionary.includes(label)) ??
    `other ${dictionary.length}`
  )
}

/** Texts of a column, whichever way they are stored, as places in a dictionary. */
import type { CategoryColumn, TextColumn } from '../table.ts'

export interface Texts {
  /** −1 is null. */
  codes: Int32Array
  dictionary: readonly string[]
  /** How often each text of the dictionary occurs. */
  counts: Float64Array
  /** Rows that are not null. */
  known: number
  /** Texts that occur at all. */
  distinct: number
}

export function textsOf(column: CategoryColumn | TextColumn): Texts {
  const { codes, dictionary } = column.storage === 'codes' ? column : coded(column.values)
  const counts = new Float64Array(dictionary.length)
  let known = 0
  for (const code of codes) {
    if (code < 0) continue
    counts[code]!++
    known++
  }
  return { codes, dictionary, counts, known, distinct: counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0) }
}

function coded(values: readonly (string | null)[]): { codes: Int32Array; dictionary: string[] } {
  const places = new Map<string, number>()
  const codes = Int32Array.from(values, text => {
    if (text === null) return -1
    const place = places.get(text) ?? places.size
    if (place === places.size) places.set(text, place)
    return place
  })
  return { codes, dictionary: [...places.keys()] }
}

/** Some texts that occur, evenly spread, each once. */
export function someTexts({ dictionary, counts }: Texts, most: number): string[] {
  const used = dictionary.filter((_, place) => counts[place]! > 0)
  if (used.length <= most) return used
  return Array.from({ length: most }, (_, place) => used[Math.floor((place * used.length) / most)]!)
}

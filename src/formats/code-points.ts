/** Conversion between the two ways to count characters: code points (Python) and UTF-16 code units (JavaScript). */

const surrogate = /[\ud800-\udfff]/

/** Code points before the UTF-16 offset `offset`; an offset within a pair counts the pair. */
export function toCodePoints(text: string, offset: number): number {
  const before = text.slice(0, offset)
  if (!surrogate.test(before)) return offset
  let count = 0
  for (const _ of before) count++
  return count
}

/** UTF-16 offset of the code point at `offset`; undefined if the text has fewer. */
export function fromCodePoints(text: string, offset: number): number | undefined {
  if (!surrogate.test(text)) return offset <= text.length ? offset : undefined
  let units = 0
  for (let left = offset; left > 0; left--) {
    if (units >= text.length) return undefined
    units += (text.codePointAt(units) as number) > 0xffff ? 2 : 1
  }
  return units
}

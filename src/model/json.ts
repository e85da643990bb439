/** JSON values as types, and the one canonical way to write them when bytes must be equal. */

/** A shape that is to be stored as JSON is written as a type: TypeScript takes no interface for JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * JSON with object keys sorted by code unit and `undefined` members left out, so that equal values give equal bytes.
 * Unpaired surrogates are escaped (well-formed JSON.stringify), so the result is always valid UTF-8.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]))
}

/** Filters and selections as addresses write them: plain text, as the API does; what is given several times is a list. */

export type AddressMembers = Record<string, string | string[]>

/** Nothing is taken for JSON: an id such as `12e4567890` or a label `1.0` stays what it is. */
export function readAddress(search: string): AddressMembers {
  const given = new URLSearchParams(search)
  return Object.fromEntries(
    [...new Set(given.keys())].map(name => {
      const values = given.getAll(name)
      return [name, values.length === 1 ? values[0]! : values]
    }),
  )
}

/** With the leading `?` where there is anything; undefined members are left out. */
export function writeAddress(members: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(members)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one))
    }
  }
  return search.size > 0 ? `?${search}` : ''
}

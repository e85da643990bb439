/** Reads what a JSON Schema says of the form of a value: references, unions, types. */
import type { Json } from '../model/json.ts'

export type Schema = { [key: string]: Json }

/** Follows `$ref` and merges `allOf`. */
export function resolved(schema: Schema, root: Schema, depth = 0): Schema {
  if (depth > 20) return {}
  const { $ref: reference, allOf, ...rest } = schema
  if (typeof reference === 'string') {
    const path = reference.replace(/^#\/?/, '').split('/').filter(Boolean)
    const found = path.reduce<Json | undefined>(
      (at, key) => (isSchema(at) ? at[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
      root,
    )
    return { ...(isSchema(found) ? resolved(found, root, depth + 1) : {}), ...rest }
  }
  const parts = (list(allOf) ?? []).filter(isSchema).map(part => resolved(part, root, depth + 1))
  if (parts.length === 0) return rest
  const all = [...parts, rest]
  return Object.assign({}, ...all, { properties: Object.assign({}, ...all.map(part => part['properties'])) })
}

/** The options of a union; `null` only if there is no other, since it says the least. */
export function alternatives(shape: Schema, root: Schema): Schema[] | undefined {
  const options = (list(shape['anyOf']) ?? list(shape['oneOf']))?.filter(isSchema)
  const speaking = options?.filter(option => resolved(option, root)['type'] !== 'null')
  return speaking?.length ? speaking : options
}

/** The values of a union that consists of constants. */
export function constants(options: Schema[] | undefined): Json[] | undefined {
  const found = options?.map(option => option['const'])
  return found?.length && found.every(each => each !== undefined) ? found : undefined
}

/** The type named, or else the one that the other keywords suggest. */
export function typeOf(shape: Schema): string {
  const types = list(shape['type']) ?? [shape['type']]
  const named = types.find(type => typeof type === 'string' && type !== 'null') ?? types[0]
  if (typeof named === 'string') return named
  return shape['properties'] ? 'object' : shape['items'] || shape['prefixItems'] ? 'array' : 'string'
}

export function list(value: Json | undefined): Json[] | undefined {
  return Array.isArray(value) ? value : undefined
}

export function isSchema(value: Json | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What may stand where the cursor is in a recipe: names of members and, after them, their values, from the recipe’s JSON Schema. */
import { alternativesOf, type Json, resolved, type Schema } from '../../form/json-schema.ts'

/** The part of CodeMirror’s completion context that is needed. */
interface CompletionContext {
  state: { doc: { lineAt(at: number): { number: number; from: number; text: string }; toString(): string } }
  pos: number
  explicit: boolean
}

interface Completion {
  label: string
  type: string
  info?: string
  apply?: string
}

export function recipeCompletions(schema: () => Schema | undefined) {
  return ({ state, pos, explicit }: CompletionContext) => {
    const root = schema()
    const text = state.doc.toString()
    const { number, from, text: line } = state.doc.lineAt(pos)
    const before = line.slice(0, pos - from)
    const value = /^[\s-]*([\w.-]+):\s+([\w.-]*)$/.exec(before)
    const typed = value?.[2] ?? /^[\s-]*([\w.-]*)$/.exec(before)?.[1]
    if (!root || typed === undefined || (typed === '' && !explicit && !value)) return null
    const within = pathAbove(text.split('\n'), number - 1, /^[\s-]*/.exec(before)![0].length)
    const places = schemasAt(root, text, value ? [...within, value[1]!] : within)
    const options = value ? valuesOf(places, root) : membersOf(places, root)
    return options.length === 0 ? null : { from: pos - typed.length, options, validFor: /^[\w.-]*$/ }
  }
}

/** Names of the members that a line stands in, from the root; list items have no name. */
function pathAbove(lines: string[], at: number, indent: number): string[] {
  const path: string[] = []
  let depth = indent
  for (let row = at - 1; row >= 0 && depth > 0; row--) {
    const [, lead = '', name] = /^([\s-]*)([\w.-]+):/.exec(lines[row]!) ?? []
    // A dash counts as indentation, so that what stands beside a list’s name is above its items.
    if (name === undefined || lead.length >= depth || (lead.length > 0 && lead.includes('-') && lead.length >= indent))
      continue
    path.unshift(name)
    depth = lead.replace(/-.*$/, '').length
  }
  return path
}

/** Every schema that may hold there: of unions all alternatives, but of the recipe itself that of its generator. */
function schemasAt(root: Schema, text: string, path: string[]): Schema[] {
  const kind = /^generator:\s*["']?([\w.-]+)/m.exec(text)?.[1]
  const recipes = spread(root, root)
  const own = recipes.filter(({ properties }) => properties?.['generator']?.const === kind)
  return path.reduce<Schema[]>(
    (places, name) =>
      places.flatMap(({ properties, additionalProperties }) => {
        const member =
          properties?.[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
        return member ? spread(member, root) : []
      }),
    own.length > 0 ? own : recipes,
  )
}

/** A schema as the objects and values it may be; lists are looked through. */
function spread(schema: Schema, root: Schema, depth = 0): Schema[] {
  const found = resolved(schema, root)
  const alternatives = alternativesOf(found, root)
  if (depth > 6) return []
  if (alternatives.length > 0) return alternatives.flatMap(each => spread(each, root, depth + 1))
  return found.items ? [found, ...spread(found.items, root, depth + 1)] : [found]
}

function membersOf(places: Schema[], root: Schema): Completion[] {
  const members = new Map<string, Completion>()
  for (const { properties = {} } of places) {
    for (const [name, member] of Object.entries(properties)) {
      const info = resolved(member, root).description
      if (!members.has(name))
        members.set(name, { label: name, type: 'property', apply: `${name}: `, ...(info !== undefined && { info }) })
    }
  }
  return [...members.values()]
}

function valuesOf(places: Schema[], root: Schema): Completion[] {
  const words = new Map<string, string | undefined>()
  for (const place of places.flatMap(each => spread(each, root))) {
    const values: Json[] =
      place.const !== undefined ? [place.const] : (place.enum ?? (place.type === 'boolean' ? [true, false] : []))
    for (const value of values) words.set(String(value), place.const === undefined ? undefined : place.description)
  }
  return [...words].map(([label, info]) => ({ label, type: 'constant', ...(info !== undefined && { info }) }))
}

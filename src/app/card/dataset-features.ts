/** The features of a dataset's columns, as the head of a Hugging Face card describes them. */
import type { Json } from '../../model/json.ts'

/** What all values of a column are; `null` where none was seen. */
type Shape = 'null' | 'string' | 'bool' | 'int64' | 'float64' | { list: Shape } | { struct: Map<string, Shape> }

/** A column whose values are of no one kind stops the description: a loader would refuse the files for it. */
interface Mixed {
  mixed: true
}

export interface FeatureSurvey {
  observe(members: ReadonlyMap<string, Json>): void
  /** As `dataset_info.features`, by column in the order they were first met; or the columns that are of no one kind. */
  features(classes: Record<string, string[]>): { features: object[] } | { mixed: string[] }
}

/** `classes`: names, in their order, of columns that hold class labels, alone or in lists. */
export function surveyFeatures(): FeatureSurvey {
  const shapes = new Map<string, Shape | Mixed>()
  return {
    observe(members) {
      for (const [column, value] of members) {
        const before = shapes.get(column) ?? 'null'
        if (!isMixed(before)) shapes.set(column, joined(before, shapeOf(value)))
      }
    },
    features(classes) {
      const mixed = [...shapes].filter(([, shape]) => isMixed(shape)).map(([column]) => column)
      if (mixed.length > 0) return { mixed }
      return { features: [...shapes].map(([name, shape]) => feature(name, shape as Shape, classes[name])) }
    },
  }
}

function isMixed(shape: Shape | Mixed): shape is Mixed {
  return typeof shape === 'object' && 'mixed' in shape
}

function shapeOf(value: Json): Shape | Mixed {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'int64' : 'float64'
  if (Array.isArray(value)) {
    const items = value.map(shapeOf).reduce(joinedOrMixed, 'null')
    return isMixed(items) ? items : { list: items }
  }
  const members = Object.entries(value).map(([name, member]) => [name, shapeOf(member)] as const)
  const struct = members.filter((member): member is readonly [string, Shape] => !isMixed(member[1]))
  return struct.length < members.length ? { mixed: true } : { struct: new Map(struct) }
}

function joinedOrMixed(a: Shape | Mixed, b: Shape | Mixed): Shape | Mixed {
  return isMixed(a) ? a : joined(a, b)
}

/** The shape that values of both have. */
function joined(a: Shape, b: Shape | Mixed): Shape | Mixed {
  if (isMixed(b) || a === b || b === 'null') return isMixed(b) ? b : a
  if (a === 'null') return b
  if (typeof a === 'string' || typeof b === 'string') {
    return [a, b].every(shape => shape === 'int64' || shape === 'float64') ? 'float64' : { mixed: true }
  }
  if ('list' in a && 'list' in b) {
    const list = joined(a.list, b.list)
    return isMixed(list) ? list : { list }
  }
  if (!('struct' in a && 'struct' in b)) return { mixed: true }
  const struct = new Map(a.struct)
  for (const [name, shape] of b.struct) {
    const member = joined(struct.get(name) ?? 'null', shape)
    if (isMixed(member)) return member
    struct.set(name, member)
  }
  return { struct }
}

function feature(name: string, shape: Shape, classes: string[] | undefined): object {
  if (!classes) return { name, ...typeOf(shape) }
  const names = Object.fromEntries(classes.map((label, number) => [String(number), label]))
  const type = { class_label: { names } }
  return typeof shape === 'object' && 'list' in shape ? { name, sequence: type } : { name, dtype: type }
}

function typeOf(shape: Shape): object {
  if (typeof shape === 'string') return { dtype: shape }
  if ('struct' in shape) return { struct: [...shape.struct].map(([name, member]) => feature(name, member, undefined)) }
  const { list } = shape
  // Of lists that were all empty, nothing is known: text takes them.
  if (typeof list === 'string') return { sequence: list === 'null' ? 'string' : list }
  return 'struct' in list ? { list: (typeOf(list) as { struct: object[] }).struct } : { sequence: typeOf(list) }
}

/** The fields of structured records as a list to edit, and back as a recipe writes them. */

/** A field; members that the editor does not show stay in `rest`. */
export interface EditedField {
  name: string
  description: string
  /** Empty: by default. */
  type: string
  values: (string | number | boolean)[]
  rest: Record<string, unknown>
}

export type Quotas = Record<string, Record<string, number>>

/** What a recipe without `fields` gets. */
const usual = {
  input: 'a question or a task, as the people concerned would put it',
  context: 'the situation, with the facts and figures that an answer needs',
  output: 'the full answer, which follows from the context',
}

/** Of a mapping by name, or of a list of names and of objects that say theirs. */
export function fieldList(fields: unknown): EditedField[] {
  if (Array.isArray(fields)) {
    return fields.map(field => {
      if (typeof field !== 'object' || field === null) return fieldOf(String(field), '')
      const { name = '', ...member } = field as Record<string, unknown>
      return fieldOf(String(name), member)
    })
  }
  const named = typeof fields === 'object' && fields !== null ? fields : usual
  return Object.entries(named).map(([name, member]) => fieldOf(name, member))
}

function fieldOf(name: string, member: unknown): EditedField {
  if (typeof member !== 'object' || member === null) {
    return { name, description: String(member ?? ''), type: '', values: [], rest: {} }
  }
  const { description = '', type = '', values = [], ...rest } = member as Record<string, unknown>
  return {
    name,
    description: String(description),
    type: String(type),
    values: Array.isArray(values) ? values : [],
    rest,
  }
}

/** Always a list, so that a name that is empty or there twice while it is typed takes nothing away. */
export function writtenFields(fields: EditedField[]): unknown[] {
  return fields.map(({ name, description, type, values, rest }) => ({
    name,
    ...(description !== '' && { description }),
    ...(type !== '' && { type }),
    ...(values.length > 0 && { values }),
    ...rest,
  }))
}

/** Quotas of values that are still there, under the names fields have now. */
export function followFields(quotas: Quotas, before: EditedField[], after: EditedField[]): Quotas {
  const renamed =
    before.length === after.length ? new Map(before.map(({ name }, at) => [name, after[at]!.name])) : new Map()
  const entries = Object.entries(quotas).flatMap(([name, counts]) => {
    const field = after.find(each => each.name === (renamed.get(name) ?? name))
    if (!field) return []
    const kept = Object.entries(counts).filter(
      ([value]) => field.values.length === 0 || field.values.map(String).includes(value),
    )
    return kept.length === 0 ? [] : [[field.name, Object.fromEntries(kept)] as const]
  })
  return Object.fromEntries(entries)
}

/** Templates and slots as people write them, and what can be wrong with them. */

/** What YAML may make of an unquoted text. */
type PlainValue = string | number | boolean

/** A slot's value. `plural` overrides the rules; `label` goes to the record; `entity` makes a span. */
type SlotValue = PlainValue | { value: PlainValue; weight?: number; plural?: string; label?: string; entity?: string }

export type SlotDefinition = SlotValue[] | { entity?: string; values: SlotValue[] }

/** A template: its text, or several named fields. Exactly one of `text` and `fields` is there. */
export type TemplateDefinition =
  | string
  | { text?: string; fields?: Record<string, string>; label?: string; weight?: number }

export interface TemplateSet {
  templates: TemplateDefinition[]
  slots: Record<string, SlotDefinition>
}

export type TemplatePath = (string | number)[]

/** One fault, and the member of the template set that has it. */
export interface TemplateIssue {
  path: TemplatePath
  message: string
}

/** A text with the member it stands at. */
export interface TextAt {
  text: string
  path: TemplatePath
}

/** The texts of a template, by field. */
export function fieldsOf(template: TemplateDefinition, path: TemplatePath): Map<string, TextAt> {
  if (typeof template === 'string') return new Map([['text', { text: template, path }]])
  const fields = new Map<string, TextAt>()
  if (template.text !== undefined) fields.set('text', { text: template.text, path: [...path, 'text'] })
  for (const [name, text] of Object.entries(template.fields ?? {})) {
    fields.set(name, { text, path: [...path, 'fields', name] })
  }
  return fields
}

export interface ValueAt {
  singular: TextAt
  plural?: TextAt
  weight: number
  label?: string
  entity?: string
}

/** The values of a slot, with the slot's entity where a value has none of its own. */
export function valuesOf(slot: SlotDefinition, path: TemplatePath): ValueAt[] {
  const listed = Array.isArray(slot)
  return (listed ? slot : slot.values).map((value, index) => {
    const at = listed ? [...path, index] : [...path, 'values', index]
    const entity = listed ? undefined : slot.entity
    if (typeof value !== 'object') return { singular: { text: String(value), path: at }, weight: 1, entity }
    return {
      singular: { text: String(value.value), path: [...at, 'value'] },
      plural: value.plural === undefined ? undefined : { text: value.plural, path: [...at, 'plural'] },
      weight: value.weight ?? 1,
      label: value.label,
      entity: value.entity ?? entity,
    }
  })
}

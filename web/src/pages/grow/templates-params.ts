/** Parameters of `template` as the panel reads and changes them: each member stays as it was written until it is changed. */

type Params = Record<string, unknown>

export interface Template {
  /** By field; `text` alone for the usual one. */
  fields: Record<string, string>
  label: string
  weight: number
}

export interface Value {
  value: string
  weight: number
  plural: string
  label: string
  entity: string
}

export interface Slot {
  entity: string
  values: Value[]
}

function isMapping(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}

function weightOf(value: unknown): number {
  return typeof value === 'number' ? value : 1
}

export function templatesIn({ templates }: Params): Template[] {
  if (!Array.isArray(templates)) return []
  return templates.map(given => {
    if (!isMapping(given)) return { fields: { text: text(given) }, label: '', weight: 1 }
    const fields = isMapping(given['fields'])
      ? Object.fromEntries(Object.entries(given['fields']).map(([name, value]) => [name, text(value)]))
      : { text: text(given['text']) }
    return { fields, label: text(given['label']), weight: weightOf(given['weight']) }
  })
}

/** Written as people do: without members that say what holds anyway. */
export function withTemplates(params: Params, templates: Template[]): Params {
  return { ...params, templates: templates.map(writtenTemplate) }
}

function writtenTemplate({ fields, label, weight }: Template) {
  const names = Object.keys(fields)
  const only = names.length === 1 && names[0] === 'text'
  if (only && label === '' && weight === 1) return fields['text']
  return {
    ...(only ? { text: fields['text'] } : { fields }),
    ...(label !== '' && { label }),
    ...(weight !== 1 && { weight }),
  }
}

export function slotsIn({ slots }: Params): Record<string, Slot> {
  if (!isMapping(slots)) return {}
  return Object.fromEntries(
    Object.entries(slots).map(([name, given]) => {
      const listed = isMapping(given) ? given['values'] : given
      return [
        name,
        {
          entity: isMapping(given) ? text(given['entity']) : '',
          values: Array.isArray(listed) ? listed.map(valueIn) : [],
        },
      ]
    }),
  )
}

function valueIn(given: unknown): Value {
  const { value, weight, plural, label, entity } = isMapping(given) ? given : ({ value: given } as Params)
  return {
    value: text(value),
    weight: weightOf(weight),
    plural: text(plural),
    label: text(label),
    entity: text(entity),
  }
}

export function withSlot(params: Params, name: string, slot: Slot | undefined): Params {
  const slots = isMapping(params['slots']) ? params['slots'] : {}
  const { [name]: _, ...others } = slots
  if (slot === undefined) return { ...params, slots: others }
  const values = slot.values.map(writtenValue)
  return { ...params, slots: { ...slots, [name]: slot.entity === '' ? values : { entity: slot.entity, values } } }
}

function writtenValue({ value, weight, plural, label, entity }: Value) {
  if (weight === 1 && plural === '' && label === '' && entity === '') return value
  return {
    value,
    ...(weight !== 1 && { weight }),
    ...(plural !== '' && { plural }),
    ...(label !== '' && { label }),
    ...(entity !== '' && { entity }),
  }
}

/** Parameters of `templatic` as the panel reads and changes them. */

export type Params = Record<string, unknown>

export interface Template {
  text: string
  labels: string[]
}

export function templatesIn({ templates }: Params): Template[] {
  if (!Array.isArray(templates)) return []
  return templates.map(given => {
    if (typeof given !== 'object' || given === null) return { text: String(given), labels: [] }
    const { text, label } = given as { text?: unknown; label?: unknown }
    return { text: String(text ?? ''), labels: [label ?? []].flat().map(String) }
  })
}

/** Written as people do: a template without a label is a text. */
export function withTemplates(params: Params, templates: Template[]): Params {
  const { templates: _, ...rest } = params
  return templates.length === 0 ? rest : { ...rest, templates: templates.map(written) }
}

function written({ text, labels }: Template) {
  if (labels.length === 0) return text
  return { text, label: labels.length === 1 ? labels[0] : labels }
}

export function valuesIn({ values }: Params): Record<string, string[]> {
  if (typeof values !== 'object' || values === null) return {}
  return Object.fromEntries(Object.entries(values).map(([slot, list]) => [slot, [list ?? []].flat().map(String)]))
}

/** No values: those of the project. */
export function withValues(params: Params, slot: string, texts: string[]): Params {
  const { values: _, ...rest } = params
  const { [slot]: __, ...others } = valuesIn(params)
  const values = texts.length === 0 ? others : { ...others, [slot]: texts }
  return Object.keys(values).length === 0 ? rest : { ...rest, values }
}

export function plainIn({ plain }: Params): string[] {
  return Array.isArray(plain) ? plain.map(String) : []
}

export function numberIn(params: Params, name: string, usual: number): number {
  const value = params[name]
  return typeof value === 'number' ? value : usual
}

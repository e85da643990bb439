/** Reads every text of a template set and finds what is wrong with it, each fault at the member that has it. */
import { nearestName } from './nearest-name.ts'
import { parseTemplate, type SlotReference, slotNamePattern, TemplateSyntaxError } from './template-parser.ts'
import {
  fieldsOf,
  type TemplateDefinition,
  type TemplateIssue,
  type TemplatePath,
  type TemplateSet,
  type TextAt,
  type ValueAt,
  valuesOf,
} from './template-set.ts'

export type ParsedText = (string | SlotReference)[]

export interface ParsedValue extends Omit<ValueAt, 'singular' | 'plural'> {
  singular: ParsedText
  plural?: ParsedText
}

export interface ParsedTemplate {
  path: TemplatePath
  fields: { name: string; text: ParsedText }[]
  label?: string
  weight: number
}

export interface ParsedSet {
  templates: ParsedTemplate[]
  slots: Map<string, ParsedValue[]>
  issues: TemplateIssue[]
}

/** Parses a set whose shape is right (lists not empty, weights above 0). With issues, the rest of the result is not to be used. */
export function parseTemplateSet(set: TemplateSet): ParsedSet {
  const reader = new Reader(Object.keys(set.slots))
  const templates = set.templates.map((template, index) => reader.template(template, ['templates', index]))
  const slots = new Map(
    Object.entries(set.slots).map(([name, slot]) => [
      name,
      valuesOf(slot, ['slots', name]).map(value => reader.value(name, value)),
    ]),
  )
  for (const name of slots.keys()) {
    if (!slotNamePattern.test(name)) {
      reader.issues.push({
        path: ['slots', name],
        message: `"${name}" is no slot name; use letters, digits, "_" and "-", a letter first`,
      })
    }
  }
  return { templates, slots, issues: [...reader.issues, ...findCycles(reader.uses)] }
}

/** Keys of the draws that texts ask for, in order: a mention's is its own, any other is numbered per slot. */
export class DrawKeys {
  readonly #seen = new Map<string, number>()

  of(name: string, mention: string | undefined): string {
    if (mention !== undefined) return `${name}#${mention}`
    const nth = this.#seen.get(name) ?? 0
    this.#seen.set(name, nth + 1)
    return `${name}/${nth}`
  }
}

/** A use of slot `to` in a value of slot `from`, written at `path`. */
interface Use {
  from: string
  to: string
  path: TemplatePath
}

class Reader {
  readonly issues: TemplateIssue[] = []
  readonly uses: Use[] = []
  readonly #slotNames: string[]

  constructor(slotNames: string[]) {
    this.#slotNames = slotNames
  }

  template(template: TemplateDefinition, path: TemplatePath): ParsedTemplate {
    const at = [...fieldsOf(template, path)]
    if (typeof template !== 'string' && (template.text === undefined) === (template.fields === undefined)) {
      this.issues.push({ path, message: 'a template has either "text" or "fields"; give exactly one of them' })
    }
    const fields = at.map(([name, text]) => ({ name, text: this.#parse(text) }))
    this.#checkMentions(
      fields.flatMap(field => field.text),
      at[0]?.[1].path ?? path,
    )
    if (typeof template === 'string') return { path, fields, weight: 1 }
    return { path, fields, label: template.label, weight: template.weight ?? 1 }
  }

  value(slot: string, value: ValueAt): ParsedValue {
    const singular = this.#parse(value.singular, slot)
    const plural = value.plural && this.#parse(value.plural, slot)
    this.#checkMentions(singular, value.singular.path)
    if (plural && value.plural && keysIn(singular) !== keysIn(plural)) {
      this.issues.push({
        path: value.plural.path,
        message: 'a plural must use the same slots as its value, each as often, so that both are the same draw',
      })
    }
    return { ...value, singular, plural }
  }

  #parse({ text, path }: TextAt, usedIn?: string): ParsedText {
    try {
      const parts = parseTemplate(text)
      for (const part of parts) if (typeof part !== 'string') this.#checkSlot(part.slot, path, usedIn)
      return parts
    } catch (error) {
      if (!(error instanceof TemplateSyntaxError)) throw error
      this.issues.push({ path, message: error.message })
      return []
    }
  }

  #checkSlot(name: string, path: TemplatePath, usedIn: string | undefined): void {
    if (this.#slotNames.includes(name)) {
      if (usedIn !== undefined) this.uses.push({ from: usedIn, to: name, path })
      return
    }
    const near = nearestName(name, this.#slotNames)
    const known = this.#slotNames.slice(0, 10).join(', ')
    const hint = near ? `did you mean "${near}"?` : known ? `there are ${known}` : 'add it under "slots"'
    this.issues.push({ path, message: `there is no slot "${name}"; ${hint}` })
  }

  /** A mention used once would mislead: it looks as if it repeated a draw made elsewhere. */
  #checkMentions(parts: ParsedText, path: TemplatePath): void {
    const mentions = parts.flatMap(part =>
      typeof part === 'string' || part.mention === undefined ? [] : [`${part.slot}#${part.mention}`],
    )
    for (const mention of new Set(mentions)) {
      if (mentions.indexOf(mention) !== mentions.lastIndexOf(mention)) continue
      this.issues.push({
        path,
        message: `"${mention}" is used once here; "#" repeats a draw within one template or one value, so use it twice or drop it`,
      })
    }
  }
}

function keysIn(parts: ParsedText): string {
  const keys = new DrawKeys()
  const found = new Set<string>()
  for (const part of parts) {
    if (typeof part === 'string') continue
    if (part.count) found.add(keys.of(countName(part.count), part.mention))
    found.add(keys.of(part.slot, part.mention))
  }
  return [...found].sort().join()
}

/** The name under which a number is drawn, as if it were a slot. */
export function countName(count: { low: number; high: number }): string {
  return `${count.low}..${count.high}`
}

function findCycles(uses: Use[]): TemplateIssue[] {
  const issues: TemplateIssue[] = []
  const from = Map.groupBy(uses, use => use.from)
  const done = new Set<string>()
  const visit = (slot: string, trail: string[]): void => {
    for (const use of from.get(slot) ?? []) {
      const start = trail.indexOf(use.to)
      if (start >= 0) {
        const circle = [...trail.slice(start), use.to].join(' → ')
        issues.push({ path: use.path, message: `slots go in a circle: ${circle}; take one of them out of the other` })
      } else if (!done.has(use.to)) visit(use.to, [...trail, use.to])
    }
    done.add(slot)
  }
  for (const slot of from.keys()) if (!done.has(slot)) visit(slot, [slot])
  return issues
}

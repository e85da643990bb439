/**
 * The template language, compiled: texts with slots become draws and parts that expand fast, or a list of what is wrong.
 *
 * `{slot}` stands for one of the slot's values, drawn by weight; values may hold slots themselves. `{a slot}`, `{A slot}`
 * put the indefinite article before it, `{2..5 slot}` a number; `|plural`, `|capital`, `|upper`, `|lower` change the slot's
 * own letters. `{slot#1}` repeats one draw within its template (all fields) or within its value. `{{` and `}}` are braces.
 */
import { type ParsedTemplate, parseTemplateSet } from './template-check.ts'
import { TemplateLinker } from './template-linker.ts'
import { addChance, hasLabels, type Outcomes, WeightedChoice } from './template-outcomes.ts'
import type { SlotReference } from './template-parser.ts'
import type { TemplateIssue, TemplateSet } from './template-set.ts'

/** The label a draw must come out with: a label, none (`null`), or whichever (`undefined`). */
export type Wanted = string | null | undefined

export interface Reference extends Pick<SlotReference, 'article' | 'plural' | 'letterCase'> {
  /** Which of the draws it shows. */
  draw: number
  /** Which of the draws is the number before it, if there is one. */
  count?: number
  /** Whether a space before it is idle when it expands to nothing: the text ends, or a space or closing mark follows. */
  closes: boolean
}

export type Part = string | Reference

export interface NumberDraw {
  low: number
  high: number
}

export interface Sequence {
  draws: (CompiledSlot | NumberDraw)[]
  labelled: boolean
  /** Per label: the probability that it is the first one drawn from place `i` on. */
  tails: Map<string, number[]>
  outcomes: Outcomes
}

export interface CompiledValue {
  singular: Part[]
  plural: Part[]
  sequence: Sequence
  label?: string
  entity?: string
}

export interface CompiledSlot {
  labelled: boolean
  outcomes: Outcomes
  free: WeightedChoice<CompiledValue>
  /** Values by the label that must come out. */
  choices: Map<string | null, WeightedChoice<CompiledValue>>
}

export interface CompiledTemplate {
  fields: { name: string; parts: Part[] }[]
  sequence: Sequence
  label?: string
}

interface TemplateCell {
  choice: WeightedChoice<{ template: CompiledTemplate; wanted: Wanted }>
  /** Combinations of template and values that end here: no fewer than there are different texts. */
  ways: bigint
}

/** Cells by label; the key `null` stands for texts without one and is there only if no text has any. */
export interface CompiledTemplates {
  cells: Map<string | null, TemplateCell>
  unusedSlots: string[]
}

/** Compiles a set whose shape is right (lists not empty, weights above 0), or says what is wrong with it and where. */
export function compileTemplates(
  set: TemplateSet,
): { compiled: CompiledTemplates; issues: [] } | { compiled?: undefined; issues: TemplateIssue[] } {
  const parsed = parseTemplateSet(set)
  if (parsed.issues.length > 0) return { issues: parsed.issues }
  const linker = new TemplateLinker(parsed)
  const templates = parsed.templates.map(template => linker.template(template))
  const outcomes = templates.map(({ label, sequence }) => withOwnLabel(sequence.outcomes, label))
  const issues = findUnlabelled(parsed.templates, outcomes)
  if (issues.length > 0) return { issues }
  const unusedSlots = [...parsed.slots.keys()].filter(name => !linker.isUsed(name))
  return { compiled: { cells: cellsOf(parsed.templates, templates, outcomes), unusedSlots }, issues: [] }
}

function withOwnLabel(outcomes: Outcomes, label: string | undefined): Outcomes {
  const own: Outcomes = new Map()
  for (const [drawn, chance] of outcomes) addChance(own, drawn ?? label ?? null, chance.weight, chance.ways)
  return own
}

function findUnlabelled(parsed: ParsedTemplate[], outcomes: Outcomes[]): TemplateIssue[] {
  if (!outcomes.some(hasLabels)) return []
  return parsed
    .filter((_, index) => outcomes[index]!.has(null))
    .map(({ path }) => ({
      path,
      message: 'this template can come out without a label while others have one; give it a "label"',
    }))
}

function cellsOf(
  parsed: ParsedTemplate[],
  templates: CompiledTemplate[],
  outcomes: Outcomes[],
): CompiledTemplates['cells'] {
  const labels = new Set(outcomes.flatMap(outcome => [...outcome.keys()]))
  return new Map(
    [...labels].map(label => {
      const items = templates.flatMap((template, index) => {
        const { weight } = parsed[index]!
        return [...template.sequence.outcomes]
          .filter(([drawn]) => (drawn ?? template.label ?? null) === label)
          .map(([wanted, chance]) => ({ item: { template, wanted }, weight: weight * chance.weight }))
      })
      const ways = outcomes.reduce((sum, outcome) => sum + (outcome.get(label)?.ways ?? 0n), 0n)
      return [label, { choice: new WeightedChoice(items), ways }]
    }),
  )
}

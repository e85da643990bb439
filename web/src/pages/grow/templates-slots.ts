/** Slots in the texts of templates, read only as far as colours and lists need it; whether they are right the server says. */
import { labelColour } from '../../../../src/model/label-colours.ts'

interface TemplatePart {
  text: string
  /** Name of the slot that it stands for. */
  slot?: string
}

/** The text in order, slots apart; doubled braces are plain ones. */
export function partsOf(template: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let from = 0
  for (const found of template.matchAll(/\{\{|\}\}|\{([^{}]*)\}/g)) {
    const slot = found[1] === undefined ? '' : slotName(found[1])
    if (slot === '') continue
    if (found.index > from) parts.push({ text: template.slice(from, found.index) })
    parts.push({ text: found[0], slot })
    from = found.index + found[0].length
  }
  if (from < template.length) parts.push({ text: template.slice(from) })
  return parts
}

/** `2..5 item#1|plural` is of the slot item. */
function slotName(written: string): string {
  return written
    .replace(/\|.*$/s, '')
    .replace(/#\d+\s*$/, '')
    .trim()
    .replace(/^(?:[aA]n?|\d+(?:\.\.\d+)?)\s+/, '')
}

/** Names in the order they come, each once. */
export function slotsIn(templates: readonly string[]): string[] {
  return [...new Set(templates.flatMap(text => partsOf(text).flatMap(({ slot }) => slot ?? [])))]
}

/** The same colour for a slot wherever it stands: by its place among all of them. */
export function slotColours(slots: readonly string[]): (slot: string) => string {
  const labels = [...slots]
  return slot => labelColour(slot, { labels, colours: undefined })
}

/** What is wrong at a place, without the place. */
export function problemAt(problems: readonly { path: string; message: string }[], path: string): string | undefined {
  const found = problems.find(problem => problem.path === path || problem.path.startsWith(`${path}.`))
  return found?.message.replace(/^(?:params\.)?(?:templates|slots)[\w.[\]-]*: /, '')
}

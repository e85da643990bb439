/** Has the teacher reword a template, and keeps what has exactly the same placeholders. */
import { z } from 'zod'
import type { Ask, AskRequest, Proposal } from '../../engine/define.ts'
import { articleFor, capitalised } from '../../text/agreement.ts'
import { foldText } from '../../text/normalize.ts'
import { parseTemplate, type SlotReference, TemplateSyntaxError } from '../../text/template-parser.ts'
import { outputLimit, quoted, taggedList } from '../prompt-slots.ts'
import { listReply, readItems } from '../reply-items.ts'
import type { SlotValues } from './fill-template.ts'
import { templaticPrompt } from './templatic.prompt.ts'

/** What is to be reworded. */
export interface Rewording {
  template: string
  labels: string[]
  count: number
  slots: Record<string, SlotValues>
  /** What the dataset is for. */
  instructions: string
  temperature: number
}

export interface Extras {
  /** Each with the call it came from. */
  templates: { text: string; call: string }[]
  /** What could not be used, as candidates that say why. */
  rejects: (Proposal & { reject: NonNullable<Proposal['reject']> })[]
}

/** Where the first reply does not bring enough, what is lacking is asked for once more. */
const mostQuestions = 2
const valuesShown = 3
/** Rejected rewordings that are shown with the second question. */
const mostUnusable = 5

/**
 * At most `count` rewordings. Equal questions are paid once, whoever asks them: all units of a cell, and a run that goes on.
 * `field` is the one in which rejects show what was written.
 */
export async function askExtras(rewording: Rewording, field: string, ask: Ask): Promise<Extras> {
  const extras: Extras = { templates: [], rejects: [] }
  for (let question = 0; question < mostQuestions; question++) {
    const missing = rewording.count - extras.templates.length
    if (missing === 0) break
    const answer = await ask(rewordingRequest(rewording, extras))
    const { call } = answer
    if (answer.kind === 'refused') {
      const reject = { critic: 'refused', reason: answer.text.slice(0, 300) }
      extras.rejects.push({ fields: { [field]: rewording.template }, call, index: 0, reject })
      break
    }
    const items = readItems(answer.value.templates, missing, answer.truncated)
    for (const [index, item] of items.entries()) {
      const { text } = item
      const reject = item.reject ?? faultOf(text, rewording.template, extras.templates)
      if (reject) extras.rejects.push({ fields: { [field]: text }, call, index, reject })
      else if (extras.templates.length < rewording.count) extras.templates.push({ text, call })
    }
  }
  return extras
}

/** The question, given what earlier ones brought. */
export function rewordingRequest(
  { template, labels, count, slots, instructions, temperature }: Rewording,
  { templates, rejects }: Extras = { templates: [], rejects: [] },
): AskRequest<{ templates: unknown[] }> {
  const missing = count - templates.length
  const unusable = rejects
    .slice(0, mostUnusable)
    .map(({ fields, reject }) => `${quoted(Object.values(fields!).join())}: ${reject.reason}`)
  const label = labels.map(each => JSON.stringify(each)).join(' and ')
  return {
    prompt: templaticPrompt.id,
    once: true,
    messages: templaticPrompt.render({
      count: String(missing),
      about: instructions.trim() && `What the dataset is for: ${instructions.trim()}\n`,
      template: taggedList('The template:', 'template', [quoted(template)]),
      placeholders: taggedList(
        'Its placeholders, how often each has to be there, and what values are like:',
        'placeholders',
        [...placeholdersIn(template)].map(([written, { part, times }]) => {
          const values = slots[part.slot]!.texts.slice(0, valuesShown).map(quoted)
          return [`${written} ${often(times)}, as in ${values.join(', ')}`, ...comingWith(part)].join('; ')
        }),
      ),
      unusable: taggedList('These could not be used:', 'unusable', unusable),
      written: taggedList(
        'Written already; do not write them again:',
        'written',
        templates.map(({ text }) => quoted(text)),
      ),
      label: label && `- With whatever values, it must still clearly belong to the label ${label}.`,
      braces: /\{\{|\}\}/.test(template)
        ? '- A doubled brace, {{ or }}, is a plain brace of the text: double it in the rewording too.'
        : '',
    }),
    schema: reply,
    temperature,
    maxOutputTokens: outputLimit(missing, 2 * template.length),
  }
}

const reply = listReply(z.string(), 'templates')

/** Why a rewording cannot be used; undefined if it can. */
function faultOf(text: string, template: string, others: Extras['templates']): Proposal['reject'] {
  const reason = placeholderFault(text, template)
  if (reason !== undefined) return { critic: 'placeholders', reason }
  const same = foldText(text)
  const known = [template, ...others.map(other => other.text)]
  return known.some(other => foldText(other) === same)
    ? { critic: 'copy', reason: 'it repeats the template, or a rewording before it' }
    : undefined
}

/** What a rewording has done to the placeholders of its template; undefined if they are the same, each as often. */
function placeholderFault(text: string, template: string): string | undefined {
  let found: ReturnType<typeof placeholdersIn>
  try {
    found = placeholdersIn(text)
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error
    return error.message
  }
  const wanted = placeholdersIn(template)
  for (const [written, { times }] of wanted) {
    const now = found.get(written)?.times ?? 0
    if (now === 0) return `it has lost ${written}`
    if (now !== times) return `it has ${written} ${often(now)}, not ${often(times)}`
  }
  const added = [...found.keys()].find(written => !wanted.has(written))
  return added && `it has ${added}, which the template does not have`
}

/** As they are written, but for blanks. Throws TemplateSyntaxError. */
function placeholdersIn(text: string): Map<string, { part: SlotReference; times: number }> {
  const found = new Map<string, { part: SlotReference; times: number }>()
  for (const part of parseTemplate(text)) {
    if (typeof part === 'string') continue
    const written = writtenSlot(part)
    found.set(written, { part, times: (found.get(written)?.times ?? 0) + 1 })
  }
  return found
}

function writtenSlot({ slot, mention, article, count, plural, letterCase }: SlotReference): string {
  const numbers = count && (count.low === count.high ? `${count.low}` : `${count.low}..${count.high}`)
  const before = article ? (article === 'A' ? capitalised(articleFor(slot)) : articleFor(slot)) : numbers
  return [
    ...['{', before === undefined ? '' : `${before} `, slot, mention === undefined ? '' : `#${mention}`],
    ...[plural ? '|plural' : '', letterCase === undefined ? '' : `|${letterCase}`, '}'],
  ].join('')
}

/** What a placeholder does that its values do not show. */
function comingWith({ mention, article, count, plural }: SlotReference): string[] {
  return [
    ...(mention === undefined ? [] : [`the same thing wherever it says #${mention}`]),
    ...(article ? ['its article is filled in with it, as in “an umbrella”'] : []),
    ...(count ? ['a number comes before it'] : []),
    ...(plural ? ['in the plural'] : []),
  ]
}

function often(times: number): string {
  return ['never', 'once', 'twice'][times] ?? `${times} times`
}

/** Critic `valid`: a candidate must be well-formed before anything else looks at it. */
import { z } from 'zod'
import { defineCritic } from '../engine/define.ts'
import type { Json } from '../model/json.ts'
import type { Project } from '../model/project.ts'
import { type Content, quotedFields, type Span } from '../model/record.ts'
import type { Candidate } from '../model/run.ts'

const params = z.strictObject({
  labels: z.boolean().default(true).describe('Reject labels outside the project’s closed list'),
  leftovers: z
    .boolean()
    .default(true)
    .describe('Reject unfilled placeholders, numbered headings and a model speaking of itself'),
  controls: z.boolean().default(true).describe('Reject control characters other than tabs and line breaks'),
  spanEdges: z.boolean().default(true).describe('Reject spans that begin or end with white space'),
})
type Params = z.infer<typeof params>

/** One rejection reason, or nothing. */
type Check = (candidate: Candidate) => string | undefined

export const valid = defineCritic({
  kind: 'valid',
  summary: 'Rejects what is empty, malformed, mislabelled, wrongly marked or left unfinished',
  params,
  phase: 'pure',
  onByDefault: true,
  open({ params, project, cells }) {
    const checks = [...textChecks(params, project), ...labelChecks(params, project, cells), spanCheck(params)]
    return {
      judge(candidate) {
        for (const check of checks) {
          const reason = check(candidate)
          if (reason) return { critic: 'valid', pass: false, reason }
        }
        return { critic: 'valid', pass: true }
      },
    }
  },
})

function textChecks(params: Params, project: Project): Check[] {
  const checks: Check[] = [
    project.kind === 'records' ? lacksFields : lacksText,
    eachString(text => (text.isWellFormed() ? undefined : 'holds half a character (an unpaired surrogate)')),
  ]
  // What is quoted from a source stands as the source has it.
  if (params.controls) checks.push(eachString(findControl, quotedFields))
  if (params.leftovers) checks.push(eachString(findLeftover, quotedFields))
  return checks
}

function lacksText({ fields }: Content): string | undefined {
  const text = fields['text']
  if (typeof text !== 'string') return 'there is no field `text`, or it is not a string'
  return text.trim() === '' ? 'the text is empty' : undefined
}

function lacksFields({ fields }: Content): string | undefined {
  const empty = Object.values(fields).every(
    value => value === null || (typeof value === 'string' && value.trim() === ''),
  )
  return empty ? 'every field is empty' : undefined
}

/** Applies a check to all strings in the fields, at any depth, but for those in `except`, and to the labels. */
function eachString(find: (text: string) => string | undefined, except: readonly string[] = []): Check {
  const search = (value: Json): string | undefined => {
    if (typeof value === 'string') return find(value)
    if (value === null || typeof value !== 'object') return undefined
    for (const member of Array.isArray(value) ? value : Object.values(value)) {
      const found = search(member)
      if (found) return found
    }
    return undefined
  }
  return ({ fields, labels }) => {
    for (const [name, value] of Object.entries(fields)) {
      const found = except.includes(name) ? undefined : search(value)
      if (found) return `field \`${name}\` ${found}`
    }
    const found = search(labels)
    return found && `a label ${found}`
  }
}

function findControl(text: string): string | undefined {
  const found = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/.exec(text)
  if (!found) return undefined
  return `holds the control character U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** What gives away that nobody finished the text. Each is rare in real data, so that few good texts are lost. */
const leftovers: { pattern: RegExp; what: string }[] = [
  { pattern: /\{\{[^{}]*\}\}/, what: 'an unfilled placeholder' },
  {
    pattern: /[[<](?:insert|enter|add|your|placeholder)\b[^\]>\n]{0,60}[\]>]/i,
    what: 'an unfilled placeholder',
  },
  {
    pattern: /^\s*(?:example|sample|text|variation|variant|utterance|output)\s*#?\d{1,3}\s*:/i,
    what: 'a numbered heading',
  },
  {
    pattern: /\b(?:as an ai (?:language )?(?:model|assistant|chatbot)|as a (?:large )?language model)\b/i,
    what: 'a model speaking of itself',
  },
  {
    pattern: /^\s*(?:sure|certainly|of course|absolutely)[,!.]? here(?:['’]s| is| are)\b[^\n]*:\s*(?:\n|$)/i,
    what: 'a model’s preamble',
  },
  { pattern: /\blorem ipsum dolor\b/i, what: 'filler text' },
]

function findLeftover(text: string): string | undefined {
  for (const { pattern, what } of leftovers) {
    const found = pattern.exec(text)
    if (found) return `holds ${what}: “${found[0].trim().slice(0, 60)}”`
  }
  return undefined
}

function labelChecks(params: Params, project: Project, cells: string[]): Check[] {
  const knownCells = new Set(cells)
  const knownLabels = new Set(project.labels)
  const checks: Check[] = [
    ({ cell }) => (knownCells.has(cell) ? undefined : `“${cell}” is not a cell of this run (${listed(cells)})`),
  ]
  if (params.labels && knownLabels.size > 0) {
    checks.push(({ labels, spans }) => {
      const used = project.kind === 'entities' ? spans.map(span => span.label) : labels
      const foreign = used.find(label => !knownLabels.has(label))
      return foreign === undefined
        ? undefined
        : `the label “${foreign}” is not in the project’s list (${listed(project.labels)})`
    })
  }
  return checks
}

function listed(names: string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
}

function spanCheck(params: Params): Check {
  return ({ fields, spans }) => {
    for (const span of spans) {
      const fault = spanFault(span, fields[span.field], params.spanEdges)
      if (fault) return `the span ${span.start}–${span.end} (${span.label}) ${fault}`
    }
    return undefined
  }
}

function spanFault({ field, start, end }: Span, text: Json | undefined, edges: boolean): string | undefined {
  if (typeof text !== 'string') return `lies in \`${field}\`, which is not a text field`
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0)
    return 'has offsets that are not whole numbers from 0'
  if (start >= end) return 'is empty or reversed'
  if (end > text.length) return `ends after its text, which is ${text.length} long`
  if (cutsPair(text, start) || cutsPair(text, end)) return 'cuts a character in half (a surrogate pair)'
  if (edges && /^\s|\s$/.test(text.slice(start, end))) return 'begins or ends with white space'
  return undefined
}

function cutsPair(text: string, offset: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, offset - 1), offset + 1))
}

/** What a unit of `records` asks: its cell, a point of view, examples, what is written already, and the fields. */
import type { AskRequest, UnitContext } from '../../engine/define.ts'
import type { Json } from '../../model/json.ts'
import { quotedData } from '../../text/quoted-data.ts'
import { outputLimit, quoted, sharedSlots, taggedList } from '../prompt-slots.ts'
import { recordsPrompt } from './records.prompt.ts'
import type { Cells } from './records-cells.ts'
import { type ExampleRecord, shownExamples } from './records-examples.ts'
import type { Field } from './records-fields.ts'
import { designOf, type Params } from './records-params.ts'
import { hasTopic, recordsReply, topicMember } from './records-reply.ts'
import { valueWords } from './records-values.ts'

const assumedWords = 50
/** Generous for English, so that other languages fit too. */
const charactersPerWord = 8
/** Of values other than texts, and of the topic. */
const usualCharacters = 24
/** Longest line that stands for a record written before, in UTF-16 code units. */
const longestGist = 90
/** Two of them are drawn for each unit, so that units of a cell do not get the same prompt. */
const aspects = [
  'the situation',
  'causes and outcomes',
  'names, places and figures',
  'ordinary and unusual cases',
  'how much a record tells',
  'wording and sentence structure',
]

export function recordsRequest(context: UnitContext<Params>): AskRequest<{ records: unknown[] }> {
  const { params, cell, cellOrdinal, asks, feedback, random } = context
  const design = designOf(params)
  const fixed = design.cells.get(cell)!
  const persona = params.personas.length > 0 ? random.fork('persona').pick(params.personas) : undefined
  const { about, avoid } = sharedSlots(context)
  const [first, second] = random.fork('aspects').shuffle(aspects)
  return {
    prompt: recordsPrompt.id,
    messages: recordsPrompt.render({
      about,
      avoid,
      vary: `${first}, and ${second}`,
      role: params.role && `You are ${params.role.replace(/^(?:you are|as) /i, '').replace(/[.,;]+$/, '')}.`,
      instruction: params.instruction,
      cell: cellLines(fixed),
      persona: persona ? `Write them as seen by this person: ${persona}\n` : '',
      examples: taggedList(
        'Records like these in kind and style, but new in content:',
        'examples',
        shownTo(context).map(({ fields }) => quotedRecord(fields)),
      ),
      taken: taggedList('Written already; find other topics:', 'written', gists(feedback.kept, design)),
      instructions: params.instructions && `${params.instructions}\n`,
      fields: design.fields
        .map(field => `- ${JSON.stringify(field.name)}: ${valueWords(field, fixed[field.name])}`)
        .join('\n'),
      count: String(asks),
      topic: hasTopic(design)
        ? `- Begin each record with its "${topicMember}" in two to six words, a different one for each; the record keeps to it.`
        : '',
      part:
        cellOrdinal > 0
          ? `- This is part ${cellOrdinal + 1} of a larger dataset. The other parts have the ideas that come to mind first: go on to less obvious ones that are just as real.`
          : '',
      sample: sampleOf(design, fixed),
    }),
    schema: recordsReply(design, fixed),
    temperature: params.temperature,
    maxOutputTokens: params.maxOutputTokens ?? outputLimit(asks, charactersOf(design)),
  }
}

function cellLines(fixed: Record<string, Json>): string {
  const lines = Object.entries(fixed).map(([name, value]) => `- ${name}: ${String(value).replace(/\s+/g, ' ')}`)
  if (lines.length === 0) return ''
  return `In this reply, every record has:\n${lines.join('\n')}\nLet that show in what a record tells; say it in words only where real data would.\n`
}

/** A record on one line, long texts cut. */
function quotedRecord(fields: Record<string, Json>): string {
  const shown = (value: Json): string => {
    if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
    return typeof value === 'string' ? quoted(value) : JSON.stringify(value)
  }
  const members = Object.entries(fields).map(([name, value]) => `${JSON.stringify(name)}: ${shown(value)}`)
  return `{${members.join(', ')}}`
}

/** What records are about, from their text: values that the schema lists say nothing of that. */
function gists(texts: readonly string[], { fields, cells }: Cells): string[] {
  const listed = new Set(fields.flatMap(({ values = [] }) => values))
  for (const fixed of cells.values()) for (const value of Object.values(fixed)) listed.add(String(value))
  return texts.map(text => {
    const lines = text.split('\n').filter(line => line.trim() !== '' && !listed.has(line.trim()))
    const brief = lines.join(' · ').replace(/\s+/g, ' ')
    return quotedData(brief.length > longestGist ? `${brief.slice(0, longestGist)}…`.toWellFormed() : brief)
  })
}

function sampleOf(design: Cells, fixed: Record<string, Json>): string {
  const value = ({ name, type }: Field) => {
    if (Object.hasOwn(fixed, name)) return JSON.stringify(fixed[name])
    if (type === 'list') return '["…"]'
    return unquoted.has(type) ? '…' : '"…"'
  }
  const members = design.fields.map(field => `${JSON.stringify(field.name)}: ${value(field)}`)
  return `{${[...(hasTopic(design) ? [`"${topicMember}": "…"`] : []), ...members].join(', ')}}`
}

const unquoted = new Set<Field['type']>(['number', 'integer', 'boolean'])

/** The examples a unit shows; the same when it asks and when it reads the reply, since both draw from forks of its stream. */
export function shownTo({ material, params, cell, random }: UnitContext<Params>): ExampleRecord[] {
  const pool = material as ExampleRecord[]
  const most = Array.isArray(params.examples) ? pool.length : (params.examples?.fromProject ?? 0)
  return shownExamples(pool, { most, fixed: designOf(params).cells.get(cell)!, random })
}

/** Characters of a record as it stands in a reply. */
export function charactersOf({ fields }: Cells): number {
  const value = ({ type, maxWords = assumedWords }: Field) =>
    type === 'text' ? charactersPerWord * maxWords : usualCharacters * (type === 'list' ? 3 : 1)
  return fields.reduce((sum, field) => sum + field.name.length + value(field), usualCharacters)
}

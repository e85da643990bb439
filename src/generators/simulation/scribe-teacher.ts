/** The scribe that asks a teacher: what it is told of a few rows, and what becomes of its reply. */
import { z } from 'zod'
import type { AskRequest, Proposal, UnitContext } from '../../engine/define.ts'
import type { Json } from '../../model/json.ts'
import { quotedData } from '../../text/quoted-data.ts'
import { fittingItems, outputLimit, sharedSlots } from '../prompt-slots.ts'
import { listReply, type Reject, readEach } from '../reply-items.ts'
import { strangeFigure } from './row-figures.ts'
import { scribePrompt } from './scribe.prompt.ts'
import { scribedFields } from './scribe-templates.ts'
import { type ProviderScribe, providerScribeOf, type SimulationParams } from './simulation-params.ts'

/** A row as it is frozen with the run. */
export interface ToldRow {
  /** What the teacher is told of it. */
  facts: Record<string, Json>
  /** As it is proposed, but for the texts. */
  proposal: { fields: Record<string, Json>; labels?: string[] }
}

/** Of a record, in UTF-16 code units. */
const usualCharacters = 1200

/** Rows that one reply has room for. */
export function rowsAtOnce({ perCall, maxOutputTokens }: ProviderScribe): number {
  return fittingItems(perCall, usualCharacters, maxOutputTokens)
}

const scribeReply = listReply(
  z.strictObject({ row: z.int().min(1), input: z.string(), context: z.string(), output: z.string() }),
  'records',
)

/** @param origin what the rows are from, in words */
export function scribeRequest(
  context: UnitContext<SimulationParams>,
  rows: readonly ToldRow[],
  origin: string,
): AskRequest<{ records: unknown[] }> {
  const scribe = providerScribeOf(context.params)!
  const { about, vary } = sharedSlots(context)
  return {
    prompt: scribePrompt.id,
    messages: scribePrompt.render({
      about,
      vary,
      origin: quotedData(origin),
      task: scribe.prompt,
      rows: rows.map(({ facts }, place) => `${place + 1}: ${shown(facts)}`).join('\n'),
      figures:
        scribe.figures === 'any'
          ? ''
          : '- Figures and identifiers are those of its row, as they stand there or rounded: none from another row, none worked out, none made up.',
      part: context.cellOrdinal > 0 ? '- Other replies tell of other rows: find other ways to begin and to ask.' : '',
      count: String(rows.length),
    }),
    schema: scribeReply,
    temperature: scribe.temperature,
    maxOutputTokens: scribe.maxOutputTokens ?? outputLimit(rows.length, usualCharacters),
  }
}

function shown(facts: Record<string, Json>): string {
  const members = Object.entries(facts).map(
    ([name, value]) => `${quotedData(name)}: ${typeof value === 'string' ? quotedData(value) : JSON.stringify(value)}`,
  )
  return `{${members.join(', ')}}`
}

/** A proposal for each record of a reply that tells of a row; of two about one row, the second is rejected. */
export function scribeProposals(
  reply: { records: unknown[] },
  { params }: UnitContext<SimulationParams>,
  rows: readonly ToldRow[],
  truncated: boolean,
): Proposal[] {
  const scribe = providerScribeOf(params)!
  const told = new Set<number>()
  return readEach(reply.records, truncated, value => readRecord(value, rows))
    .slice(0, 2 * rows.length)
    .map(({ row, texts, reject }): Proposal => {
      const of = rows[row - 1]
      const again = told.has(row)
      told.add(row)
      const fields = { ...texts, ...of?.proposal.fields }
      const rejected =
        reject ??
        (again ? invalid(`row ${row} is told of already`) : undefined) ??
        (of && scribe.figures !== 'any' ? strange(texts, of.facts, scribe.prompt) : undefined)
      return {
        fields,
        ...(of?.proposal.labels && { labels: of.proposal.labels }),
        ...(rejected && { reject: rejected }),
      }
    })
}

interface ReadRecord {
  row: number
  texts: Record<string, string>
  reject?: Reject
}

function readRecord(value: unknown, rows: readonly ToldRow[]): ReadRecord {
  const said = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const row = Number(said['row'])
  const texts = Object.fromEntries(
    scribedFields.flatMap(name => {
      const text = said[name]
      return typeof text === 'string' && text.trim() !== '' ? [[name, text.trim()]] : []
    }),
  )
  if (rows[row - 1] === undefined) return { row, texts, reject: invalid('it does not say which row it tells of') }
  const missing = scribedFields.find(name => texts[name] === undefined)
  return { row, texts, ...(missing && { reject: invalid(`there is no \`${missing}\``) }) }
}

function strange(texts: Record<string, string>, facts: Record<string, Json>, prompt: string): Reject | undefined {
  for (const [name, text] of Object.entries(texts)) {
    const figure = strangeFigure(text, facts, prompt)
    if (figure !== undefined)
      return { critic: 'figures', reason: `\`${name}\` says ${figure}, which is no figure of its row` }
  }
  return undefined
}

function invalid(reason: string): Reject {
  return { critic: 'valid', reason }
}

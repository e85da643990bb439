/** Rows for InstructLab's trainer: what a skill, a passage and its questions become. */
import { asked } from '../../formats/exchange.ts'
import type { Json } from '../../model/json.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import { nameUuid } from '../mix/name-uuid.ts'
import { instructionsFor } from './auxiliary-instructions.ts'
import type { GeneratedRow } from './generated-row.ts'

export type Message = { role: 'system' | 'user' | 'assistant'; content: string }

export type KnowledgeRow = { id: string; messages: Message[]; metadata: string; unmask: boolean }

/** The variant that is the passage itself. */
const baseVariant = 'base_document'

/** All that was generated, with id and messages: mixing moves the columns into the metadata. */
export function skillRow(row: GeneratedRow, systemPrompt: string): Record<string, Json> {
  const system: Message[] = systemPrompt === '' ? [] : [{ role: 'system', content: systemPrompt }]
  const columns = Object.entries(row).filter((column): column is [string, Json] => column[1] !== undefined)
  const messages = [...system, ...exchange(row.question, row.response)]
  return { ...Object.fromEntries(columns), id: nameUuid(row.record), messages, unmask: false }
}

/** A row of `train_<date>.jsonl`; of a knowledge leaf, the question alone. */
export function trainRow({ question, response }: GeneratedRow, systemPrompt: string) {
  return { system: systemPrompt, user: question, assistant: response }
}

/** A row of `messages_<date>.jsonl`. */
export function messagesRow({ question, response }: GeneratedRow, systemPrompt: string) {
  return {
    messages: exchange(question, response),
    metadata: JSON.stringify({ system: systemPrompt }),
  }
}

/** The question behind its passage; the model learns from both. */
export function questionRow(row: GeneratedRow): KnowledgeRow {
  return {
    id: nameUuid(row.record),
    messages: exchange(asked({ context: row.document ?? '', question: row.question }), row.response),
    metadata: questionMetadata(row, ''),
    unmask: true,
  }
}

/** Share of questions that come with their own passage among the others. */
const goldenShare = 0.4
const documentsShown = 4

/**
 * The question behind several passages of its leaf, its own among them or not: the model learns to tell which of them to use
 * (Zhang et al., RAFT, arXiv:2403.10131).
 *
 * @param passages all of the leaf, each once.
 */
export function raftRow(row: GeneratedRow, passages: string[], random: RandomStream): KnowledgeRow {
  const own = row.document ?? ''
  const isGolden = passages.length < 2 || random.float() < goldenShare
  const shown = others(passages, own, isGolden ? documentsShown - 1 : documentsShown, random)
  const mixed = random.shuffle(isGolden && own !== '' ? [...shown, own] : shown)
  const documents = mixed.map(text => `Document:\n${text}\n\n`)
  return {
    id: nameUuid(`${row.record}/raft`),
    messages: exchange(`${documents.join('\n')}\n\n${row.question}`, row.response),
    metadata: questionMetadata(row, `_raft_p${goldenShare}`),
    unmask: false,
  }
}

/** Up to `most` passages other than `own`, each equally likely. */
function others(passages: string[], own: string, most: number, random: RandomStream): string[] {
  if (passages.length - 1 <= most) return passages.filter(text => text !== own)
  const chosen = new Set<string>()
  while (chosen.size < most) {
    const text = random.pick(passages)
    if (text !== own) chosen.add(text)
  }
  return [...chosen]
}

/** Whether the row's passage is a variant, which can be asked for by itself. */
export function isAuxiliary({ dataset_type: variant }: GeneratedRow): boolean {
  return variant !== undefined && variant !== baseVariant
}

/** The variant as the answer to a request for it. `unmask` as for the phase it is for. */
export function auxiliaryRow(row: GeneratedRow, unmask: boolean, random: RandomStream): KnowledgeRow {
  const { raw_document = '', document = '', dataset_type = '', domain = '' } = row
  const request = random.pick(instructionsFor(dataset_type))
  return {
    id: nameUuid(`${row.record}/auxiliary`),
    messages: exchange(`${raw_document}\n\n${request}`, document),
    metadata: JSON.stringify({ dataset_type, raw_document, dataset: `document_${dataset_type}`, domain }),
    unmask,
  }
}

function questionMetadata({ document, domain, raw_document, dataset_type }: GeneratedRow, suffix: string): string {
  return JSON.stringify({
    ...{ sdg_document: document, domain, dataset: `document_knowledge_qa${suffix}` },
    ...(dataset_type !== undefined && { raw_document, dataset_type }),
  })
}

function exchange(user: string, assistant: string): Message[] {
  return [
    { role: 'user', content: user },
    { role: 'assistant', content: assistant },
  ]
}

/** A question and its answer: the part of a record that training formats hold. */
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import type { ExchangePart, WriteOptions } from './format.ts'

/** Each part as text; empty where there is none. Question and answer are never empty. */
export type Exchange = Record<ExchangePart, string>

export type Members = ReadonlyMap<string, Json>

/** Earlier ones win: a classified text asks for its label. */
const usualNames: Record<ExchangePart, string[]> = {
  question: ['question', 'text'],
  answer: ['answer', 'label', 'labels'],
  context: ['context'],
  system: ['system'],
}

/** The member that holds a part; undefined if none does, or it is blank. */
export function memberOf(part: ExchangePart, members: Members, { parts }: WriteOptions): string | undefined {
  const chosen = parts?.[part]
  const names = chosen === undefined ? usualNames[part] : [chosen]
  return names.find(name => asText(members.get(name)).trim() !== '')
}

/** Throws CultivarError `bad-input`, which names the record, where there is no question or no answer. */
export function exchangeOf(members: Members, options: WriteOptions): Exchange {
  const read = (part: ExchangePart) => asText(members.get(memberOf(part, members, options) ?? ''))
  const exchange = {
    question: read('question'),
    answer: read('answer'),
    context: read('context'),
    system: options.systemPrompt?.toWellFormed() ?? read('system'),
  }
  for (const part of ['question', 'answer'] as const) {
    if (exchange[part] === '') throw lacking(part, members, options.parts?.[part])
  }
  return exchange
}

/** What a person says who has both a context and a question. */
export function asked({ context, question }: Pick<Exchange, 'context' | 'question'>): string {
  return context === '' ? question : `${context}\n\n${question}`
}

function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  const isPlain = (item: Json) => item === null || typeof item !== 'object'
  return Array.isArray(value) && value.every(isPlain) ? value.join(', ') : JSON.stringify(value)
}

function lacking(part: 'question' | 'answer', members: Members, chosen: string | undefined): CultivarError {
  const id = asText(members.get('id'))
  const names = [...members.keys()].filter(name => !['id', 'tags', 'split', 'status', 'lineage'].includes(name))
  return new CultivarError(
    'bad-input',
    `Record ${id} has no ${part}${chosen ? ` in “${chosen}”` : ''}.`,
    `It has: ${names.join(', ') || 'nothing'}. Say which of them is the ${part} (--map ${part}=NAME), or leave such records out.`,
    { record: id, part },
  )
}

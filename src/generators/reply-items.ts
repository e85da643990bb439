/** The items of a teacher's reply, one by one: a bad item is a rejection of its own and never costs the batch. */
import { z } from 'zod'
import type { Proposal } from '../engine/define.ts'
import { foldText } from '../text/normalize.ts'

/** A reply that is a list of texts. */
export const textsReply = listReply(z.string())

/** A reply that is a list of texts with their labels. */
export const labelledReply = listReply(z.strictObject({ text: z.string(), label: z.string() }))

/** Asks for `{ texts: [item, …] }` (or another name), at least one and every item exactly so; accepts any reply with one list in it, whatever its items are. */
export function listReply<const Name extends string = 'texts'>(item: z.ZodType, name = 'texts' as Name) {
  const { $schema: _, ...asked } = z.toJSONSchema(z.strictObject({ [name]: z.array(item).min(1) }))
  return z
    .unknown()
    .meta(asked)
    .transform(reply => {
      const lists = Array.isArray(reply) ? [reply] : Object.values(reply ?? {}).filter(Array.isArray)
      return { [name]: lists.length === 1 ? lists[0] : undefined }
    })
    .pipe(z.object({ [name]: z.array(z.unknown()) })) as unknown as z.ZodType<Record<Name, unknown[]>>
}

export type Reject = NonNullable<Proposal['reject']>

/** One item: its text without list marks, the label it states, and why it is rejected if it cannot be used. */
export interface ReplyItem {
  text: string
  label?: string
  reject?: Reject
}

/**
 * Reads items that are strings, or objects with `text` and perhaps `label`. List numbers, bullets and quotation marks are
 * taken off if every item has them. Keeps up to twice as many as were asked for; the last item of a cut reply is rejected.
 */
export function readItems(values: readonly unknown[], asks: number, truncated: boolean): ReplyItem[] {
  const items = readEach(values, truncated, readItem)
  const usable = items.filter(item => !item.reject)
  withoutListMarks(usable.map(item => item.text)).forEach((text, at) => {
    const item = usable[at]!
    item.text = text
    if (text === '') item.reject = { critic: 'valid', reason: 'the item is empty' }
  })
  return items.slice(0, 2 * asks)
}

/** Each item as `read` takes it; the last one of a cut reply is rejected whatever it holds. */
export function readEach<T extends { reject?: Reject }>(
  values: readonly unknown[],
  truncated: boolean,
  read: (value: unknown) => T,
): T[] {
  const items = values.map(read)
  const last = items.at(-1)
  if (truncated && last)
    last.reject = { critic: 'valid', reason: 'the output limit cut the reply: raise maxOutputTokens' }
  return items
}

function readItem(value: unknown): ReplyItem {
  if (typeof value === 'string') return { text: value }
  const { text, label } = (value ?? {}) as { text?: unknown; label?: unknown }
  if (typeof text !== 'string') {
    return { text: JSON.stringify(value), reject: { critic: 'valid', reason: 'the item is not a text' } }
  }
  return typeof label === 'string' ? { text, label } : { text }
}

const bullet = /^[-*•–]\s+(.*)$/s
const quotes = /^(?:"([^"]*)"|“([^“”]*)”|«([^«»]*)»|'([^']*)')$/s

/** The texts without the list numbers, bullets or quotation marks that every one of them has. */
export function withoutListMarks(texts: string[]): string[] {
  const trimmed = texts.map(text => text.trim())
  return withoutMark(withoutMark(withoutNumbers(trimmed), bullet), quotes)
}

/** Takes numbers off only where they count on from one item to the next: a text may well begin with a number of its own. */
function withoutNumbers(texts: string[]): string[] {
  const found = texts.map(text => /^\(?(\d{1,4})[.):]\s+(.*)$/s.exec(text))
  const first = Number(found[0]?.[1])
  const counting = found.every((match, at) => match && Number(match[1]) === first + at)
  return counting && (first === 1 || texts.length > 1) ? found.map(match => match![2]!) : texts
}

function withoutMark(texts: string[], mark: RegExp): string[] {
  const found = texts.map(text => mark.exec(text))
  if (found.includes(null)) return texts
  return found.map(match =>
    match!
      .slice(1)
      .find(part => part !== undefined)!
      .trim(),
  )
}

/** The listed label that is meant, whatever its case; a rejection if none is. */
export function listedLabel(
  said: string | undefined,
  labels: readonly string[],
): { label: string } | { reject: Reject } {
  const folded = said?.trim().toLowerCase()
  const label = labels.find(each => each === said) ?? labels.find(each => each.toLowerCase() === folded)
  if (label !== undefined) return { label }
  const list = labels.length > 12 ? `the ${labels.length} labels asked for` : labels.join(', ')
  return {
    reject: { critic: 'label', reason: said ? `"${said.slice(0, 80)}" is not one of ${list}` : 'no label is stated' },
  }
}

/**
 * Rejects proposals that repeat one of `texts` but for case, punctuation and blanks: what the teacher was shown, or a person turned down.
 * `text` is the field that is compared, or makes it.
 */
export function rejectCopies(
  proposals: Proposal[],
  text: string | ((fields: NonNullable<Proposal['fields']>) => unknown),
  texts: readonly string[],
): Proposal[] {
  const compared = typeof text === 'string' ? (fields: NonNullable<Proposal['fields']>) => fields[text] : text
  const folded = new Set(texts.map(foldText))
  const reject = { critic: 'copy', reason: 'it repeats an example, or a text that was turned down' }
  return proposals.map(proposal => {
    const found = compared(proposal.fields ?? {})
    return !proposal.reject && typeof found === 'string' && folded.has(foldText(found))
      ? { ...proposal, reject }
      : proposal
  })
}

/** Critic `privacy`: personal data does not get into a dataset; it is replaced by placeholders, or the candidate is rejected. */
import { z } from 'zod'
import { defineCritic, type PureVerdict } from '../engine/define.ts'
import type { Json } from '../model/json.ts'
import type { Content, Span } from '../model/record.ts'
import { applyEdits, moveSpan } from '../text/edits.ts'
import { findPersonalData, type PersonalData, personalDataKinds } from '../text/personal-data/find-personal-data.ts'
import { comparable, Placeholders, wordsOf } from '../text/redact.ts'

const params = z.strictObject({
  action: z
    .enum(['redact', 'reject'])
    .default('redact')
    .describe('Replace what is found by placeholders such as ⟦EMAIL_1⟧, or reject the candidate'),
  kinds: z
    .array(z.enum(personalDataKinds))
    .min(1)
    .default([...personalDataKinds])
    .describe('What to look for'),
  names: z
    .enum(['introduced', 'all', 'none'])
    .default('introduced')
    .describe(
      '`introduced`: names that the text itself gives as a private person’s (“my name is”, “Dear Ms”); `all`: whatever looks like a person’s name',
    ),
  keepSpans: z
    .boolean()
    .default(true)
    .describe('Leave stretches that carry a span label as they are: they are what the dataset is about'),
  allow: z
    .array(z.string().min(1))
    .default([])
    .describe('Values that may stay, in any notation: the company’s own hotline, the names of fictitious people'),
  fields: z
    .array(z.string())
    .default([])
    .describe('Fields to look through, with all strings in them; none: every field'),
})
type Params = z.infer<typeof params>

/** A string of the fields; spans refer only to those that are a field themselves. */
interface Place {
  text: string
  spans: Span[]
  found: PersonalData[]
}

/**
 * One value has one placeholder throughout a record. Spans move with the text; one that a placeholder cuts takes it in
 * whole. Reasons give kinds and counts, never a value. What is found and what is not: `findPersonalData`.
 */
export const privacy = defineCritic({
  kind: 'privacy',
  summary: 'Replaces personal data by placeholders, or rejects what holds any',
  params,
  phase: 'pure',
  onByDefault: true,
  open({ params }) {
    const find = finder(params)
    return {
      judge(candidate): PureVerdict {
        const places = placesOf(candidate, params.fields, find)
        const found = places.flatMap(place => place.found)
        if (found.length === 0) return { critic: 'privacy', pass: true }
        const verdict = { critic: 'privacy', score: found.length }
        if (params.action === 'reject')
          return { ...verdict, pass: false, reason: `holds personal data: ${counted(found)}` }
        const revised = redacted(candidate, places, params.fields)
        return { ...verdict, pass: true, reason: `personal data replaced: ${counted(found)}`, revised }
      },
    }
  },
})

type Find = (text: string, spans: Span[]) => PersonalData[]

function finder({ kinds, names, keepSpans, allow }: Params): Find {
  const allowed = new Set(allow.flatMap(text => personalDataKinds.map(kind => `${kind} ${comparable(kind, text)}`)))
  const people = allow.map(wordsOf)
  const stays = (kind: PersonalData['kind'], value: string) =>
    allowed.has(`${kind} ${comparable(kind, value)}`) ||
    (kind === 'name' && people.some(words => wordsOf(value).isSubsetOf(words)))
  return (text, spans) => {
    const found = findPersonalData(text, { kinds, names, except: keepSpans ? spans : [] })
    return allow.length === 0 ? found : found.filter(({ kind, start, end }) => !stays(kind, text.slice(start, end)))
  }
}

function placesOf({ fields, spans }: Content, chosen: string[], find: Find): Place[] {
  const places: Place[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (!isChosen(name, chosen)) continue
    const own = typeof value === 'string' ? spans.filter(span => span.field === name) : []
    for (const text of stringsIn(value)) places.push({ text, spans: own, found: find(text, own) })
  }
  return places
}

const isChosen = (name: string, chosen: string[]) => chosen.length === 0 || chosen.includes(name)

function* stringsIn(value: Json): Iterable<string> {
  if (typeof value === 'string') yield value
  else if (value !== null && typeof value === 'object') {
    for (const member of Object.values(value)) yield* stringsIn(member)
  }
}

/** The candidate's content with what was found replaced, strings in the order in which they were looked through. */
function redacted({ fields, labels, spans }: Content, places: Place[], chosen: string[]): Content {
  const placeholders = new Placeholders(places.map(({ text }) => text))
  const edited = places.map(({ text, found }) => placeholders.edits(text, found)).values()
  const texts = places.values()
  const mended = (value: Json, own: Span[]): Json => {
    if (typeof value === 'string') {
      const edits = edited.next().value!
      for (const span of own) moved.set(span, moveSpan(span, edits))
      return applyEdits(texts.next().value!.text, edits)
    }
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(member => mended(member, []))
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mended(member, [])]))
  }
  const moved = new Map<Span, Span>()
  const entries = Object.entries(fields).map(([name, value]): [string, Json] => {
    const own = typeof value === 'string' ? spans.filter(span => span.field === name) : []
    return [name, isChosen(name, chosen) ? mended(value, own) : value]
  })
  return { fields: Object.fromEntries(entries), labels, spans: distinct(spans.map(span => moved.get(span) ?? span)) }
}

/** Two spans inside one name that was replaced have become the same. */
function distinct(spans: Span[]): Span[] {
  const key = ({ field, start, end, label }: Span) => JSON.stringify([field, start, end, label])
  return [...new Map(spans.map(span => [key(span), span])).values()]
}

function counted(found: PersonalData[]): string {
  return personalDataKinds
    .map(kind => ({ kind, count: found.filter(data => data.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`)
    .join(', ')
}

/** Reads the entities a model found in one text: offsets made UTF-16, tokens joined, nothing outside the text, nothing overlapping. */
import type { ScoredEntity } from '../model/prediction.ts'
import { type AnswerReading, checked, isMember, type Member, named, readScore } from './answer-values.ts'
import { shown, Unusable } from './failure.ts'
import { joinTokens, type Token, tokenLabel } from './join-tokens.ts'

/**
 * Each entity is `{"start", "end", "label", "score"}` or `[start, end, label]`; the label may also be called `entity_group`, `entity`
 * (Hugging Face) or `type`. Tokens labelled in the manner of BIO or BIOES are joined to entities, and `O` is left out.
 */
export function entitiesOf(answer: unknown, text: string, reading: AnswerReading): ScoredEntity[] {
  const list = isMember(answer) ? answer['entities'] : answer
  if (!Array.isArray(list)) {
    throw new Unusable(
      'bad-answer',
      `The answer ${shown(answer)} holds no list of entities: expected {"entities": [{"start": 0, "end": 5, "label": "x"}]}.`,
    )
  }
  if (list.length === 0) return []
  const places = placesIn(text, reading)
  const tokens = list
    .map((item, at) => tokenOf(item, at, text, places))
    .filter(({ label }) => label !== 'O')
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
  const areTokens = tokens.every(({ label }) => tokenLabel.test(label) && !reading.known?.has(label))
  const entities: Token[] = named(areTokens ? joinTokens(tokens, text) : tokens, reading)
  return entities.map(({ word: _, ...entity }, at) => {
    const before = entities[at - 1]
    if (before && entity.start < before.end) {
      throw new Unusable('bad-span', `Two entities overlap: ${shown(before)} and ${shown(entity)}.`)
    }
    return checked(entity, reading)
  })
}

function tokenOf(item: unknown, at: number, text: string, places: Places): Token {
  const member = Array.isArray(item) ? { start: item[0], end: item[1], label: item[2] } : item
  const label = isMember(member) ? labelIn(member) : undefined
  if (!isMember(member) || typeof label !== 'string' || label === '') {
    throw new Unusable('bad-answer', `Entity ${at + 1}, ${shown(item)}, has no label.`)
  }
  let start = places.unitAt(member['start'])
  let end = places.unitAt(member['end'])
  if (start === undefined || end === undefined || start >= end) {
    throw new Unusable(
      'bad-span',
      `Entity ${at + 1}, ${shown(item)}, does not stand in the text, which has ${places.length} ${places.counted}: start and end must be whole numbers, end exclusive (see the setting “offsets”).`,
    )
  }
  // Tokenizers that keep the blank before a word count it in.
  if ('entity' in member || 'entity_group' in member) {
    while (start < end - 1 && /\s/.test(text[start]!)) start++
    while (end > start + 1 && /\s/.test(text[end - 1]!)) end--
  }
  const score = readScore(member['score'])
  const { word } = member
  return { start, end, label, ...(score !== undefined && { score }), ...(typeof word === 'string' && { word }) }
}

function labelIn({ label, entity_group, entity, type }: Member): unknown {
  return label ?? entity_group ?? entity ?? type
}

/** Offsets as answers count them. */
interface Places {
  /** Of the text, in what is counted. */
  length: number
  counted: string
  /** The UTF-16 offset; undefined if there is no such place, or it falls within a character. */
  unitAt(offset: unknown): number | undefined
}

function placesIn(text: string, { offsets }: AnswerReading): Places {
  const isOffset = (offset: unknown): offset is number => Number.isSafeInteger(offset) && (offset as number) >= 0
  if (offsets === 'utf16') {
    const splits = (at: number) =>
      /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(Math.max(0, at - 1), at + 1)) && at > 0
    return {
      length: text.length,
      counted: 'UTF-16 code units',
      unitAt: offset => (isOffset(offset) && offset <= text.length && !splits(offset) ? offset : undefined),
    }
  }
  const starts = [0]
  for (const character of text) starts.push(starts.at(-1)! + character.length)
  return {
    length: starts.length - 1,
    counted: 'code points',
    unitAt: offset => (isOffset(offset) ? starts[offset] : undefined),
  }
}

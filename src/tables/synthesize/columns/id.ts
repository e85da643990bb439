/** Recognises the pattern of ids and makes new ones of it, all different. */
import { permutation } from '../../../stats/permutation.ts'
import { type RandomStream, randomStream } from '../../../stats/random-stream.ts'
import type { Column } from '../../table.ts'
import type { IdModel, IdPart } from '../fitted-table.ts'
import type { Texts } from '../texts.ts'

/** Longer texts are no ids. */
const longest = 48
/** What has more is prose. */
const mostBlanks = 1
/** Few texts that stand at one place, such as the letter of a type. */
const mostChoices = 12
/** From so many ids on, a character that none of them has at a place is taken to be impossible there. */
const enough = 200

/**
 * The pattern that all texts share, if they look like ids: the same parts throughout, and digits among them (or one length). `others`: columns that a
 * part may follow from.
 */
export function fitId(texts: Texts, others: readonly Column[], nulls: boolean): IdModel | undefined {
  const used = texts.dictionary.filter((_, place) => texts.counts[place]! > 0)
  if (used.length === 0 || used.some(text => text.length > longest || text === '' || blanks(text) > mostBlanks))
    return undefined
  const parts = partsByRuns(used, texts, others) ?? partsByPlace(used)
  if (!parts || parts.every(part => part.kind === 'literal' || part.kind === 'choice')) return undefined
  const numbers = parts.filter(part => part.kind === 'number')
  const counted =
    numbers.length === 1 && parts.every(part => part.kind === 'literal' || part.kind === 'number') && countsUp(texts)
  return { kind: 'id', parts, ...(counted && { counted }), nulls }
}

const blanks = (text: string) => text.split(/\s/).length - 1

/** Runs of letters, of digits, and other characters one by one. */
const run = /\p{L}+|\d+|[^\p{L}\d]/gu

/** Where all texts consist of the same kinds of runs, with digits in them. */
function partsByRuns(used: string[], texts: Texts, others: readonly Column[]): IdPart[] | undefined {
  const split = used.map(text => text.match(run)!)
  const kinds = (runs: string[]) => runs.map(kindOf).join('')
  const shape = kinds(split[0]!)
  if (!shape.includes('9') || split.some(runs => kinds(runs) !== shape)) return undefined
  const parts: IdPart[] = []
  for (const [place, kind] of [...shape].entries()) {
    const seen = split.map(runs => runs[place]!)
    const distinct = [...new Set(seen)].sort()
    if (distinct.length === 1) parts.push({ kind: 'literal', text: distinct[0]! })
    else if (kind === '9') {
      if (seen.some(digits => digits.length > 15)) return undefined
      parts.push(numberPart(seen))
    } else if (distinct.length <= mostChoices && distinct.length * 4 <= used.length) {
      parts.push(choicePart(distinct, seen, used, texts, others))
    } else if (seen.every(text => text.length === seen[0]!.length)) parts.push(...placeParts(seen))
    else return undefined
  }
  return parts
}

function kindOf(text: string): string {
  return /^\d/.test(text) ? '9' : /^\p{L}/u.test(text) ? 'a' : text
}

function numberPart(seen: string[]): IdPart {
  const fixed = seen.every(digits => digits.length === seen[0]!.length)
  const numbers = seen.map(Number)
  const low = numbers.reduce((least, number) => Math.min(least, number))
  const high = numbers.reduce((most, number) => Math.max(most, number))
  return { kind: 'number', low, high, width: fixed ? seen[0]!.length : 1 }
}

/** One of few texts; if a category column settles which, it follows from there. */
function choicePart(
  distinct: string[],
  seen: string[],
  used: string[],
  texts: Texts,
  others: readonly Column[],
): IdPart {
  const place = new Map(distinct.map((text, index) => [text, index]))
  const choiceOf = new Map(used.map((text, index) => [text, place.get(seen[index]!)!]))
  const byCode = texts.dictionary.map(text => choiceOf.get(text) ?? -1)
  const weights = distinct.map(() => 0)
  texts.counts.forEach((count, code) => {
    if (count > 0) weights[byCode[code]!]! += count
  })
  for (const column of others) {
    if (column.storage !== 'codes' || column.dictionary.length > mostChoices * 4 || column.codes === texts.codes)
      continue
    const choice = column.dictionary.map(() => -1)
    const fits = texts.codes.every((code, row) => {
      if (code < 0) return true
      const category = column.codes[row]!
      if (category < 0) return false
      if (choice[category] === -1) choice[category] = byCode[code]!
      return choice[category] === byCode[code]
    })
    if (fits && new Set(choice).size > 1)
      return { kind: 'choice', texts: distinct, weights, by: { column: column.name, choice } }
  }
  return { kind: 'choice', texts: distinct, weights }
}

/** Where all texts have one length and hold digits or no lower-case vowels: place by place. */
function partsByPlace(used: string[]): IdPart[] | undefined {
  const length = used[0]!.length
  if (length < 4 || used.some(text => text.length !== length || /\s/.test(text))) return undefined
  const withDigits = used.filter(text => /\d/.test(text)).length
  return withDigits * 10 >= used.length * 9 ? placeParts(used) : undefined
}

const classes = [
  '0123456789',
  '0123456789abcdef',
  '0123456789ABCDEF',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  'abcdefghijklmnopqrstuvwxyz',
]

function placeParts(seen: string[]): IdPart[] {
  const parts: IdPart[] = []
  for (let place = 0; place < seen[0]!.length; place++) {
    const found = new Set(seen.map(text => text[place]!))
    const last = parts.at(-1)
    if (found.size === 1) {
      const [text] = [...found] as [string]
      if (last?.kind === 'literal') last.text += text
      else parts.push({ kind: 'literal', text })
      continue
    }
    const inClass = classes.find(characters => [...found].every(character => characters.includes(character)))
    const wide = inClass !== undefined && (seen.length < enough || found.size * 2 > inClass.length)
    const characters = wide ? inClass : [...found].sort().join('')
    if (last?.kind === 'characters' && last.characters === characters) last.length++
    else parts.push({ kind: 'characters', characters, length: 1 })
  }
  return parts
}

/** Whether the number goes up by one from row to row, nearly throughout. */
function countsUp({ codes, dictionary }: Texts): boolean {
  let steps = 0
  let ups = 0
  for (let row = 1; row < codes.length; row++) {
    if (codes[row]! < 0 || codes[row - 1]! < 0) continue
    steps++
    const [before, here] = [codes[row - 1]!, codes[row]!].map(code => Number(dictionary[code]!.match(/\d+/g)?.at(-1)))
    if (here! - before! === 1) ups++
  }
  return steps > 0 && ups >= 0.9 * steps
}

/** Makes the id of each row. `row` counts over the whole table, `choices` gives what parts follow from other columns. */
export type IdMaker = (row: number, random: RandomStream, choices: (column: string, row: number) => number) => string

/** @param total rows of the whole table: where the pattern has room for fewer, its numbers grow. */
export function idMaker(model: IdModel, total: number, name: string): IdMaker {
  const parts = model.parts.map(part => ({ ...part }))
  const sizes = () =>
    parts.map(part =>
      part.kind === 'number'
        ? part.high - part.low + 1
        : part.kind === 'characters'
          ? part.characters.length ** part.length
          : 1,
    )
  const room = () => sizes().reduce((product, size) => product * size, 1)
  while (room() < total * 1.25) {
    const number = parts.findLast(part => part.kind === 'number')
    const last = parts.findLast(part => part.kind === 'characters')
    if (number) number.high = Math.max(10, 10 ** String(number.high).length * 10 - 1)
    else if (last) last.length++
    else break
  }
  const capacity = room()
  const place = model.counted || capacity > 2 ** 48 ? undefined : permutation(capacity, randomStream(name))
  const width = sizes()
  return (row, random, choices) => {
    let rest = place ? place(row) : 0
    let text = ''
    for (let index = parts.length - 1; index >= 0; index--) {
      const part = parts[index]!
      const size = width[index]!
      if (part.kind === 'literal') text = part.text + text
      else if (part.kind === 'choice') text = part.texts[chosen(part, row, random, choices)] + text
      else {
        const value = place ? rest % size : Math.floor(random.float() * Math.min(size, 2 ** 53))
        if (place) rest = Math.floor(rest / size)
        if (part.kind === 'number') {
          const number = part.low + (model.counted ? row : value)
          text = String(number).padStart(part.width, '0') + text
        } else text = (place ? spelled(value, part) : drawn(random, part)) + text
      }
    }
    return text
  }
}

type Part<K extends IdPart['kind']> = Extract<IdPart, { kind: K }>

function chosen(
  part: Part<'choice'>,
  row: number,
  random: RandomStream,
  choices: (column: string, row: number) => number,
): number {
  if (part.by) {
    const choice = part.by.choice[choices(part.by.column, row)] ?? -1
    if (choice >= 0) return choice
  }
  let left = random.float() * part.weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, weight] of part.weights.entries()) {
    left -= weight
    if (left < 0) return index
  }
  return part.texts.length - 1
}

function spelled(value: number, { characters, length }: Part<'characters'>): string {
  let text = ''
  let rest = value
  for (let i = 0; i < length; i++) {
    text = characters[rest % characters.length] + text
    rest = Math.floor(rest / characters.length)
  }
  return text
}

function drawn(random: RandomStream, { characters, length }: Part<'characters'>): string {
  return Array.from({ length }, () => characters[random.int(characters.length)]).join('')
}

/** Recognises free text and personal data, and writes texts of the same kind that nobody has written. */
import type { RandomStream } from '../../../stats/random-stream.ts'
import givenNames from '../../../text/personal-data/given-names.json' with { type: 'json' }
import { isGivenName } from '../../../text/personal-data/name-lists.ts'
import type { TextKind, TextModel } from '../fitted-table.ts'
import { someTexts, type Texts } from '../texts.ts'

/** Texts looked at to tell what kind they are. */
const looked = 300

const email = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/
const phone = /^\+?[\d\s()./-]{7,22}$/
const address =
  /\b(street|road|avenue|lane|drive|boulevard|square|way|st|rd|ave|blvd|dr|str|rue|via|calle|avenida|rua|plaza)\b|(straße|strasse|gasse|weg|platz|allee|straat|laan|gatan|vej)\b/i
const capitalised = /^\p{Lu}[\p{L}\p{M}'’.-]*$/u

/** What a column’s name says of the kind of its texts. */
const headers: [RegExp, TextKind][] = [
  [/(given|first|fore|middle)[ _-]?name|^vorname|prénom|^prenom|^nombre$/i, 'given-name'],
  [/(family|last|sur)[ _-]?name|^nachname|apellido|cognome/i, 'family-name'],
  [/e-?mail/i, 'email'],
  [/phone|mobile|telefon|^tel$|^fax$|handy/i, 'phone'],
  [/(^|[ _-])(address|street|adresse|strasse|straße|addr)([ _-]|\d|$)/i, 'address'],
  [/(full|customer|employee|patient|person|client|contact|holder|user|member)[ _-]?name|^name$/i, 'name'],
]

/** The kind of personal data that most texts of a column are; undefined: none that is known. */
export function personalKind(name: string, texts: Texts): Exclude<TextKind, 'words'> | undefined {
  const some = someTexts(texts, looked)
  const share = (test: (text: string) => boolean) => some.filter(test).length / some.length
  const said = headers.find(([pattern]) => pattern.test(name.replace(/([a-z])([A-Z])/g, '$1 $2')))?.[1]
  if (share(text => email.test(text)) > 0.8) return 'email'
  const digits = (text: string) => text.replace(/\D/g, '').length
  if (said === 'phone' && share(text => phone.test(text) && digits(text) >= 6) > 0.6) return 'phone'
  if (share(text => phone.test(text) && digits(text) >= 8 && digits(text) <= 15 && /^[+(]|[ ()]/.test(text)) > 0.9)
    return 'phone'
  if (share(text => address.test(text) && /\d/.test(text)) > (said === 'address' ? 0.3 : 0.7)) return 'address'
  if (said === 'address' && share(text => /\d/.test(text) && /\p{L}{3}/u.test(text) && text.includes(' ')) > 0.6)
    return 'address'
  const named = share(text => text.split(/[\s,]+/).some(word => isGivenName(word.toLowerCase())))
  const parts = share(text => isPlainName(text))
  if (said === 'given-name' && parts > 0.7 && named > 0.2) return 'given-name'
  if (said === 'family-name' && parts > 0.7) return 'family-name'
  const several = share(text => /\S[\s,]+\S/.test(text))
  if (parts > 0.8 && several > 0.8 && named > (said === 'name' ? 0.2 : 0.5)) return 'name'
  if (parts > 0.9 && several < 0.1 && named > 0.6) return 'given-name'
  return undefined
}

function isPlainName(text: string): boolean {
  const words = text.split(/[\s,]+/).filter(word => word !== '')
  return (
    words.length <= 4 &&
    words.some(word => capitalised.test(word)) &&
    words.every(word => /^\p{L}[\p{L}\p{M}'’.-]*$/u.test(word))
  )
}

export function fitText(texts: Texts, of: TextKind, nulls: boolean): TextModel {
  const shapes = new Map<string, number>()
  texts.counts.forEach((count, place) => {
    if (count === 0) return
    const shape = shapeOf(texts.dictionary[place]!, of)
    shapes.set(shape, (shapes.get(shape) ?? 0) + count)
  })
  const kept = commonest(shapes, of)
  return {
    kind: 'text',
    of,
    shapes: kept.map(([shape]) => shape),
    counts: kept.map(([, count]) => count),
    ...(texts.known > 1 && texts.distinct === texts.known && { unique: true as const }),
    nulls,
  }
}

/** A shape that few texts have could tell which they are. */
function commonest(shapes: Map<string, number>, of: TextKind): [string, number][] {
  const ordered = [...shapes].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
  if (of === 'words') return ordered
  const frequent = ordered.filter(([, count]) => count >= 5).slice(0, 20)
  return frequent.length > 0 ? frequent : ordered.slice(0, 1)
}

function shapeOf(text: string, of: TextKind): string {
  switch (of) {
    case 'phone':
      return text.trim().replace(/\d/g, '9')
    case 'name': {
      const words = text.trim().split(/\s+/)
      const reversed = words.length > 1 && words[0]!.endsWith(',')
      return words
        .map((word, place) =>
          /^\p{L}\.?$/u.test(word)
            ? 'I.'
            : reversed
              ? place === 0
                ? 'F,'
                : 'G'
              : place === words.length - 1 && place > 0
                ? 'F'
                : 'G',
        )
        .slice(0, 4)
        .join(' ')
    }
    case 'address':
      return /^\d/.test(text.trim()) ? 'number first' : 'number last'
    case 'words': {
      const words = text.trim().split(/\s+/).length
      // Lengths of long texts are told apart coarsely: the exact one could be anybody’s.
      const coarse = words <= 12 ? words : Math.round(words / 5) * 5
      return String(coarse)
    }
    default:
      return ''
  }
}

const { english: _, 'also words or places': __, ...others } = givenNames
const firstNames = [...givenNames.english, ...Object.values(others).flat().slice(0, 8)].flatMap(line => line.split(' '))
const onsets = 'b br c ch d dr f g gr h j k kl l m n p pr r s st t tr v w z'.split(' ')
const vowels = 'a e i o u a e i o ai ea ou'.split(' ')
const endings = 'n r l s t m nd rt ck ng'.split(' ')
const familyEndings = 'man son er ley ton ford well ard ini ova ez sen berg mann'.split(' ')

const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1)

function syllables(random: RandomStream, count: number): string {
  let word = ''
  for (let i = 0; i < count; i++) word += random.pick(onsets) + random.pick(vowels)
  return random.int(2) === 0 ? word + random.pick(endings) : word
}

const given = (random: RandomStream) => capital(random.pick(firstNames))
const family = (random: RandomStream) =>
  capital(random.pick(onsets) + random.pick(vowels) + random.pick(onsets) + random.pick(familyEndings))

/** Writes the text of each row; `row` counts over the whole table. */
export type TextMaker = (row: number, random: RandomStream) => string

export function textMaker({ of, shapes, counts, unique }: TextModel): TextMaker {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const shape = (random: RandomStream): string => {
    let left = random.float() * total
    for (const [place, count] of counts.entries()) {
      left -= count
      if (left < 0) return shapes[place]!
    }
    return shapes.at(-1) ?? ''
  }
  const write = writers[of]
  return (row, random) => write(random, shape(random), unique ? row + 1 : undefined)
}

/** `number` keeps apart what must differ. */
const writers: Record<TextKind, (random: RandomStream, shape: string, number?: number) => string> = {
  'given-name': random => given(random),
  'family-name': random => family(random),
  name: (random, shape) =>
    shape.replace(/[GFI]/g, letter =>
      letter === 'G' ? given(random) : letter === 'F' ? family(random) : capital(random.pick(onsets))[0]!,
    ),
  // Domains that belong to nobody (RFC 2606).
  email: (random, _shape, number) =>
    `${given(random)}.${family(random)}${number ?? random.int(100)}@example.${random.pick(['com', 'org', 'net'])}`.toLowerCase(),
  phone: (random, shape) => shape.replace(/9/g, () => String(random.int(10))),
  address: (random, shape) => {
    const street = `${family(random)} ${random.pick(['Street', 'Road', 'Avenue', 'Lane', 'Way'])}`
    const house = 1 + random.int(200)
    return shape === 'number first' ? `${house} ${street}` : `${street} ${house}`
  },
  words: (random, shape, number) => {
    const words = Array.from({ length: Math.max(1, Number(shape)) }, () => syllables(random, 1 + random.int(3)))
    const text = capital(words.join(' '))
    if (words.length >= 5) return `${text}.`
    return number === undefined || words.length > 2 ? text : `${text} ${number}`
  },
}

/** Fills a JSON Schema with plausible values: what a scripted teacher answers wherever a reply must have a form. */
import type { Json } from '../model/json.ts'
import type { RandomStream } from '../stats/random-stream.ts'
import { shortSaying } from './saying.ts'
import { alternatives, constants, isSchema, list, resolved, type Schema, typeOf } from './schema-shape.ts'

export interface Filling {
  random: RandomStream
  /** Something to say, at least `least` and at most `most` characters long. */
  say(least: number, most: number): string
  /** Items of a list that is not itself within one. */
  count: number
  /** If the reply is a verdict: whether `score`, `keep` and the like get their best value or their worst. */
  good?: boolean | undefined
  /** Values that the request shows for names and labels, by property. */
  shown: Map<string, string>
}

/** Where a value stands. */
interface Place {
  /** The property it belongs to. */
  name: string
  inList: boolean
  /** The text that the object around this one describes: strings within quote it, `start` and `end` are offsets in it. */
  host?: string
  quote?: { text: string; start: number; end: number }
}

/** Levels below which nothing optional is given. */
const deep = 6
const shortNames = /label|name|title|topic|categor|type|tag|intent|(^|_)id$/i
const verdictNames = /score|rating|grade|^keep$|^pass(es)?$|^accept|^valid$|^good$/i

/** Whether the reply is a verdict: one of its properties is a score or the like, or a point that holds (1) or not (0). */
export function asksForVerdict(root: Schema): boolean {
  return Object.entries((resolved(root, root)['properties'] ?? {}) as { [name: string]: Schema }).some(
    ([name, member]) => isVerdict(name, resolved(member, root)),
  )
}

function isVerdict(name: string, shape: Schema): boolean {
  const type = typeOf(shape)
  return (
    type !== 'string' &&
    (verdictNames.test(name) || (type === 'integer' && shape['minimum'] === 0 && shape['maximum'] === 1))
  )
}

/**
 * A value that satisfies the schema, but for `pattern`, `multipleOf` and conditions (`if`, `not`). Understands `$ref` within the schema,
 * `anyOf`, `oneOf`, `allOf`; recursion ends after a few levels. All properties are given, optional ones too.
 */
export function fillSchema(root: Schema, filling: Filling): Json {
  const { random } = filling
  let depth = 0

  function value(schema: Schema, place: Place): Json {
    const shape = resolved(schema, root)
    if (shape['const'] !== undefined) return shape['const']
    const options = alternatives(shape, root)
    const listed = list(shape['enum']) ?? constants(options)
    if (listed) return oneOf(listed, place)
    if (options) return value(random.pick(depth < deep ? options : leaves(options)), place)
    depth++
    const filled = plain(shape, place)
    depth--
    return filled
  }

  function leaves(options: Schema[]): Schema[] {
    const found = options.filter(option => !['object', 'array'].includes(typeOf(resolved(option, root))))
    return found.length > 0 ? found : options
  }

  function plain(shape: Schema, place: Place): Json {
    const verdict = filling.good !== undefined && isVerdict(place.name, shape)
    switch (typeOf(shape)) {
      case 'object':
        return object(shape, place)
      case 'array':
        return array(shape, place)
      case 'integer':
      case 'number':
        return number(shape, place, verdict)
      case 'boolean':
        return verdict ? filling.good === true : random.int(2) === 1
      case 'null':
        return null
      default:
        return string(shape, place)
    }
  }

  function oneOf(listed: Json[], place: Place): Json {
    const shown = filling.shown.get(place.name)
    if (shown !== undefined && listed.includes(shown)) return shown
    const numbers = listed.filter(each => typeof each === 'number')
    if (filling.good === undefined || !verdictNames.test(place.name) || numbers.length === 0) return random.pick(listed)
    return filling.good ? Math.max(...numbers) : Math.min(...numbers)
  }

  function object(shape: Schema, { host, inList }: Place): Json {
    const quote = host === undefined ? undefined : stretchOf(host, random)
    const filled: { [key: string]: Json } = {}
    let text: string | undefined
    for (const [name, member] of Object.entries((shape['properties'] ?? {}) as { [name: string]: Schema })) {
      if (depth > deep && !list(shape['required'])?.includes(name)) continue
      const nested = ['object', 'array'].includes(typeOf(resolved(member, root)))
      const around = nested ? { ...(text === undefined ? {} : { host: text }) } : { ...(quote ? { quote } : {}) }
      filled[name] = value(member, { name, inList, ...around })
      if (inList && name === 'text' && typeof filled[name] === 'string') text = filled[name]
    }
    const others = shape['additionalProperties']
    if (Object.keys(filled).length === 0 && isSchema(others)) {
      const names = list(resolved((shape['propertyNames'] ?? {}) as Schema, root)['enum']) ?? ['first', 'second']
      for (const name of names) filled[String(name)] = value(others, { name: String(name), inList })
    }
    return filled
  }

  function array(shape: Schema, { name, inList, host }: Place): Json {
    const first = list(shape['prefixItems'])
    if (first) return first.map(item => value(item as Schema, { name, inList: true }))
    const wanted = depth > deep ? 0 : inList ? 1 + random.int(2) : filling.count
    const length = between(wanted, numeric(shape['minItems'], 0), numeric(shape['maxItems'], Number.POSITIVE_INFINITY))
    const item = isSchema(shape['items']) ? shape['items'] : {}
    return Array.from({ length }, () =>
      value(item, {
        name,
        inList: true,
        ...(host === undefined ? {} : { host, quote: stretchOf(host, random) }),
      }),
    )
  }

  function number(shape: Schema, { name, quote }: Place, verdict: boolean): number {
    const whole = typeOf(shape) === 'integer'
    const step = whole ? 1 : 0.01
    const greatest = bound(shape['maximum']) ?? bound(shape['exclusiveMaximum'], -step)
    const least = bound(shape['minimum']) ?? bound(shape['exclusiveMinimum'], step) ?? Math.min(0, greatest ?? 0)
    const most = Math.max(least, greatest ?? least + (verdict ? 10 : 100))
    const offset = name === 'start' || name === 'end' ? quote?.[name] : undefined
    if (offset !== undefined && offset >= least && offset <= (greatest ?? offset)) return offset
    if (verdict) return filling.good ? most : least
    if (whole)
      return Math.ceil(least) + random.int(Math.max(1, Math.min(Math.floor(most) - Math.ceil(least) + 1, 2 ** 32)))
    return between(Math.round((least + random.float() * (most - least)) * 100) / 100, least, most)
  }

  function string(shape: Schema, { name, quote }: Place): string {
    const least = numeric(shape['minLength'], 0)
    const most = numeric(shape['maxLength'], Number.POSITIVE_INFINITY)
    const formatted = formats[String(shape['format'])]
    if (formatted) return formatted(random)
    if (quote && quote.text.length >= least && quote.text.length <= most) return quote.text
    if (!shortNames.test(name)) return filling.say(least, most)
    return (filling.shown.get(name) ?? shortSaying(random)).padEnd(least, '.').slice(0, most)
  }

  return value(root, { name: '', inList: false })
}

const formats: Record<string, (random: RandomStream) => string> = {
  date: random => `20${20 + random.int(6)}-0${1 + random.int(9)}-${10 + random.int(19)}`,
  'date-time': random => `${formats['date']!(random)}T1${random.int(10)}:${10 + random.int(50)}:00Z`,
  time: random => `1${random.int(10)}:${10 + random.int(50)}:00`,
  email: random => `${shortSaying(random).replaceAll(' ', '.')}@example.com`,
  uri: random => `https://example.com/${shortSaying(random).replaceAll(' ', '/')}`,
  uuid: random => {
    const hex = [0, 1, 2, 3].map(() => random.uint32().toString(16).padStart(8, '0')).join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  },
}

/** Some word of the text, with its offsets. */
export function stretchOf(text: string, random: RandomStream): { text: string; start: number; end: number } {
  const words = [...text.matchAll(/\p{L}{4,}/gu)]
  const word = words.length === 0 ? undefined : random.pick(words)
  if (!word) return { text, start: 0, end: text.length }
  return { text: word[0], start: word.index, end: word.index + word[0].length }
}

/** A stated limit, moved by `shift`; the limits of safe integers are those of every integer, and say nothing. */
function bound(value: Json | undefined, shift = 0): number | undefined {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value + shift : undefined
}

function numeric(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}

function between(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}

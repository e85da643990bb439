/** The one-line form of a distribution: `normal(0, 1)`, `gamma(shape = 2)`, `truncated(normal(20, 5), min = 0)`. */
import { CultivarError } from '../../model/error.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { type AnyDistributionKind, type DistributionChoice, signature } from './define-distribution.ts'

const tokens =
  /\s*(?:(?<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?![\w.])|(?<word>[A-Za-z][\w-]*)|(?<sign>[()[\],=]))/y

interface Token {
  text: string
  kind: 'number' | 'word' | 'sign' | 'end'
  /** Where it starts. */
  at: number
}

/** Reads the one-line form, with parameters by place, by name, or both; throws CultivarError `bad-recipe` that says what to write. */
export function readDistribution(text: string, find: (kind: string) => AnyDistributionKind): DistributionChoice {
  const reader = new Reader(text, find)
  const choice = reader.distribution()
  reader.expectEnd()
  return choice
}

class Reader {
  readonly #text: string
  readonly #find: (kind: string) => AnyDistributionKind
  #at = 0
  #token: Token

  constructor(text: string, find: (kind: string) => AnyDistributionKind) {
    this.#text = text
    this.#find = find
    this.#token = this.#read()
  }

  distribution(): DistributionChoice {
    const name = this.#token
    if (name.kind !== 'word') this.#fail('a distribution such as normal(0, 1) is expected')
    const kind = this.#find(name.text)
    this.#next()
    const choice: DistributionChoice = { distribution: name.text }
    if (!this.#takes('(')) return choice
    const names = Object.keys(kind.params.shape)
    for (let place = 0; !this.#takes(')'); place++) {
      if (place > 0) this.#expect(',')
      this.#parameter(choice, kind, names, place)
    }
    return choice
  }

  expectEnd() {
    if (this.#token.kind !== 'end') this.#fail('nothing more is expected')
  }

  #parameter(choice: DistributionChoice, kind: AnyDistributionKind, names: string[], place: number) {
    const start = this.#token
    const isNamed = start.kind === 'word' && /^\s*=/.test(this.#text.slice(this.#at))
    const name = isNamed ? start.text : names[place]
    if (name === undefined) this.#fail(`${signature(kind)} takes no more than ${names.length}`)
    if (!names.includes(name)) {
      const near = nearestName(name, names)
      this.#fail(near ? `did you mean “${near}”?` : `${signature(kind)} has no such parameter`)
    }
    if (name in choice) this.#fail(`${name} is given twice`)
    if (isNamed) {
      this.#next()
      this.#next()
    }
    choice[name] = this.#value()
  }

  #value(): unknown {
    const { kind, text } = this.#token
    if (kind === 'number') {
      this.#next()
      return Number(text)
    }
    if (this.#takes('[')) return this.#list()
    if (kind === 'word') return this.distribution()
    return this.#fail('a number is expected')
  }

  #list(): unknown[] {
    const items: unknown[] = []
    while (!this.#takes(']')) {
      if (items.length > 0) this.#expect(',')
      items.push(this.#value())
    }
    return items
  }

  #takes(sign: string): boolean {
    const isNext = this.#token.kind === 'sign' && this.#token.text === sign
    if (isNext) this.#next()
    return isNext
  }

  #expect(sign: string) {
    if (!this.#takes(sign)) this.#fail(`“${sign}” is expected`)
  }

  #next() {
    this.#token = this.#read()
  }

  #read(): Token {
    tokens.lastIndex = this.#at
    const found = tokens.exec(this.#text)
    const rest = this.#text.slice(this.#at)
    if (!found) {
      const at = this.#text.length - rest.trimStart().length
      return { text: rest.trim(), kind: rest.trim() === '' ? 'end' : 'sign', at }
    }
    this.#at = tokens.lastIndex
    const { number, word, sign } = found.groups!
    const text = number ?? word ?? sign!
    return { text, kind: number ? 'number' : word ? 'word' : 'sign', at: this.#at - text.length }
  }

  #fail(expected: string): never {
    const token = this.#token
    const where = token.kind === 'end' ? 'At its end' : `At “${token.text}”`
    throw new CultivarError(
      'bad-recipe',
      `“${this.#text}” is not a distribution. ${where}, ${expected.endsWith('?') ? expected : `${expected}.`}`,
      'Write it like normal(0, 1) or normal(mean = 0, sd = 1).',
      { text: this.#text, at: token.at },
    )
  }
}

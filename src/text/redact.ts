/** Personal data replaced by placeholders: what a project with egress `redacted` sends, and what the critic `privacy` keeps. */
import { applyEdits, type Edit } from './edits.ts'
import { findPersonalData, type PersonalData, type PersonalDataKind } from './personal-data/find-personal-data.ts'

/**
 * Replaces all personal data that is found (see `findPersonalData`), names as far as the text introduces them, by `⟦EMAIL_1⟧` and
 * the like. Equal values get the same placeholder; numbers count from 1 by first place. The same text always gives the
 * same result, and redacting twice changes nothing more.
 */
export function redact(text: string): string {
  const found = findPersonalData(text)
  return found.length === 0 ? text : applyEdits(text, new Placeholders([text]).edits(text, found))
}

const placeholder = /⟦([A-Z]+(?:_[A-Z]+)*)_(\d{1,6})⟧/g

/** The placeholders of texts that belong together: one value has one placeholder throughout. */
export class Placeholders {
  /** By value, the one in use. */
  readonly #names = new Map<string, string>()
  /** By kind, the highest number in use. */
  readonly #highest = new Map<string, number>()
  readonly #people: { words: Set<string>; name: string }[] = []

  /** Numbers that stand in `texts` already are not given again: what they replaced is not known. */
  constructor(texts: readonly string[]) {
    for (const text of texts) {
      if (!text.includes('⟦')) continue
      for (const [, kind, number] of text.matchAll(placeholder)) {
        this.#highest.set(kind!, Math.max(this.#highest.get(kind!) ?? 0, Number(number)))
      }
    }
  }

  edits(text: string, found: readonly PersonalData[]): Edit[] {
    return found.map(({ kind, start, end }) => ({ start, end, text: this.#of(kind, text.slice(start, end)) }))
  }

  #of(kind: PersonalDataKind, value: string): string {
    if (kind === 'name') return this.#ofPerson(value)
    const key = `${kind} ${comparable(kind, value)}`
    let name = this.#names.get(key)
    if (name === undefined) {
      name = this.#next(kind)
      this.#names.set(key, name)
    }
    return name
  }

  /** “Ms Okafor” is Maria Okafor if she is the first of that name. */
  #ofPerson(value: string): string {
    const words = wordsOf(value)
    const person = this.#people.find(known => words.isSubsetOf(known.words) || known.words.isSubsetOf(words))
    if (!person) {
      const name = this.#next('name')
      this.#people.push({ words, name })
      return name
    }
    if (words.size > person.words.size) person.words = words
    return person.name
  }

  #next(kind: PersonalDataKind): string {
    const written = kind.toUpperCase().replaceAll('-', '_')
    const number = (this.#highest.get(written) ?? 0) + 1
    this.#highest.set(written, number)
    return `⟦${written}_${number}⟧`
  }
}

/** Equal for the same value in another notation. */
export function comparable(kind: PersonalDataKind, value: string): string {
  const lower = value.normalize('NFKC').toLowerCase()
  return kind === 'email' || kind === 'ip' || kind === 'secret' ? lower : lower.replace(/[^\p{L}\p{M}\p{N}]/gu, '')
}

export function wordsOf(value: string): Set<string> {
  return new Set(
    value
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [],
  )
}

/** Finds, among many texts, the one that a given text repeats: wholly, but for a few words, or in long stretches. */
import { Uint32List } from './compact-list.ts'
import { foldText } from './normalize.ts'
import { Postings } from './postings.ts'
import { scramble } from './scramble.ts'
import { TextTable } from './text-table.ts'

export interface OverlapRule {
  /** Least share of the words, in their order, that two texts have in common to be near: 0.6 to 1. */
  near: number
  /** Words of an n-gram, to find long stretches by. */
  ngram: number
  /** Least share of the n-grams of the shorter text that the other must have. */
  share: number
}

export interface Overlap {
  kind: 'same' | 'near' | 'ngrams'
  /** Number of the text, by the order they were given in. */
  item: number
  /** The share that `kind` speaks of. */
  share: number
}

/** An n-gram that so many texts have is a commonplace and does not count. */
const commonplace = 100
/** Looking at one text takes about as long as going over so many entries of the index. */
const entriesPerLook = 64

/**
 * An index of texts, complete: whatever the rule calls an overlap is found. Texts are the same if they are once folded
 * and without blanks. The share for `near` is that of the longest common subsequence of words in the longer of the two
 * texts: a word replaced, left out, put in or moved in a text of n words leaves (n − 1) / n of it or more. A text that may
 * lack k words has one of any k + 1, so only those that share the rarest are looked at (prefix filter; S. Chaudhuri,
 * V. Ganti and R. Kaushik, A primitive operator for similarity joins, 2006; J. Wang, G. Li and J. Feng, Can we beat the
 * prefix filtering?, 2012). N-grams are used in the manner of T. Brown et al., Language models are few-shot
 * learners, 2020, appendix C (13-grams) and A. Chowdhery et al., PaLM, 2022, section 8 (70 % of 8-grams); those in
 * more than 100 texts are ignored. Chinese and Japanese characters, and those of other scripts without blanks, are words.
 * About 40 bytes a word of text.
 */
export class OverlapIndex {
  readonly #rule: OverlapRule
  readonly #exact = new TextTable()
  readonly #vocabulary = new Map<string, number>()
  /** The words of all texts by their numbers, one text after the other. */
  readonly #words = new Uint32List()
  /** Per item: where its words end. */
  readonly #ends = new Uint32List()
  readonly #occurrences: Postings
  readonly #ngrams: Postings
  /** Per item: its distinct n-grams that are no commonplaces. */
  readonly #ngramCounts: Uint32Array
  /** Per item: occurrences it shares with the text looked up; 0 between searches. */
  readonly #counts: Uint32Array
  /** Items that a search is about. */
  readonly #items: Uint32Array
  /** Per word: the last search whose text has it. */
  readonly #has: Uint32Array
  #search = 0

  constructor(texts: Iterable<string>, rule: OverlapRule) {
    this.#rule = rule
    for (const text of texts) this.#read(text)
    const items = this.#ends.length
    const byLength = Uint32Array.from({ length: items }, (_, item) => item)
    byLength.sort((a, b) => this.#lengthOf(a) - this.#lengthOf(b))
    this.#occurrences = this.#postings(byLength, occurrenceKeys)
    this.#ngrams = this.#postings(byLength, words => this.#ngramKeys(words))
    this.#ngramCounts = Uint32Array.from({ length: items }, (_, item) => this.#telling(this.#wordsOf(item)).length)
    this.#counts = new Uint32Array(items)
    this.#items = new Uint32Array(items)
    this.#has = new Uint32Array(this.#vocabulary.size)
  }

  /** The text it repeats most: the same, else the nearest, else the one with most of its n-grams; the first of equals. */
  find(text: string): Overlap | undefined {
    const folded = fold(text)
    if (folded === '') return undefined
    const item = this.#exact.get(folded.replaceAll(' ', ''))
    if (item !== undefined) return { kind: 'same', item, share: 1 }
    // A word that no indexed text has is none of the others.
    const words = Float64Array.from(wordsIn(folded), (word, at) => this.#vocabulary.get(word) ?? -1 - at)
    return this.#nearest(words) ?? this.#mostNgrams(words)
  }

  #read(text: string): void {
    const folded = fold(text)
    const item = this.#ends.length
    const key = folded.replaceAll(' ', '')
    if (key !== '' && this.#exact.get(key) === undefined) this.#exact.set(key, item)
    for (const word of wordsIn(folded)) {
      let number = this.#vocabulary.get(word)
      if (number === undefined) {
        number = this.#vocabulary.size
        this.#vocabulary.set(word, number)
      }
      this.#words.push(number)
    }
    this.#ends.push(this.#words.length)
  }

  #postings(order: Uint32Array, keysOf: (words: Uint32Array) => Iterable<number>): Postings {
    const keys = new Uint32List()
    const items = new Uint32List()
    for (const item of order) {
      for (const key of keysOf(this.#wordsOf(item))) {
        keys.push(key)
        items.push(item)
      }
    }
    return new Postings(keys, items)
  }

  #wordsOf(item: number): Uint32Array {
    return this.#words.words.subarray(item === 0 ? 0 : this.#ends.words[item - 1], this.#ends.words[item])
  }

  #lengthOf(item: number): number {
    return this.#ends.words[item]! - (item === 0 ? 0 : this.#ends.words[item - 1]!)
  }

  #nearest(words: Float64Array): Overlap | undefined {
    const known = words.filter(word => word >= 0)
    const mayLack = known.length - Math.ceil(this.#rule.near * words.length - 1e-9)
    if (mayLack < 0) return undefined
    this.#search++
    for (const word of known) this.#has[word] = this.#search
    let best: Overlap | undefined
    for (const item of this.#likely(known, mayLack, words.length)) {
      const other = this.#wordsOf(item)
      const longer = Math.max(words.length, other.length)
      if (this.#shared(other) < Math.max(this.#rule.near, best?.share ?? 0) * longer - 1e-9) continue
      const share = commonSubsequence(words, other) / longer
      if (share < this.#rule.near - 1e-9) continue
      if (!best || share > best.share || (share === best.share && item < best.item))
        best = { kind: 'near', item, share }
    }
    return best
  }

  /**
   * Every item that lacks no more of a text's words than it may, and some others. Who is in none of the first lists lacks too
   * many, the sooner the longer it is; the lists that follow rule out more, as long as that is less work than looking at the items.
   */
  #likely(known: Float64Array, mayLack: number, length: number): Uint32Array {
    const { near } = this.#rule
    const [counts, items] = [this.#counts, this.#items]
    let left = 0
    let used = 0
    for (const { list, words } of this.#lists(known)) {
      const isFirst = used <= mayLack
      if (!isFirst && list.length > entriesPerLook * left) break
      const lacked = length - known.length + used
      const begin = this.#firstAbove(list, near * length - 1e-9)
      const endOfNew = isFirst ? this.#firstAbove(list, (length - lacked) / near + 1e-9) : begin
      const end = this.#firstAbove(list, length / near + 1e-9)
      used += words
      for (let at = begin; at < endOfNew; at++) {
        if (counts[list[at]!] === 0) items[left++] = list[at]!
        counts[list[at]!]! += words
      }
      for (let at = endOfNew; at < end; at++) if (counts[list[at]!] !== 0) counts[list[at]!]! += words
      if (isFirst) continue
      let kept = 0
      for (let at = 0; at < left; at++) {
        const item = items[at]!
        if (counts[item]! >= used - mayLack) items[kept++] = item
        else counts[item] = 0
      }
      left = kept
    }
    for (let at = 0; at < left; at++) counts[items[at]!] = 0
    return items.subarray(0, left)
  }

  /**
   * For each of these words the items that have it, those first that say most for the work. Words that always come together, as
   * in texts made from templates, are one list.
   */
  #lists(known: Float64Array): { list: Uint32Array; words: number }[] {
    const wordsOf = new Map<number, number>()
    for (const key of occurrenceKeys(known)) {
      const list = this.#occurrences.listOf(key)
      wordsOf.set(list, (wordsOf.get(list) ?? 0) + 1)
    }
    const lists = Array.from(wordsOf, ([list, words]) => ({ list: this.#occurrences.itemsIn(list), words }))
    return lists.sort((a, b) => a.list.length / a.words - b.list.length / b.words)
  }

  /** Place of the first item, in a list ordered by length, that is at least so long. */
  #firstAbove(list: Uint32Array, length: number): number {
    let low = 0
    for (let high = list.length; low < high; ) {
      const middle = (low + high) >>> 1
      if (this.#lengthOf(list[middle]!) < length) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Words of an item that the text looked up has too, in whatever order. */
  #shared(words: Uint32Array): number {
    let shared = 0
    for (const word of words) if (this.#has[word] === this.#search) shared++
    return shared
  }

  #mostNgrams(words: Float64Array): Overlap | undefined {
    const own = this.#telling(words)
    const counts = new Map<number, number>()
    for (const items of own) for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
    let best: Overlap | undefined
    for (const [item, count] of counts) {
      const fewer = Math.min(own.length, this.#ngramCounts[item]!)
      if (count < this.#rule.share * fewer - 1e-9) continue
      // Two n-grams may have one hash.
      const share = Math.min(1, this.#ngramsShared(words, this.#wordsOf(item)) / fewer)
      if (share < this.#rule.share - 1e-9) continue
      if (!best || share > best.share || (share === best.share && item < best.item)) {
        best = { kind: 'ngrams', item, share }
      }
    }
    return best
  }

  #ngramsShared(words: Float64Array, others: Uint32Array): number {
    const { ngram } = this.#rule
    const runs = (list: Float64Array | Uint32Array) =>
      new Set(
        Array.from({ length: Math.max(0, list.length - ngram + 1) }, (_, at) =>
          list.subarray(at, at + ngram).join(' '),
        ),
      )
    return runs(words).intersection(runs(others)).size
  }

  /** For each n-gram of a text that is no commonplace, the items that have it. */
  #telling(words: ArrayLike<number>): Uint32Array[] {
    const ngrams = Array.from(this.#ngramKeys(words), key => this.#ngrams.itemsIn(this.#ngrams.listOf(key)))
    return ngrams.filter(items => items.length <= commonplace)
  }

  #ngramKeys(words: ArrayLike<number>): Set<number> {
    const { ngram } = this.#rule
    const keys = new Set<number>()
    for (let start = 0; start + ngram <= words.length; start++) {
      let key = ngram
      for (let at = start; at < start + ngram; at++) key = scramble(Math.imul(key, 31) ^ (words[at]! + 1))
      keys.add(key)
    }
    return keys
  }
}

const ascii = /^[\x00-\x7f]*$/
const joints = /(?<=[\p{L}\p{N}])[-‐‑.](?=[\p{L}\p{N}])|(?<=\p{N}),(?=\p{N})/gu

/** Folded so that what stands between blanks stays one word: e-mail, 3.50, a.m. */
function fold(text: string): string {
  return foldText((ascii.test(text) ? text : text.normalize('NFKC')).replace(joints, ''))
}

/** Characters of scripts without blanks between words, each by itself, and words of all others. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu

function wordsIn(folded: string): string[] {
  if (folded === '') return []
  return ascii.test(folded) ? folded.split(' ') : (folded.match(word) ?? [])
}

/** A key for each word and how many times it came before, so that a word that comes twice counts twice. */
function* occurrenceKeys(words: ArrayLike<number>): Generator<number> {
  const sorted = Array.from(words).sort((a, b) => a - b)
  let before = 0
  for (const [at, word] of sorted.entries()) {
    before = at > 0 && sorted[at - 1] === word ? before + 1 : 0
    yield scramble(Math.imul(before, 0x9e3779b1) ^ word)
  }
}

/** Length of the longest common subsequence. */
function commonSubsequence(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let above = new Uint32Array(b.length + 1)
  let row = new Uint32Array(b.length + 1)
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) row[j + 1] = a[i] === b[j] ? above[j]! + 1 : Math.max(above[j + 1]!, row[j]!)
    ;[above, row] = [row, above]
  }
  return above[b.length]!
}

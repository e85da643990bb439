/** Words and phrases found in a text by one pass over it, however many there are: whole words, in any letter case, longest first. */

export interface WordMatch<V> {
  start: number
  end: number
  /** As the table has it: lower-case. */
  key: string
  value: V
}

export interface WordTable<V> {
  /** In order, without overlaps. Where several begin at one word, the longest. */
  matches(text: string): WordMatch<V>[]
}

interface Node<V> {
  entry?: { key: string; value: V }
  /** What may follow: what stands between, and the next word. */
  next?: Map<string, Node<V>>
}

/**
 * A table of keys, each a word or several with what stands between them ("as soon as possible", "e-mail", "o'neill", "st. lucia"); what
 * stands around them ("u.s.") is left out. Any white space stands for a blank, ’ for ', and any case for any other; of the same key
 * twice the first counts. A word may carry 's, 'll, 'd, 've, 're or 'm, which stays outside of the match. It is never part of a longer
 * word, of don't or O'Neill, an_identifier, a #tag, an address (a.b/c, a@b), nor, unless `inCompounds`, of a word with a hyphen.
 */
export function wordTable<V>(
  entries: Iterable<readonly [key: string, value: V]>,
  options: { inCompounds?: boolean } = {},
): WordTable<V> {
  const { inCompounds = false } = options
  const firstWords = new Map<string, Node<V>>()
  for (const [key, value] of entries) addTo(firstWords, key, value)

  function longestFrom(text: string, start: number, first: Node<V>, firstEnd: number): WordMatch<V> | undefined {
    let longest: WordMatch<V> | undefined
    let end = firstEnd
    for (let node: Node<V> | undefined = first; node; ) {
      if (node.entry && endsWord(text, end, inCompounds)) longest = { start, end, ...node.entry }
      if (!node.next) break
      const nextStart = wordStart(text, end)
      const nextEnd = wordEnd(text, nextStart)
      if (nextEnd === nextStart) break
      node = node.next.get(separator(text.slice(end, nextStart)) + folded(text.slice(nextStart, nextEnd)))
      end = nextEnd
    }
    return longest
  }

  return {
    matches(text) {
      const found: WordMatch<V>[] = []
      for (let start = wordStart(text, 0); start < text.length; ) {
        let end = wordEnd(text, start)
        const node = firstWords.get(folded(text.slice(start, end)))
        if (node && beginsWord(text, start, inCompounds)) {
          const match = longestFrom(text, start, node, end)
          if (match && !inAddress(text, match)) {
            found.push(match)
            end = match.end
          }
        }
        start = wordStart(text, end)
      }
      return found
    },
  }
}

function addTo<V>(firstWords: Map<string, Node<V>>, key: string, value: V): void {
  let nodes = firstWords
  let path = ''
  for (let start = wordStart(key, 0); start < key.length; ) {
    const end = wordEnd(key, start)
    path += folded(key.slice(start, end))
    const node: Node<V> = nodes.get(path) ?? {}
    nodes.set(path, node)
    start = wordStart(key, end)
    if (start === key.length) node.entry ??= { key: key.toLowerCase(), value }
    else node.next ??= new Map()
    nodes = node.next ?? nodes
    path = separator(key.slice(end, start))
  }
}

/** 1 for letters, marks, digits and connectors, 2 for the rest, 0 where it was not yet asked. */
const kinds = new Uint8Array(0x10000)
const wordCharacter = /[\p{L}\p{M}\p{N}\p{Pc}]/u

function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code >= 0xd800 && code < 0xe000) return wordCharacter.test(wholeCharacter(text, at))
  if (kinds[code] === 0) kinds[code] = wordCharacter.test(String.fromCharCode(code)) ? 1 : 2
  return kinds[code] === 1
}

/** The character a surrogate is half of. */
function wholeCharacter(text: string, at: number): string {
  const code = text.charCodeAt(at)
  return code < 0xdc00 ? text.slice(at, at + 2) : text.slice(Math.max(0, at - 1), at + 1)
}

function wordStart(text: string, from: number): number {
  let at = from
  while (at < text.length && !isWordAt(text, at)) at++
  return at
}

function wordEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && isWordAt(text, at)) at++
  return at
}

const ascii = /^[\0-\x7f]*$/

function folded(word: string): string {
  const lower = word.toLowerCase()
  return ascii.test(lower) ? lower : lower.normalize('NFC')
}

function separator(between: string): string {
  if (between === ' ' || between === "'" || between === '-') return between
  return between.replace(/\s+/gu, ' ').replace(/[’ʼ]/g, "'").replace(/[‐‑]/g, '-')
}

const apostrophes = "'’ʼ"
const hyphens = '-‐‑'

function beginsWord(text: string, start: number, inCompounds: boolean): boolean {
  if (start === 0) return true
  const before = text[start - 1]!
  if (before === ' ') return true
  if (before === '#') return false
  const joined = start > 1 && isWordAt(text, start - 2)
  if (apostrophes.includes(before) || before === '.') return !joined
  return !(joined && hyphens.includes(before)) || inCompounds
}

const clitic = /^(?:s|ll|d|ve|re|m)$/i

function endsWord(text: string, end: number, inCompounds: boolean): boolean {
  if (end + 1 >= text.length || text[end] === ' ' || !isWordAt(text, end + 1)) return true
  const after = text[end]!
  if (after === '.') return false
  if (apostrophes.includes(after)) return clitic.test(text.slice(end + 1, wordEnd(text, end + 1)))
  return !hyphens.includes(after) || inCompounds
}

const address = /:\/\/|@|\\|^www\./i

function inAddress(text: string, { start, end }: { start: number; end: number }): boolean {
  let from = start
  while (from > 0 && !isBlank(text.charCodeAt(from - 1))) from--
  let to = end
  while (to < text.length && !isBlank(text.charCodeAt(to))) to++
  return (from < start || to > end) && address.test(text.slice(from, to))
}

function isBlank(code: number): boolean {
  return code <= 0x20 || code === 0xa0
}

/** Cuts a Markdown document into chunks that follow its sections, its blocks and its sentences, within a budget of tokens. */
import { countTokens } from './count-tokens.ts'
import { divide, markdownPieces, type Piece, type Section } from './markdown-pieces.ts'

export interface Chunk {
  /** `markdown.slice(start, end)`. */
  text: string
  /** Offsets into the document, in UTF-16 code units. */
  start: number
  end: number
  /** Titles from the top down to the section that all of the chunk's text is in, as plain text. */
  headings: string[]
  /** Tokens of `text` (o200k_base). */
  tokens: number
}

/**
 * Every character that is no blank is in exactly one chunk, overlaps aside, and the chunks are in the document's order.
 *
 * A chunk holds blocks of one section, as many as fit. Lists, tables, code and paragraphs stay whole while they fit into a
 * chunk of their own; longer ones are cut between list items, rows, lines or sentences, and only what is still too long
 * between words, then within them. A table cut in two has its head in the first part alone, for a chunk is always a slice of
 * the document. A chunk of less than a quarter of the budget is joined with its neighbour under a common parent if both fit.
 * A heading is never parted from the prose below it.
 *
 * @param options.maxTokens the most tokens of a chunk; only a single character can exceed it
 * @param options.overlapTokens up to so many tokens of whole sentences (list items, tables) from the end of the previous chunk
 * are repeated, if that is of the same section; fewer where there is no room for them
 */
export function chunkMarkdown(markdown: string, options: { maxTokens: number; overlapTokens?: number }): Chunk[] {
  const maxTokens = Math.max(1, options.maxTokens)
  const overlapTokens = Math.min(options.overlapTokens ?? 0, Math.floor(maxTokens / 2))
  const packer = new Packer(markdown, maxTokens, overlapTokens)
  for (const group of sectionGroups(markdownPieces(markdown))) packer.pack(group)
  const chunks = packer.joined()
  return chunks.map(({ pieces, tokens }, at) => {
    const begin = pieces[0]!.start
    const start = at === 0 ? begin : packer.overlapStart(chunks[at - 1]!.pieces, pieces)
    const end = pieces.at(-1)!.end
    const text = markdown.slice(start, end)
    return { text, start, end, headings: headingsOf(pieces), tokens: start === begin ? tokens : countTokens(text) }
  })
}

/** Each section's blocks, headings without text of their own together with what follows them. */
function sectionGroups(pieces: Piece[]): Piece[][] {
  const groups: Piece[][] = []
  for (const piece of pieces) {
    const group = groups.at(-1)
    if (group && (!piece.heading || isHeading(group))) group.push(piece)
    else groups.push([piece])
  }
  return groups
}

interface Packed {
  pieces: Piece[]
  tokens: number
}

class Packer {
  readonly #chunks: Packed[] = []
  readonly #markdown: string
  readonly #maxTokens: number
  readonly #overlapTokens: number

  constructor(markdown: string, maxTokens: number, overlapTokens: number) {
    this.#markdown = markdown
    this.#maxTokens = maxTokens
    this.#overlapTokens = overlapTokens
  }

  /** Packs the pieces of one section, in order, each chunk as full as it gets. */
  pack(pieces: readonly Piece[]): void {
    const waiting = [...pieces].reverse()
    let open: Piece[] = []
    let tokens = 0
    let room = this.#maxTokens
    const close = () => {
      let exact = this.#tokens(open)
      // Parts are counted one by one; together they can, rarely, be a token or two more.
      while (open.length > 1 && exact > this.#maxTokens) {
        waiting.push(open.pop()!)
        exact = this.#tokens(open)
      }
      this.#chunks.push({ pieces: open, tokens: exact })
      open = []
      tokens = 0
      room = this.#maxTokens - this.#overlapTokens
    }
    while (waiting.length > 0) {
      const piece = waiting.pop()!
      const more = countTokens(this.#markdown.slice(open.at(-1)?.end ?? piece.start, piece.end))
      const parts = tokens + more > room && this.#mustBeCut(piece, more, open) ? this.#divide(piece) : [piece]
      if (parts.length > 1) waiting.push(...parts.reverse())
      else if (open.length === 0 || tokens + more <= room) {
        open.push(piece)
        tokens += more
      } else {
        waiting.push(piece)
        close()
      }
      if (waiting.length === 0 && open.length > 0) close()
    }
  }

  /** It has no room in a chunk of its own, or would leave its heading behind. */
  #mustBeCut(piece: Piece, tokens: number, open: readonly Piece[]): boolean {
    const proseOrList = piece.cut === 'sentences' || piece.cut === 'blocks'
    return tokens > this.#maxTokens || (open.length > 0 && isHeading(open) && proseOrList)
  }

  /** The chunks packed, small ones joined with a neighbour that they share a parent with. */
  joined(): Packed[] {
    const joined: Packed[] = []
    for (const chunk of this.#chunks) {
      const before = joined.at(-1)
      const tokens = before ? this.#tokensJoined(before, chunk, joined.at(-2)) : undefined
      if (before && tokens !== undefined) {
        before.pieces.push(...chunk.pieces)
        before.tokens = tokens
      } else joined.push({ ...chunk, pieces: [...chunk.pieces] })
    }
    return joined
  }

  /** The tokens of two chunks in one; undefined if they are better left apart. */
  #tokensJoined(one: Packed, other: Packed, before: Packed | undefined): number | undefined {
    if (Math.min(one.tokens, other.tokens) >= this.#maxTokens / 4) return undefined
    // A heading would end a chunk that does not have its text.
    if (isHeading(other.pieces)) return undefined
    if (!related(contentSection(one.pieces), contentSection(other.pieces))) return undefined
    const repeats = before?.pieces.at(-1)?.section === one.pieces[0]!.section
    const room = this.#maxTokens - (repeats ? this.#overlapTokens : 0)
    // What is far beyond needs no counting.
    if (one.tokens + other.tokens > room + 10) return undefined
    const tokens = this.#tokens([...one.pieces, ...other.pieces])
    return tokens <= room ? tokens : undefined
  }

  /** Where a chunk begins when it repeats what it may of the chunk before it. */
  overlapStart(before: readonly Piece[], pieces: readonly Piece[]): number {
    const { start, section } = pieces[0]!
    const end = pieces.at(-1)!.end
    let found = start
    for (const piece of before.toReversed()) {
      if (piece.section !== section || piece.heading || piece.cut === 'characters') return found
      const parts = piece.cut === 'sentences' || piece.cut === 'blocks' ? this.#divide(piece) : [piece]
      for (const part of parts.toReversed()) {
        const tokens = (to: number) => countTokens(this.#markdown.slice(part.start, to))
        if (part.start <= before[0]!.start || tokens(start) > this.#overlapTokens || tokens(end) > this.#maxTokens)
          return found
        found = part.start
      }
    }
    return found
  }

  #tokens(pieces: readonly Piece[]): number {
    return countTokens(this.#markdown.slice(pieces[0]!.start, pieces.at(-1)!.end))
  }

  /** The piece's parts; itself alone if it is a single character. */
  #divide(piece: Piece): Piece[] {
    const parts = divide(this.#markdown, piece, this.#maxTokens)
    return parts.length === 1 && piece.cut !== 'characters' ? this.#divide(parts[0]!) : parts
  }
}

function isHeading(pieces: readonly Piece[]): boolean {
  return pieces.every(piece => piece.heading)
}

function lineage(section: Section): Section[] {
  return section.parent ? [...lineage(section.parent), section] : [section]
}

function commonSection(one: Section, other: Section): Section {
  const others = new Set(lineage(other))
  return lineage(one).findLast(section => others.has(section))!
}

/** The section that all of a chunk's text is in; its headings, if it has text besides, do not count. */
function contentSection(pieces: readonly Piece[]): Section {
  const content = pieces.filter(piece => !piece.heading)
  return (content.length > 0 ? content : pieces.slice(-1)).map(piece => piece.section).reduce(commonSection)
}

/** Of one section, one below the other, or below one parent. */
function related(one: Section, other: Section): boolean {
  const common = commonSection(one, other)
  return [one, one.parent, other, other.parent].includes(common)
}

function headingsOf(pieces: readonly Piece[]): string[] {
  return lineage(contentSection(pieces))
    .map(section => section.title)
    .filter(title => title !== '')
}

/** Takes a Markdown document apart into blocks under their headings, and a block that is too long into ever smaller pieces. */
import type { Nodes, Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { type Processor, unified } from 'unified'

/** A stretch of the document, and where it may be cut if it must be. */
export interface Piece {
  start: number
  end: number
  section: Section
  heading: boolean
  cut: 'blocks' | 'sentences' | 'lines' | 'words' | 'characters'
  node?: Nodes
}

/** A heading and what is below it; the document itself is the one without a parent. */
export interface Section {
  title: string
  depth: number
  parent?: Section
}

/** Inline marks do not matter to where blocks begin and end, and reading them takes most of the time, quadratic for some inputs. */
const inlineMarks = [
  ...['attention', 'autolink', 'characterEscape', 'characterReference', 'codeText', 'hardBreakEscape', 'htmlText'],
  ...['labelEnd', 'labelStartImage', 'labelStartLink', 'strikethrough', 'gfmFootnoteCall'],
  ...['wwwAutolink', 'protocolAutolink', 'emailAutolink'],
]
const inFull = unified().use(remarkParse).use(remarkGfm).freeze()
const blocksAlone = unified().use(remarkParse).use(remarkGfm).use(withoutInlineMarks).freeze()

function withoutInlineMarks(this: Processor): void {
  const data = this.data()
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { disable: { null: inlineMarks } }]
}

/** The blocks of a document in their order, together covering all of it but blanks. */
export function markdownPieces(markdown: string): Piece[] {
  const tree: Root = blocksAlone.parse(markdown)
  let section: Section = { title: '', depth: 0 }
  return tiles(markdown, 0, markdown.length, tree.children).map(({ start, end, node }) => {
    const heading = node.type === 'heading'
    if (heading) {
      let parent = section
      while (parent.parent && parent.depth >= node.depth) parent = parent.parent
      section = { title: plainText(inFull.parse(markdown.slice(start, end))), depth: node.depth, parent }
    }
    return { start, end, section, heading, cut: heading ? 'words' : cutOf(node), node }
  })
}

/** The piece's parts, in order, together covering all of it but blanks; itself alone if it cannot be cut. */
export function divide(markdown: string, piece: Piece, maxTokens: number): Piece[] {
  const { start, end, node } = piece
  const parts = (cut: Piece['cut'], bounds: number[]) =>
    bounds
      .map((from, at) => ({ ...piece, start: from, end: bounds[at + 1] ?? end, cut, node: undefined }))
      .flatMap(part => trimmed(markdown, part) ?? [])
  const text = markdown.slice(start, end)
  switch (piece.cut) {
    case 'blocks':
      return tiles(markdown, start, end, node && 'children' in node ? node.children : []).map(tile => ({
        ...piece,
        ...tile,
        cut: cutOf(tile.node),
      }))
    case 'sentences':
      return parts(
        'words',
        [...sentenceStarts(text)].map(at => start + at),
      )
    case 'lines':
      return parts(
        'words',
        [...text.matchAll(/[^\n]+/g)].map(line => start + line.index),
      )
    case 'words':
      return parts(
        'characters',
        [...text.matchAll(/\S+/g)].map(word => start + word.index),
      )
    case 'characters':
      // A character is at most four bytes, and a byte at most a token.
      return parts(
        'characters',
        [...characterGroups(text, Math.max(1, Math.floor(maxTokens / 4)))].map(at => start + at),
      )
  }
}

/** Segmenting one very long string takes memory out of proportion; past this many code units it is done in parts. */
const longestSegmented = 20_000
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

function* sentenceStarts(text: string): Generator<number> {
  // A line end within a paragraph is a blank, which the segmenter would take for the end of a sentence.
  const flat = text.replace(/[\r\n]/g, ' ')
  for (let from = 0; from < flat.length; ) {
    const blank = flat.lastIndexOf(' ', from + longestSegmented)
    const to = flat.length - from <= longestSegmented ? flat.length : blank > from ? blank + 1 : from + longestSegmented
    for (const { index } of sentences.segment(flat.slice(from, to))) yield from + index
    from = to
  }
}

function* characterGroups(text: string, size: number): Generator<number> {
  let count = 0
  let at = 0
  for (const character of text) {
    if (count++ % size === 0) yield at
    at += character.length
  }
}

function cutOf(node: Nodes): Piece['cut'] {
  if (node.type === 'paragraph') return 'sentences'
  return ['list', 'listItem', 'blockquote', 'footnoteDefinition'].includes(node.type) ? 'blocks' : 'lines'
}

/** What stands between two blocks that is no blank (the marks of a quotation) goes with the block after it. */
function tiles<N extends Nodes>(markdown: string, start: number, end: number, nodes: readonly N[]) {
  return nodes.flatMap((node, at) => {
    const from = at === 0 ? start : nodes[at - 1]!.position!.end.offset!
    const to = at === nodes.length - 1 ? end : node.position!.end.offset!
    return trimmed(markdown, { start: from, end: to, node }) ?? []
  })
}

function trimmed<T extends { start: number; end: number }>(markdown: string, span: T): T | undefined {
  const text = markdown.slice(span.start, span.end)
  const start = span.start + text.length - text.trimStart().length
  const end = span.start + text.trimEnd().length
  return start < end ? { ...span, start, end } : undefined
}

function plainText(node: Nodes): string {
  if (node.type === 'html') return ''
  if ('children' in node) return node.children.map(plainText).join('').replace(/\s+/g, ' ').trim()
  return 'value' in node ? node.value : 'alt' in node ? (node.alt ?? '') : node.type === 'break' ? ' ' : ''
}

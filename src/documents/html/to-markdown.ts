/** Turns the tree of a page into GitHub-flavoured Markdown. */
import type { Root, RootContent } from 'hast'
import type { Nodes } from 'mdast'
import rehypeRemark from 'rehype-remark'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { markFootnotes } from './footnotes.ts'
import { handlers } from './markdown-handlers.ts'
import { isElement } from './tree.ts'

const convert = unified().use(rehypeRemark, { handlers })
const write = unified()
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkStringify, {
    bullet: '-',
    rule: '-',
    fences: true,
    handlers: {
      // The text goes on in the next line; a backslash before it would be in the way of whoever quotes it.
      break: (_node, _parent, state) => (state.stack.some(name => /^(tableCell|heading)/.test(name)) ? ' ' : '\n'),
      text: (node, _parent, state, info) => withoutAutolinks(withoutIdleEscapes(state.safe(node.value, info))),
    },
  })

/** Changes the tree. NFC, lines ended by `\n`. */
export function toMarkdown(root: Root): string {
  markFootnotes(root)
  return piecesOf(root)
    .map(piece => {
      const tree = convert.runSync(piece)
      dropBlankBlocks(tree)
      return write.stringify(tree).replace(/^\n+/, '').trimEnd()
    })
    .filter(markdown => markdown !== '')
    .join('\n\n')
    .toWellFormed()
    .normalize('NFC')
}

const pieceLength = 1_000

/** Long pages are converted piece by piece, cut where a block begins: in one piece they would take ten times the memory. */
function piecesOf(root: Root): Root[] {
  let nodes: RootContent[] = root.children
  for (let only = onlyChild(nodes); isElement(only, 'article', 'div', 'main', 'section'); only = onlyChild(nodes)) {
    nodes = only.children
  }
  const pieces: Root[] = [{ type: 'root', children: [] }]
  for (const node of nodes) {
    const isFull = pieces.at(-1)!.children.length >= pieceLength
    if (isFull && isElement(node, 'div', 'h1', 'h2', 'h3', 'h4', 'p', 'pre', 'section', 'table')) {
      pieces.push({ type: 'root', children: [] })
    }
    pieces.at(-1)!.children.push(node)
  }
  return pieces
}

function onlyChild(nodes: RootContent[]): RootContent | undefined {
  const [only, ...others] = nodes.filter(node => node.type !== 'text' || node.value.trim() !== '').slice(0, 2)
  return others.length === 0 ? only : undefined
}

const blocks = /^(root|paragraph|heading|list|listItem|blockquote|footnoteDefinition)$/

/** Of what only took room on the page, nothing would remain but empty lines. */
function dropBlankBlocks(tree: { children: Nodes[] }): void {
  tree.children = tree.children.filter(node => {
    if (!('children' in node) || !blocks.test(node.type)) return true
    dropBlankBlocks(node)
    return node.type === 'footnoteDefinition' || !node.children.every(isBlank)
  })
}

function isBlank(node: Nodes): boolean {
  if (node.type === 'text') return node.value.trim() === ''
  if (node.type === 'break') return true
  return /^(emphasis|strong|delete)$/.test(node.type) && 'children' in node && node.children.every(isBlank)
}

/** Escapes are for what would be markup: not for underscores within words, stars between blanks, addresses that are links anyway. */
function withoutIdleEscapes(text: string): string {
  return text
    .replace(/(?<=[\p{L}\p{N}])\\_(?=[\p{L}\p{N}])/gu, '_')
    .replace(/(?<=\S )\\([*~])(?= )/g, '$1')
    .replace(/(?<=https?)\\:(?=\/\/)|(?<=\w)\\@(?=\w)|(?<=www)\\\.(?=\w)/gi, escaped => escaped.slice(1))
}

const autolink = /((?:^|[^\\])(?:\\\\)*)<(?=[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d][a-z\d.-]*>)/gi

/** An address between angle brackets would be a link; the writer sees only those that begin with a letter. */
function withoutAutolinks(text: string): string {
  return text.replace(autolink, '$1\\<')
}

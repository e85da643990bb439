/** A document's Markdown as blocks to show: headings, paragraphs, code, tables, with the page that each begins on. */
import { pageAt } from '../../../../src/model/document.ts'

export interface Block {
  kind: 'heading' | 'text' | 'literal'
  /** Of a heading, 1 to 6; else 0. */
  level: number
  text: string
  /** Offset in the Markdown. */
  start: number
  /** Where it begins a page: its number. */
  page?: number
}

/** By lines, which is enough to be read; nothing in it becomes HTML. */
export function documentBlocks(markdown: string, pageStarts: readonly number[]): Block[] {
  const blocks: Block[] = []
  let fence: string | undefined
  let at = 0
  let seen = 0
  let open: Block | undefined
  const begin = (block: Block) => {
    const page = pageAt(pageStarts, block.start)
    if (page !== undefined && page !== seen) {
      block.page = page
      seen = page
    }
    blocks.push(block)
    return block
  }
  for (const line of markdown.split('\n')) {
    const start = at
    at += line.length + 1
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) [fence, open] = [undefined, undefined]
      else open!.text += open!.text === '' ? line : `\n${line}`
      continue
    }
    if (line.trim() === '') {
      open = undefined
      continue
    }
    if (mark !== undefined) {
      fence = mark
      open = begin({ kind: 'literal', level: 0, text: '', start })
      continue
    }
    const [, marks, title] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line) ?? []
    if (marks !== undefined) {
      begin({ kind: 'heading', level: marks.length, text: unescaped(title ?? ''), start })
      open = undefined
      continue
    }
    const kind = /^\s*\|/.test(line) ? 'literal' : 'text'
    if (open?.kind === kind && pageAt(pageStarts, start) === pageAt(pageStarts, open.start)) open.text += `\n${line}`
    else open = begin({ kind, level: 0, text: line, start })
  }
  return blocks
}

/** Without the marks of a heading's own emphasis. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([\\`*_{}[\]()#+.!|<>~-])/g, '$1').replaceAll(/\*\*|__/g, '')
}

/** Finds the first heading of a Markdown text. */

const fence = /^ {0,3}(`{3,}|~{3,})/
const marked = /^ {0,3}#{1,6}[ \t]+(.*)/
/** Longer headings are cut. */
const longestTitle = 300

/** As plain text; empty if there is none. What stands in fenced code is no heading. */
export function firstHeading(markdown: string): string {
  let openFence = ''
  let previous = ''
  for (const [line] of markdown.matchAll(/[^\n]+|\n\n/g)) {
    const mark = fence.exec(line)?.[1]
    if (openFence !== '') {
      if (mark?.startsWith(openFence) && line.trim() === mark) openFence = ''
      continue
    }
    if (mark) {
      openFence = mark
      continue
    }
    const heading = marked.exec(line)?.[1] ?? (isUnderlined(previous, line) ? previous : undefined)
    const plain = heading === undefined ? '' : plainHeading(heading)
    if (plain !== '') return plain
    previous = line
  }
  return ''
}

/** Dashes below a list, table or quotation are not an underline. */
function isUnderlined(above: string, line: string): boolean {
  return /^ {0,3}(=+|-{3,})[ \t]*$/.test(line) && /^ {0,3}[^\s>|*+#-]/.test(above)
}

function plainHeading(text: string): string {
  return text
    .trim()
    .slice(0, longestTitle)
    .replace(/[ \t]#+$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)|\[\^[^\]]*\]/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/(?<!\\)(\*\*|__|`+|\*|~~)/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

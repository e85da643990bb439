/** Text put into Markdown so that it stays text. */

/** Escapes what Markdown or HTML would take for markup; line breaks become blanks. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/[\\`*[\]<>|]/g, '\\$&')
    .replace(/^[#+=~-]/, '\\$&')
}

/** As code, in a table too. */
export function markdownCode(text: string): string {
  const line = oneLine(text).replaceAll('|', '\\|')
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line || ' '}${fence}`
}

/** Cells are Markdown already. */
export function markdownTable(head: string[], rows: string[][], align: ('left' | 'right')[] = []): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const rule = head.map((_, at) => (align[at] === 'right' ? '--:' : '---'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
}

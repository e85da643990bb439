/** What form a text has: a single letter, JSON, a table, code, a list, or prose. */

const structures = ['letter', 'json', 'table', 'code', 'list', 'prose'] as const
export type Structure = (typeof structures)[number]

const listItem = /^\s*(?:[-*•–]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+\S/
const tableRule = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)+\|?\s*$/
/** Share of lines that make a text a list, though it may begin or end with a sentence. */
const mostlyItems = 0.6

/** By the first that fits, in the order of the names; a fenced block counts as what is in it where nothing else is there. */
export function structureOf(text: string): Structure {
  const trimmed = text.trim()
  const fence = /^(`{3,}|~{3,})([\w+-]*)\n([\s\S]*?)\n?\1$/.exec(trimmed)
  const body = fence ? fence[3]!.trim() : trimmed
  const lines = body.split('\n').filter(line => line.trim() !== '')
  if (/^\(?[A-Za-z][.):]?$/.test(body)) return 'letter'
  if (isJson(body)) return 'json'
  if (lines.some(line => tableRule.test(line)) && lines.filter(line => line.includes('|')).length >= 3) return 'table'
  if (fence || hasMostlyCode(lines)) return 'code'
  const items = lines.filter(line => listItem.test(line)).length
  return items >= 2 && items >= mostlyItems * lines.length ? 'list' : 'prose'
}

function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Fenced blocks make up at least half of its lines. */
function hasMostlyCode(lines: string[]): boolean {
  let fence = ''
  let inside = 0
  for (const line of lines) {
    const mark = /^(`{3,}|~{3,})/.exec(line)?.[1] ?? ''
    if (fence === '' && mark === '') continue
    inside++
    if (fence === '') fence = mark
    else if (line.trimEnd() === fence) fence = ''
  }
  return inside > 0 && inside >= lines.length / 2
}

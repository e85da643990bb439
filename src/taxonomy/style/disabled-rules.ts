/** Comments that turn rules of style off: `# yamllint disable rule:colons`, `enable`, `disable-line`, `disable-file`. */

import { Positions } from '../positions.ts'
import type { Finding } from '../qna-problem.ts'
import type { Comment } from '../yaml/token.ts'
import type { StyledText } from './styled-text.ts'

const directive = /^# yamllint (disable|enable|disable-line)((?: rule:\S+)*)\s*$/
const allOff = /^# yamllint disable-file\s*$/

interface Switch {
  /** From 1. */
  line: number
  what: string
  /** None: all of them. */
  rules: string[]
}

/** The findings that no comment turns off, in the order of the text. */
export function withoutDisabled({ text, comments }: StyledText, findings: Finding[]): Finding[] {
  const sorted = findings.toSorted((a, b) => a.offset - b.offset)
  const [first] = comments
  if (first?.start.offset === 0 && allOff.test(first.text)) return []
  const positions = new Positions(text)
  const switches = comments.flatMap(comment => switchOf(comment, text, positions))
  if (switches.length === 0) return sorted
  const ofLines = new Map<number, string[][]>()
  for (const { line, what, rules } of switches) {
    if (what === 'disable-line') ofLines.set(line, [...(ofLines.get(line) ?? []), rules])
  }
  const lasting = switches.filter(({ what }) => what !== 'disable-line').values()
  let next = lasting.next()
  let off = new Map<string, boolean>()
  let otherwiseOff = false
  return sorted.filter(({ rule, offset }) => {
    const { line } = positions.at(offset)
    for (; !next.done && next.value.line <= line; next = lasting.next()) {
      const { what, rules } = next.value
      const isOff = what === 'disable'
      for (const name of rules) off.set(name, isOff)
      if (rules.length > 0) continue
      off = new Map()
      otherwiseOff = isOff
    }
    const offHere = ofLines.get(line)?.some(rules => rules.length === 0 || rules.includes(rule))
    return !offHere && !(off.get(rule) ?? otherwiseOff)
  })
}

function switchOf({ start, text }: Comment, whole: string, positions: Positions): Switch[] {
  const [, what, names] = directive.exec(text) ?? []
  if (what === undefined) return []
  const { line } = positions.at(start.offset)
  const lineStart = whole.lastIndexOf('\n', start.offset - 1) + 1
  const alone = whole.slice(lineStart, start.offset).trim() === ''
  const rules = [...names!.matchAll(/rule:(\S+)/g)].map(([, rule]) => rule!)
  return [{ line: what === 'disable-line' && alone ? line + 1 : line, what, rules }]
}

/** `trailing-spaces`: no line ends with spaces or tabs, in texts neither. */
import type { Finding } from '../qna-problem.ts'
import type { StyledText } from './styled-text.ts'

export function trailingSpaces({ text }: StyledText): Finding[] {
  const findings: Finding[] = []
  let start = 0
  while (start <= text.length) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    let last = end
    while (last > start && (text[last - 1] === ' ' || text[last - 1] === '\t')) last--
    if (last < end) {
      const message = 'There are spaces at the end of the line.'
      findings.push({ rule: 'trailing-spaces', offset: last, message, repair: 'Delete them.' })
    }
    start = end + 1
  }
  return findings
}

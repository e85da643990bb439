/** `new-line-at-end-of-file`: the last line ends like the others. */
import type { Finding } from '../qna-problem.ts'
import type { StyledText } from './styled-text.ts'

export function newLineAtEndOfFile({ text }: StyledText): Finding[] {
  if (text === '' || text.endsWith('\n')) return []
  const message = 'The last line has no line end.'
  return [{ rule: 'new-line-at-end-of-file', offset: text.length, message, repair: 'Press Enter at its end.' }]
}

/** `empty-lines`: none where the file begins or ends, at most two elsewhere. */
import type { Finding } from '../qna-problem.ts'
import type { StyledText } from './styled-text.ts'

const mostInside = 2

export function emptyLines({ text }: StyledText): Finding[] {
  return [...text.matchAll(/\n+/g)].flatMap(({ index, 0: feeds }) => {
    const atStart = index === 0
    const atEnd = index + feeds.length === text.length
    const empty = atStart ? feeds.length : feeds.length - 1
    const most = atStart || atEnd ? 0 : mostInside
    if (empty <= most) return []
    const where = atStart ? 'at the start of the file' : atEnd ? 'at the end of the file' : 'in a row'
    const message = `There ${empty === 1 ? 'is 1 empty line' : `are ${empty} empty lines`} ${where}; at most ${most} may be.`
    const repair = most === 0 ? 'Delete every empty line there.' : `Keep ${most} of them.`
    return [{ rule: 'empty-lines', offset: index + feeds.length - 1, message, repair }]
  })
}

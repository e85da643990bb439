/** `--map question=body,answer=label`: which member of a record is which part of a conversation. */
import type { ExchangePart } from '../formats/format.ts'
import { CultivarError } from '../model/error.ts'

const parts = Object.keys({ question: true, answer: true, context: true, system: true } satisfies Record<
  ExchangePart,
  true
>)

/** A comma that begins no new assignment belongs to the name. Throws CultivarError `bad-input`. */
export function partsOf(assignments: string[]): Partial<Record<ExchangePart, string>> {
  const next = new RegExp(`,(?=(?:${parts.join('|')})=)`)
  const entries = assignments
    .flatMap(text => text.split(next))
    .map(assignment => {
      const at = assignment.indexOf('=')
      if (at < 0 || !parts.includes(assignment.slice(0, at))) throw unreadable(assignment)
      return [assignment.slice(0, at), assignment.slice(at + 1)]
    })
  return Object.fromEntries(entries)
}

function unreadable(assignment: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `--map ${assignment} does not say what a part of a conversation is.`,
    `Write part=NAME, the part one of ${parts.join(', ')}; “context=” says there is none.`,
  )
}

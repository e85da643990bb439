/** `--controls labels=topic,spans=ner`: what an annotation tool calls its controls, questions and fields. */
import type { Controls } from '../formats/format.ts'
import { CultivarError } from '../model/error.ts'

const parts = Object.keys({ labels: true, spans: true, text: true } satisfies Record<keyof Controls, true>)

/** Throws CultivarError `bad-input`. */
export function controlsOf(assignments: string[]): Controls {
  const entries = assignments
    .flatMap(text => text.split(','))
    .map(assignment => {
      const [, part = '', name = ''] = /^([a-z]+)=(.+)$/s.exec(assignment.trim()) ?? []
      if (!parts.includes(part)) throw unreadable(assignment)
      return [part, name]
    })
  return Object.fromEntries(entries)
}

function unreadable(assignment: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `--controls ${assignment} does not say what a control is called.`,
    `Write part=NAME, the part one of ${parts.join(', ')}; as “labels=topic,spans=ner,text=body”.`,
  )
}

/** What a person should know of an export: first of all, what of the records the format could not hold. */
import type { ExportRecord, Format, Part, WriteOptions } from './format.ts'

/** Gathers notes while records are written; complete once they all are. */
export class ExportNotes {
  readonly #lost = new Map<string, number>()
  readonly #said = new Set<string>()

  /** Something of one record was lost; `what` reads on from “Not written:”. */
  lose(what: string): void {
    this.#lost.set(what, (this.#lost.get(what) ?? 0) + 1)
  }

  /** A remark, made once however often it is said. */
  say(note: string): void {
    this.#said.add(note)
  }

  /** Losses in the order they were first met, each with the number of its records. */
  lines(): string[] {
    const lost = [...this.#lost].map(
      ([what, count]) => `Not written: ${what} (${count.toLocaleString('en')} ${count === 1 ? 'record' : 'records'})`,
    )
    return [...lost, ...this.#said]
  }
}

/** Writes records and notes what of them the format does not hold at all; formats note the finer losses themselves. */
export function writeNoting(
  format: Format,
  records: AsyncIterable<ExportRecord>,
  options: WriteOptions & { notes: ExportNotes },
): AsyncIterable<string> {
  const { kind, holds } = format
  if (!holds) return format.write(records, options)
  async function* noted() {
    for await (const record of records) {
      for (const [part, has] of Object.entries(parts) as [Part, (record: ExportRecord) => boolean][]) {
        if (!holds?.includes(part) && has(record)) options.notes.lose(`${named[part]}, which ${kind} cannot hold`)
      }
      yield record
    }
  }
  return format.write(noted(), options)
}

/** Parts of a record that the format does not hold at all, in words. */
export function lostParts({ holds }: Format): string[] {
  return holds ? (Object.keys(named) as Part[]).filter(part => !holds.includes(part)).map(part => named[part]) : []
}

const named: Record<Part, string> = {
  fields: 'fields beside the text',
  labels: 'labels',
  spans: 'spans',
  tags: 'tags',
  split: 'the split',
}

/** Whether a record has more of a part than what an import takes for granted. */
const parts: Record<Part, (record: ExportRecord) => boolean> = {
  fields: ({ fields }) => Object.keys(fields).some(name => name !== 'text'),
  labels: ({ labels }) => labels.length > 0,
  spans: ({ spans }) => spans.length > 0,
  tags: ({ tags }) => tags.length > 0,
  split: ({ split }) => split !== 'train',
}

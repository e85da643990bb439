/** Records a report shows: kept ones of different cells, and rejected ones of different critics. */
import type { Json } from '../../model/json.ts'
import { type Span, shownText } from '../../model/record.ts'
import type { RunRow } from '../../model/run.ts'
import type { TracedRecord } from '../../stores/record-queries.ts'
import type { Workspace } from '../workspace.ts'

export interface Example {
  id: string
  cell: string
  labels: string[]
  text: string
  fields: Record<string, Json>
  spans: Span[]
}

export interface RejectedExample extends Example {
  critic: string
  reason: string
}

const mostShown = 12
const mostOfACritic = 3
/** Records looked through for examples that differ. */
const mostLookedThrough = 500

/** Of each cell one before there is a second of any. */
export async function keptExamples({ store }: Workspace, run: RunRow): Promise<Example[]> {
  const records = store.streamRecords(run.project, { run: run.id, outcomes: ['kept'] })
  return varied(records, ({ cell }) => cell, mostShown).then(found => found.map(exampleOf))
}

export async function rejectedExamples({ store }: Workspace, run: RunRow): Promise<RejectedExample[]> {
  const records = store.streamRejects(run.id, { outcomes: ['rejected'] })
  const found = await varied(records, objector, mostOfACritic)
  return found.map(record => ({
    ...exampleOf(record),
    critic: objector(record),
    reason: record.verdicts.find(({ pass }) => !pass)?.reason ?? '',
  }))
}

/** Some of the first records, by turns of each kind, at most so many of a kind. */
async function varied(
  records: AsyncIterable<TracedRecord>,
  kindOf: (record: TracedRecord) => string,
  mostOfAKind: number,
): Promise<TracedRecord[]> {
  const kinds = new Map<string, TracedRecord[]>()
  let looked = 0
  for await (const record of records) {
    const kind = kinds.get(kindOf(record)) ?? []
    if (kind.length < mostOfAKind) kind.push(record)
    kinds.set(kindOf(record), kind)
    if (++looked >= mostLookedThrough) break
  }
  const turns = Array.from({ length: mostOfAKind }, (_, turn) => [...kinds.values()].flatMap(kind => kind[turn] ?? []))
  return turns.flat().slice(0, mostShown)
}

function objector({ verdicts }: TracedRecord): string {
  return verdicts.find(({ pass }) => !pass)?.critic ?? ''
}

function exampleOf(record: TracedRecord): Example {
  const { id, cell, labels, fields, spans } = record
  return { id, cell, labels, text: shownText(record), fields, spans }
}

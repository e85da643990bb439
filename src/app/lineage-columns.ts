/** Where each record of a stream came from, as the columns an export carries. */
import { toCodePoints } from '../formats/code-points.ts'
import type { ExportRecord, OffsetUnit } from '../formats/format.ts'
import type { Json } from '../model/json.ts'
import type { EditStep, StoredRecord } from '../model/record.ts'
import type { TracedRecord } from '../stores/record-queries.ts'
import type { WorkspaceStore } from '../stores/workspace-store.ts'
import { applyEdits } from '../text/edits.ts'

/** Records whose calls are looked up together. */
const batchSize = 500

/**
 * Adds `lineage`. All that is there follows from recipe, seed, replies and people's decisions, so that equal sequences give
 * equal exports; times are left out. `edits` and the last `reviewer` leave out what was taken back. Tokens and cost are those of the call that proposed the record, which it may share with others.
 */
export async function* withLineage(
  store: WorkspaceStore,
  records: AsyncIterable<TracedRecord>,
  offsets: OffsetUnit = 'code-points',
): AsyncGenerator<ExportRecord> {
  const generators = new Map<string, string>()
  let batch: TracedRecord[] = []
  for await (const record of records) {
    batch.push(record)
    if (batch.length < batchSize) continue
    yield* await traced(store, batch, generators, offsets)
    batch = []
  }
  yield* await traced(store, batch, generators, offsets)
}

/** Ledger key of the call that proposed a record. */
export function callOf({ origin }: TracedRecord): string | null {
  return origin?.slice(0, origin.lastIndexOf(':')) ?? null
}

async function traced(
  store: WorkspaceStore,
  records: TracedRecord[],
  generators: Map<string, string>,
  offsets: OffsetUnit,
): Promise<ExportRecord[]> {
  const sources = await sourcesOf(store, records)
  const reviews = await store.reviewsOf(records.map(({ id }) => id))
  const costs = await store.callCosts([...new Set(records.map(callOf))].filter(key => key !== null))
  for (const run of new Set(records.map(record => record.run))) {
    if (run === null || generators.has(run)) continue
    const found = await store.findRun(run)
    if (found) generators.set(run, found.snapshot.recipe.generator)
  }
  return records.map(({ origin, seeds, steps, ...record }) => {
    const call = callOf({ origin, seeds, steps, ...record })
    const cost = call === null ? undefined : costs.get(call)
    const review = reviews.get(record.id)
    const lineage: Record<string, Json> = {
      outcome: record.outcome,
      source: record.source,
      run: record.run,
      generator: record.run === null ? null : (generators.get(record.run) ?? null),
      cell: record.cell,
      unit: record.unit,
      item: record.item,
      seeds,
      ...(steps.length > 0 && { steps: writtenSteps(steps, sources.get(seeds[0]!), offsets) }),
      call,
      provider: cost?.provider ?? null,
      model: cost?.model ?? null,
      tokens: cost?.tokens ?? null,
      nanoUsd: cost?.nanoUsd ?? null,
      verdicts: record.verdicts.map(({ critic, pass, score, reason }) => ({
        critic,
        pass,
        score: score ?? null,
        reason: reason ?? null,
      })),
      edits: review?.edits ?? 0,
      reviewer: review?.reviewer ?? null,
    }
    return { ...record, lineage }
  })
}

/** The records that were changed into these, by id. */
async function sourcesOf(store: WorkspaceStore, records: TracedRecord[]): Promise<Map<string, StoredRecord>> {
  const ids = records.flatMap(({ steps, seeds }) => (steps.length > 0 ? seeds.slice(0, 1) : []))
  return new Map((await store.recordsById([...new Set(ids)])).map(record => [record.id, record]))
}

/** Each step counts in the text that the one before left. A source that is gone leaves nothing to count in: then they stay as they are. */
function writtenSteps(steps: EditStep[], source: StoredRecord | undefined, offsets: OffsetUnit): Json {
  const texts = { ...source?.fields }
  return steps.map(({ kind, field, edits }) => {
    const text = texts[field]
    if (typeof text !== 'string' || offsets === 'utf16') return { kind, field, edits }
    texts[field] = applyEdits(text, edits)
    const converted = edits.map(({ start, end, ...edit }) => ({
      ...{ start: toCodePoints(text, start), end: toCodePoints(text, end) },
      ...edit,
    }))
    return { kind, field, edits: converted }
  })
}

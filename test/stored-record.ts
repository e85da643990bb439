/** A record as a project holds it, for tests that look at a few of its members only. */
import type { StoredRecord } from '../src/model/record.ts'

/** Imported for training, unless `facts` say otherwise; `text` is its field of that name. */
export function storedRecord({
  text,
  ...facts
}: Partial<Omit<StoredRecord, 'fields'>> & { text: string }): StoredRecord {
  return {
    ...{ id: 'r0', project: 'tests', position: 0, outcome: 'imported', status: 'pending', split: 'train', tags: [] },
    ...{ cell: '', verdicts: [], run: null, unit: null, item: null, source: null, createdMs: 0, labels: [], spans: [] },
    fields: { text },
    ...facts,
  }
}

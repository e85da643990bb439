/** Which records of a project are changed: those that stand for real texts of one split. */
import { type Content, ownTags, type Span, type StoredRecord } from '../../model/record.ts'

/** A record that may be changed. */
export type Source = {
  id: string
  fields: Content['fields']
  labels: string[]
  spans: Pick<Span, keyof Span>[]
}

/** `texts` are those of all records. Besides `leftOut`, rejected records are, those without a text, and those that were made by changing another. */
export async function readSources(
  records: AsyncIterable<StoredRecord>,
  { text, split }: { text: string; split: string },
  leftOut: ReadonlySet<string>,
): Promise<{ sources: Source[]; texts: Set<string> }> {
  const sources: Source[] = []
  const texts = new Set<string>()
  for await (const record of records) {
    const { id, fields, labels, spans, status, tags } = record
    const written = fields[text]
    if (typeof written === 'string') texts.add(written)
    if (
      (split !== 'any' && record.split !== split) ||
      leftOut.has(id) ||
      status === 'rejected' ||
      tags.includes(ownTags.augmented)
    )
      continue
    if (typeof written === 'string' && written.trim() !== '') sources.push({ id, fields, labels, spans })
  }
  return { sources, texts }
}

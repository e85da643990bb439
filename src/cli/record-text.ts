/** Records as people read them. */
import { previewTable, printable } from '../app/preview-table.ts'
import { wrapped } from '../app/report/report-text.ts'
import { type StoredRecord, shownText } from '../model/record.ts'

export function recordTable(records: StoredRecord[], width: number): string {
  return previewTable(
    [{ title: 'id' }, { title: 'label' }, { title: 'from' }, { title: 'text' }],
    records.map(record => [record.id, record.labels.join(', ') || record.cell, sourceOf(record), shownText(record)]),
    width,
  )
}

export function recordText(record: StoredRecord): string {
  const { id, project, fields, labels, spans, split, status, outcome, tags, verdicts } = record
  const facts = [`${outcome}, ${split}, ${status}`, `project ${project}`, `from ${sourceOf(record)}`]
  return [
    `${id} · ${facts.join(' · ')}`,
    ...(labels.length > 0 ? [`labels: ${labels.map(printable).join(', ')}`] : []),
    ...(tags.length > 0 ? [`tags: ${tags.map(printable).join(', ')}`] : []),
    ...Object.entries(fields).flatMap(([name, value]) => [
      `${printable(name)}:`,
      ...wrapped(typeof value === 'string' ? value : JSON.stringify(value)),
    ]),
    ...spans.map(({ field, start, end, label }) => {
      const text = fields[field]
      return `  ${label} ${start}–${end}: ${typeof text === 'string' ? printable(text.slice(start, end)) : field}`
    }),
    ...verdicts.map(
      ({ critic, pass, score, reason }) =>
        `  ${pass ? 'passed' : 'failed'} ${critic}${score === undefined ? '' : ` (${score})`}${reason ? `: ${printable(reason)}` : ''}`,
    ),
  ].join('\n')
}

function sourceOf({ run, unit, source }: StoredRecord): string {
  return run === null ? (source ?? 'unknown') : `run ${run}, unit ${unit}`
}

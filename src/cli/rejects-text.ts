/** What a run did not keep, as people read it: sums by critic, failed units, and the texts with the reasons. */
import { previewTable, printable } from '../app/preview-table.ts'
import type { Rejects } from '../app/rejects.ts'
import { spelledCount, spelledCounts } from '../app/spelled.ts'

type Reject = Rejects['stream'] extends () => AsyncIterable<infer T> ? T : never

const mostFailedShown = 5

export function rejectsText(
  { run, tallies, failed }: Rejects,
  listed: Reject[],
  { more, width }: { more: boolean; width: number },
): string {
  const sums = new Map<string, number>()
  const add = (name: string, count: number) => sums.set(name, (sums.get(name) ?? 0) + count)
  for (const { rejected, surplus } of Object.values(tallies)) {
    for (const [critic, count] of Object.entries(rejected)) add(`rejected by ${critic}`, count)
    if (surplus > 0) add('surplus (their cell was full)', surplus)
  }
  const shown = failed.slice(0, mostFailedShown)
  return [
    `Run ${run.id}`,
    ...[...sums].map(([name, count]) => `  ${spelledCount(count)} ${name}`),
    ...(sums.size === 0 ? ['  nothing was rejected'] : []),
    ...(failed.length > 0 ? [`  ${spelledCounts(failed.length, 'unit')} failed`] : []),
    ...shown.map(({ ordinal, code, message }) => `    unit ${ordinal}: ${code}: ${printable(message ?? '')}`),
    ...(failed.length > shown.length ? [`    … and ${failed.length - shown.length} more`] : []),
    ...(listed.length > 0
      ? [
          '',
          previewTable(
            [{ title: 'id' }, { title: 'cell' }, { title: 'by' }, { title: 'reason' }, { title: 'text' }],
            listed.map(({ id, cell, outcome, critic, reason, text }) => [
              id,
              cell,
              critic ?? outcome,
              reason ?? '',
              text,
            ]),
            width,
          ),
        ]
      : []),
    ...(more ? ['… and more: --limit N, or cultivar records export --run ID --rejects'] : []),
  ].join('\n')
}

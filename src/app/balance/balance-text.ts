/** A balance as text for a terminal: the table, the advice, the drafted recipe. */

import { previewTable } from '../preview-table.ts'
import { indented, wrapped } from '../report/report-text.ts'
import { bar, spelledCount, spelledCounts } from '../spelled.ts'
import type { Balance } from './balance.ts'

const mostListed = 40
const barWidth = 20
const marks = { fine: '✓', do: '→', warning: '!' }

export function balanceText(balance: Balance, width = 80): string {
  const { project, by, records, without, rows, grown } = balance
  const details = [
    ...(grown > 0 ? [`${spelledCount(grown)} of them grown`] : []),
    ...(without > 0 ? [`${spelledCount(without)} without a value`] : []),
  ]
  const head = `${project}: ${[`${spelledCounts(records, 'record')} by ${by}`, ...details].join(', ')}`
  const advice = balance.advice.flatMap(({ kind, text }) => {
    const [first, ...rest] = wrapped(text, '    ')
    return [`  ${marks[kind]} ${first?.trimStart()}`, ...rest.map(line => `    ${line.trimStart()}`)]
  })
  return [
    head,
    ...(rows.length > 0 ? ['', ...table(balance, width)] : []),
    '',
    'Advice',
    ...advice,
    ...(balance.draft ? ['', 'A recipe that repairs it', ...indented(balance.draft.recipe.trimEnd())] : []),
  ].join('\n')
}

function table({ rows, by }: Balance, width: number): string[] {
  const byEntity = by === 'entity'
  const most = Math.max(...rows.map(row => row.records))
  const number = (title: string) => ({ title, align: 'right' as const })
  const columns = [
    { title: by },
    number('records'),
    ...(byEntity ? [number('mentions')] : []),
    number('real'),
    number('grown'),
    number('share'),
    number('of even'),
    { title: '' },
  ]
  const lines = rows
    .slice(0, mostListed)
    .map(row => [
      row.value,
      spelledCount(row.records),
      ...(byEntity ? [spelledCount(row.mentions ?? 0)] : []),
      spelledCount(row.real),
      spelledCount(row.grown),
      `${(100 * row.share).toFixed(1)} %`,
      `${(100 * row.timesEven).toFixed(0)} %`,
      bar(row.records, most, barWidth),
    ])
  const rest = rows.length - lines.length
  return [
    ...indented(previewTable(columns, lines, width - 2)),
    ...(rest > 0 ? [`  … and ${spelledCount(rest)} more`] : []),
  ]
}

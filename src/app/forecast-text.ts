/** A forecast as plain text for 80 columns. */
import type { Forecast } from './forecast.ts'
import { previewTable } from './preview-table.ts'
import { indented, section, wrapped } from './report/report-text.ts'
import { spelledCount, spelledCounts, spelledDollars } from './spelled.ts'

const origins: Record<Forecast['acceptance']['from'], string> = {
  history: 'the project’s own so far',
  default: 'a usual one, since the project has no history',
  run: 'frozen when the run began',
}

export function forecastText(forecast: Forecast): string {
  const sections = [
    heading(forecast),
    section('Calls', stages(forecast)),
    section('Who receives text', hosts(forecast)),
    section('First prompt, as it would be sent', prompt(forecast)),
    section(
      'Notes',
      forecast.notes.flatMap(note => wrapped(note)),
    ),
    section(
      'Warnings',
      forecast.warnings.flatMap(warning => wrapped(warning)),
    ),
  ]
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')
}

function heading({ run, kept, targets, candidates, units, acceptance, generator, project }: Forecast): string[] {
  const target = Object.values(targets).reduce((sum, count) => sum + count, 0)
  const there = kept > 0 ? `, ${spelledCount(kept)} of them there already` : ''
  return [
    ...wrapped(`Nothing was sent. Run ${run} would grow ${spelledCounts(target, 'record')}${there}.`, ''),
    ...wrapped(
      `${generator} → project ${project} · ${spelledCounts(candidates, 'candidate')} in ${spelledCounts(units, 'unit')}, if ${Math.round(100 * acceptance.rate)} % are kept (${origins[acceptance.from]})`,
      '',
    ),
  ]
}

function stages({ stages, total }: Forecast): string[] {
  if (stages.length === 0) return ['  none: no model is asked']
  const priced = total.nanoUsd !== undefined
  const titles = [
    'stage',
    'model',
    'calls',
    'tokens in',
    'tokens out',
    ...(priced ? ['cost', 'at most'] : ['tokens at most']),
  ]
  const columns = titles.map((title, at) => ({ title, align: at < 2 ? ('left' as const) : ('right' as const) }))
  const row = (stage: string, model: string, sums: Forecast['total']) => [
    stage,
    model,
    ...[sums.calls, sums.inputTokens, sums.outputTokens].map(spelledCount),
    ...(priced
      ? [sums.nanoUsd, sums.nanoUsdMost].map((nanoUsd = 0) => spelledDollars(nanoUsd))
      : [spelledCount(sums.inputTokensMost + sums.outputTokensMost)]),
  ]
  const rows = stages.map(stage => row(stage.stage, stage.model, stage))
  return indented(previewTable(columns, [...rows, row('total', '', total)], 78))
}

function hosts({ hosts, redacted }: Forecast): string[] {
  const lines = hosts.map(
    ({ provider, model, host, leaves }) =>
      `  ${host}: ${provider} (${model})${leaves ? '' : ', stays on this machine'}`,
  )
  return redacted ? [...lines, '  Personal data is replaced before it is sent.'] : lines
}

/** Exactly as it is, but for characters that a terminal would obey. */
function prompt({ prompt }: Forecast): string[] {
  return (prompt?.messages ?? []).flatMap(({ role, content }) => [
    `  [${role}]`,
    ...content
      .replace(/[^\P{Cc}\n\t]/gu, '�')
      .split('\n')
      .map(line => `  ${line}`),
  ])
}

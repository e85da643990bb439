/** The report of a calibration as text for the terminal, and as Markdown. */
import { spelled } from '../../simulations/calibrate/calibration-notes.ts'
import type { CalibrationReport } from '../../simulations/calibrate/calibration-report.ts'
import type { FitRange, FitValue } from '../../simulations/calibrate/fit-space.ts'
import { previewTable } from '../preview-table.ts'
import { spelledCounts, spelledShare } from '../spelled.ts'

interface ReportTable {
  titles: string[]
  rows: string[][]
}

/** @param asked how the simulation was named: a name, or the path of a file */
export function calibrationText(report: CalibrationReport, asked: string, width: number): string {
  const table = ({ titles, rows }: ReportTable) =>
    previewTable(
      titles.map((title, at) => ({ title, ...(at > 0 && { align: 'right' as const }) })),
      rows,
      width,
    )
  return [
    summaryOf(report),
    '',
    table(targetTable(report)),
    '',
    table(parameterTable(report)),
    ...(report.notes.length > 0 ? ['', ...report.notes.map(note => `- ${note}`)] : []),
    '',
    `Run it: ${commandOf(report, asked)}`,
  ].join('\n')
}

export function calibrationMarkdown(report: CalibrationReport, asked: string): string {
  const { simulation, version, method, seed, steps, runs, points, seedsPerPoint, checkSeeds, failedRuns } = report
  const path = report.path.map(({ runs: made, stage, loss, parameters }) => [
    String(made),
    stage,
    spelled(loss),
    ...Object.values(parameters).map(valueText),
  ])
  return `${[
    `# Calibration of ${simulation}`,
    summaryOf(report),
    '## Targets',
    markdownTable(targetTable(report)),
    `“Reached” is the mean over ${checkSeeds === 0 ? 'the runs of the search' : `${checkSeeds} runs with seeds that the search did not see`}, with the standard deviation of one run. The loss, the weighted mean square of how many tolerances the targets are missed by, is ${spelled(report.loss)} with the seeds of the search and ${spelled(report.checkedLoss)} with these.`,
    '## Parameters',
    markdownTable(parameterTable(report)),
    `“As good” are the values at the ${spelledCounts(report.plausiblePoints, 'point')} whose every statistic is within its tolerance, or two standard errors, of that at the best point. Where that is much of what was searched, the targets do not tell the parameter.`,
    ...(report.notes.length > 0 ? ['## What to know', report.notes.map(note => `- ${note}`).join('\n')] : []),
    '## How it was found',
    `${simulation} version ${version}; ${spelledCounts(steps, 'step')} a run; method ${method}, seed ${seed}: ${spelledCounts(runs, 'run')} at ${spelledCounts(points, 'point')}, ${seedsPerPoint} at each${failedRuns > 0 ? `; ${failedRuns} failed` : ''}. Each line is a point that was better than all before it.`,
    markdownTable({ titles: ['runs', 'stage', 'loss', ...report.fitted.map(({ name }) => name)], rows: path }),
    `    ${commandOf(report, asked)}`,
  ].join('\n\n')}\n`
}

function summaryOf({ simulation, targets, runs, points }: CalibrationReport): string {
  const reached = targets.filter(({ matched }) => matched).length
  return `${simulation}: ${reached} of ${spelledCounts(targets.length, 'target')} reached, after ${spelledCounts(runs, 'run')} at ${spelledCounts(points, 'point')}.`
}

function targetTable({ targets }: CalibrationReport): ReportTable {
  return {
    titles: ['target', 'wanted', 'reached', '± a run', 'tolerance', ''],
    rows: targets.map(({ name, value, reached, spread, tolerance, matched }) => [
      name,
      spelled(value),
      shown(reached),
      shown(spread),
      spelled(tolerance),
      matched ? 'reached' : 'missed',
    ]),
  }
}

function parameterTable({ fitted }: CalibrationReport): ReportTable {
  return {
    titles: ['parameter', 'best', 'as good', 'of the range', 'searched'],
    rows: fitted.map(({ name, value, plausible, plausibleShare, range }) => [
      name,
      valueText(value),
      'choices' in range ? plausible.join(', ') : rangeText(plausible as [number, number]),
      spelledShare(plausibleShare),
      rangeText(range),
    ]),
  }
}

function rangeText(range: FitRange): string {
  return 'choices' in range ? range.choices.join(', ') : `${shown(range[0])} to ${shown(range[1])}`
}

/** Four digits are enough to look at; the command has them all. */
function shown(value: number): string {
  return String(Number(value.toPrecision(4)))
}

function valueText(value: FitValue): string {
  return typeof value === 'number' ? shown(value) : String(value)
}

function commandOf({ parameters, steps }: CalibrationReport, asked: string): string {
  const given = Object.entries(parameters).map(([name, value]) => ` --param ${name}=${value}`)
  return `cultivar simulations run ${asked} --steps ${steps}${given.join('')} --out fitted`
}

function markdownTable({ titles, rows }: ReportTable): string {
  return [titles, titles.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')
}

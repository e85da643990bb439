/** `cultivar suites report`: a report again, in any format, with the cases behind it. */
import { type Command, Option } from 'commander'
import { inWorkspace } from './in-workspace.ts'
import { print, wantsJson } from './output.ts'
import { reportFormats, type ShownFormat } from './report-formats.ts'

interface ReportChoice {
  format?: ShownFormat
  details?: boolean
}

export function addSuitesReport(suites: Command): void {
  suites
    .command('report')
    .description('the report of a trial again: counts by test, or every case with --details')
    .argument('[TRIAL]', 'its id, or the beginning of it (default: the newest that was run)')
    .addOption(new Option('--format <KIND>', 'default: table; with --details: csv').choices(reportFormats))
    .option('--details', 'every case: original, test case, expected and actual result; the failed ones first')
    .addHelpText(
      'after',
      `
Examples:
  cultivar suites report
  cultivar suites report 3f2a --format html > report.html
  cultivar suites report 3f2a --details > cases.csv`,
    )
    .action((id: string | undefined, { format, details }: ReportChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { newestRun, trialReport } = await import('../app/suites/trial.ts')
        const { suiteReportText, suiteResultsText } = await import('../suites/suite-report-text.ts')
        const { report } = await trialReport(workspace, id ?? (await newestRun(workspace)))
        const json = wantsJson(command) || format === 'json'
        await print(
          details
            ? suiteResultsText(report, json ? 'jsonl' : 'csv')
            : suiteReportText(report, json ? 'json' : (format ?? 'table')),
        )
      }),
    )
}

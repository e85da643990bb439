/** `cultivar runs report`: as text, as JSON, or as a page. */
import type { Command } from 'commander'
import { inWorkspace } from './in-workspace.ts'
import { newestRun } from './newest-run.ts'
import { show, tell, wantsJson } from './output.ts'

interface ReportChoice {
  html?: boolean
  out?: string
}

export function addRunsReport(runs: Command): void {
  runs
    .command('report')
    .description('the report of a run as it stands now: funnel, cells, balance, quality, examples, cost')
    .argument('[ID]', 'its id, or the beginning of it (default: the newest)')
    .option('--html', 'as a page for a browser, one file that needs nothing else; says where it is')
    .option('--out <FILE>', 'write it there (default with --html: the run’s own folder)')
    .addHelpText(
      'after',
      `
Examples:
  cultivar runs report
  cultivar runs report 3f2a --html --out report.html`,
    )
    .action((id: string | undefined, { html, out }: ReportChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { buildReport } = await import('../app/report/report.ts')
        const report = await buildReport(workspace, id ?? (await newestRun(workspace)).id)
        const { reportText } = await import('../app/report/report-text.ts')
        if (out === undefined && !html) {
          await show(command, report, () => reportText(report))
          return
        }
        const { reportHtml } = await import('../app/report/report-html.ts')
        const { writeRunFile } = await import('../app/run-files.ts')
        const { writeTextFile } = await import('../app/write-text-file.ts')
        const asText = () => (wantsJson(command) ? JSON.stringify(report, null, 2) : reportText(report))
        if (out === undefined) await writeRunFile(workspace, report.run, 'report.html', reportHtml(report))
        const file =
          out === undefined ? report.files.html : await writeTextFile(out, html ? reportHtml(report) : `${asText()}\n`)
        if (html) await show(command, { run: report.run, file }, () => file)
        else tell(`Wrote the report to ${file}`)
      }),
    )
}

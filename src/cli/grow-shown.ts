/** Grows a run in front of a person: progress while it runs, its report when it ends, and the exit code that says how. */
import type { Command } from 'commander'
import type { RunReport } from '../app/report/report.ts'
import type { GrowOptions } from '../app/run-recipe.ts'
import type { Workspace } from '../app/workspace.ts'
import { type ErrorCode, errorCodes } from '../model/error.ts'
import { show, tell } from './output.ts'
import { RunProgress } from './progress.ts'
import { watchStopSignals } from './signals.ts'

type Watching = Required<Pick<GrowOptions, 'signal' | 'stopNow' | 'observe'>>

/** `done` and `running` are no errors. */
const codes: Partial<Record<RunReport['state'], ErrorCode>> = {
  short: 'short-of-target',
  budget: 'budget-reached',
  'provider-failed': 'provider-failed',
  cancelled: 'interrupted',
  failed: 'bad-input',
}

/** With `out`, what the run kept is exported there, however it ended. */
export async function growShown(
  workspace: Workspace,
  command: Command,
  { out }: { out?: string },
  grow: (watching: Watching) => Promise<RunReport>,
): Promise<void> {
  const report = await growWatched(grow)
  const { reportText } = await import('../app/report/report-text.ts')
  await show(command, report, () => reportText(report))
  if (out !== undefined) {
    const { exportToFile } = await import('../app/export-records.ts')
    const { file, records } = await exportToFile(workspace, { of: { run: report.run }, out })
    tell(`Wrote ${records} records to ${file}`)
  }
  process.exitCode = exitCodeOf(report)
}

/** Shows progress, and stops the run when a signal asks for it. */
export async function growWatched<T>(grow: (watching: Watching) => Promise<T>): Promise<T> {
  const progress = new RunProgress(process.stderr)
  const { signal, stopNow, release } = watchStopSignals(text => progress.tell(text))
  try {
    return await grow({ signal, stopNow, observe: event => progress.observe(event) })
  } finally {
    progress.end()
    release()
  }
}

export function exitCodeOf({ state }: RunReport): number {
  const code = codes[state]
  return code === undefined ? 0 : errorCodes[code].exit
}

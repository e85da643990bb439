/** `cultivar runs calibrate`: a person judges what a critic graded, and sees how far the two agree. */
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import type { Calibration, Judgement } from '../app/calibration/calibration.ts'
import type { Workspace } from '../app/workspace.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { StoredRecord } from '../model/record.ts'
import { inWorkspace } from './in-workspace.ts'
import { newestRun } from './newest-run.ts'
import { positiveNumber, wholeNumber } from './option-values.ts'
import { show, tell } from './output.ts'
import { recordText } from './record-text.ts'

interface CalibrateChoice {
  critic?: string
  sample?: number
  seed?: number
  by?: string
  to?: string
  from?: string
  report?: boolean
}

export function addRunsCalibrate(runs: Command): void {
  runs
    .command('calibrate')
    .description(
      'judge a sample of what a critic graded, without seeing its grades; says how far you agree and where its threshold should be',
    )
    .argument('[ID]', 'a run, or the beginning of its id (default: the newest)')
    .option('--critic <NAME>', 'the critic, or the stage of a pipeline (default: the only one that gives grades)')
    .option('--sample <N>', 'candidates to judge, the same number of each grade (default: 40)', positiveNumber)
    .option('--seed <N>', 'of the sample (default: 0)', wholeNumber)
    .option('--by <NAME>', 'who judges (default: the name of the account)')
    .option('--to <FILE>', 'write the sample as JSONL, to be judged elsewhere: fill in “good” with true or false')
    .option('--from <FILE>', 'read judgements from such a file')
    .option('--report', 'only say how far you agree as judged so far')
    .addHelpText(
      'after',
      `
Examples:
  cultivar runs calibrate
  cultivar runs calibrate 3f2a --critic pair-quality --sample 60
  cultivar runs calibrate 3f2a --to sample.jsonl
  cultivar runs calibrate 3f2a --from sample.jsonl --by ann`,
    )
    .action((id: string | undefined, options: CalibrateChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { openCalibration, calibrationReport } = await import('../app/calibration/calibration.ts')
        const { readJudgements, sampleLines } = await import('../app/calibration/calibration-file.ts')
        const { writeTextFile } = await import('../app/write-text-file.ts')
        const { whoDecides } = await import('../app/decide.ts')
        const { critic, sample: size, seed, to, from } = options
        const who = whoDecides(workspace.environment, options.by)
        const run = id ?? (await newestRun(workspace)).id
        let calibration = await openCalibration(workspace, run, onlyGiven({ critic, size, seed }))
        if (to !== undefined) {
          tell(`Wrote the sample to ${await writeTextFile(to, await sampleLines(workspace, calibration))}`)
          return
        }
        if (from !== undefined) calibration = await readJudgements(workspace, calibration, from, who)
        else if (!options.report) calibration = await judgeSample(workspace, calibration, who)
        const report = calibrationReport(calibration)
        const { calibrationText } = await import('../app/calibration/calibration-text.ts')
        await show(command, report, () => calibrationText(report))
      }),
    )
}

const question = 'Would you keep it?  y yes · n no · s skip · u undo · q stop: '

/** One record after the other until all are judged or the person stops; each judgement is stored at once. */
async function judgeSample(workspace: Workspace, begun: Calibration, who: string): Promise<Calibration> {
  const { addJudgements, waitingRecords } = await import('../app/calibration/calibration.ts')
  const waiting = await waitingRecords(workspace, begun)
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  let calibration = begun
  let at = 0
  const ask = () => {
    if (at < waiting.length)
      process.stderr.write(`\n${at + 1} of ${waiting.length}\n${blindText(waiting[at]!)}\n${question}`)
  }
  try {
    ask()
    for await (const line of lines) {
      const key = line.trim().toLowerCase()[0]
      if (key === 'q' || at >= waiting.length) break
      if (key === 'y' || key === 'n') {
        const judgement: Judgement = { good: key === 'y', who, atMs: workspace.clock.now() }
        calibration = await addJudgements(workspace, calibration, { [waiting[at]!.id]: judgement })
      }
      if (key === 'y' || key === 'n' || key === 's') at++
      else if (key === 'u') at = Math.max(0, at - 1)
      if (at >= waiting.length) break
      ask()
    }
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
  return calibration
}

/** Without what critics said: who sees a grade agrees with it. */
function blindText({ fields, labels, spans, ...record }: StoredRecord): string {
  const text = recordText({ ...record, fields, labels, spans, verdicts: [], outcome: 'kept', tags: [] })
  return text.split('\n').slice(1).join('\n')
}

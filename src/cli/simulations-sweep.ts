/** `cultivar simulations sweep`: a simulation with many parameters and seeds, on all processors, into one dataset. */
import type { Command } from 'commander'
import type { FinishedSweep } from '../app/simulations/sweep.ts'
import { spelledCount, spelledCounts } from '../app/spelled.ts'
import { errorCodes } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import { collect, positiveNumber } from './option-values.ts'
import { show, tell, wantsJson } from './output.ts'
import { addSimulationOptions, type SimulationOptions, simulationChoice } from './simulation-options.ts'
import { withStagesShown } from './stages-shown.ts'

interface Choice extends SimulationOptions {
  grid?: string[]
  seeds: string
  out: string
  threads?: number
  mostRuns: number
  retryFailed?: boolean
}

export function addSimulationsSweep(simulations: Command): void {
  addSimulationOptions(
    simulations
      .command('sweep')
      .description('run a simulation for every combination of parameters and seeds; stopped at any time, it goes on')
      .argument('<simulation>', 'one that is built in, or the path of a model of your own')
      .option('--grid <NAME=A,B,C>', 'values of a parameter; repeated for further parameters', collect)
      .option('--seeds <SEEDS>', 'a range or a list: 1..30, or 1,2,7', '1..10')
      .requiredOption('--out <FOLDER>', 'where the files go; the same command and folder go on with what is there'),
  )
    .option('--threads <N>', 'runs at once (default: one per processor)', positiveNumber)
    .option('--most-runs <N>', 'more are taken for a mistake', positiveNumber, 10_000)
    .option(
      '--retry-failed',
      'make runs again, too, that failed by the model’s own fault; once the sweep has ended, all runs',
    )
    .addHelpText(
      'after',
      `
Examples:
  cultivar simulations sweep wolf-sheep --grid sheepGain=2,4,8 --grid wolves=20,40 --seeds 1..30 --out flocks
  cultivar simulations sweep ./my-model.ts --seeds 1..100 --steps 500 --format parquet --threads 4 --out mine

The folder gets runs.csv, a line for each run with the last values and the means of its tables, and all tables with a column “run”.
Runs that failed for want of time or memory, or of --most-agents, are tried again by the same command.
Ends with 3 where every run failed.`,
    )
    .action(async (simulation: string, options: Choice, command: Command) => {
      const { grid = [], seeds, out, format, threads, mostRuns, retryFailed } = options
      const { asked, notes } = await simulationChoice(options, 1)
      const { planSweep, sweep } = await import('../app/simulations/sweep.ts')
      // Before signals are caught: a model’s file that never comes to its end can be stopped.
      const plan = await planSweep({
        simulation,
        ...asked,
        grid,
        seeds,
        out,
        format,
        mostRuns,
        ...onlyGiven({ threads, retryFailed }),
      })
      if (!wantsJson(command)) for (const note of notes) tell(note)
      const finished = await withStagesShown(watching => sweep(plan, watching))
      await show(command, finished, () => finishedText(finished))
      if (finished.failed === finished.runs) process.exitCode = errorCodes['short-of-target'].exit
    })
}

function finishedText({ folder, runs, failed, shortOfMeans, already, rows }: FinishedSweep): string {
  const before = already === runs ? ', which were there already' : already > 0 ? `, ${already} of them before` : ''
  return [
    `${spelledCounts(runs, 'run')}${before}${failed > 0 ? `; ${failed} failed: runs.csv says why` : ''}.`,
    ...(shortOfMeans > 0 ? [moreMeans(shortOfMeans)] : []),
    `In ${folder}:`,
    ...Object.entries(rows).map(([table, count]) => `  ${table}: ${spelledCounts(count, 'row')}`),
  ].join('\n')
}

function moreMeans(shortOfMeans: number): string {
  const who = `${spelledCount(shortOfMeans)} of them had too little time or memory`
  return `${who}: the same command tries again, with more --step-timeout or --most-agents. Until then all runs are kept in .sweep-unfinished, too.`
}

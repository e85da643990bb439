/** `cultivar simulations run`: a model of agents runs, and its tables become files. */
import type { Command } from 'commander'
import type { FinishedRun } from '../app/simulations/run-to-files.ts'
import { spelledCounts } from '../app/spelled.ts'
import { CultivarError } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import { show, tell, wantsJson } from './output.ts'
import { addSimulationOptions, type SimulationOptions, seedWord, simulationChoice } from './simulation-options.ts'
import { withStagesShown } from './stages-shown.ts'

interface Choice extends SimulationOptions {
  seed: number | string
  out?: string
  overwrite?: boolean
  learn?: boolean
}

export function addSimulationsRun(simulations: Command): void {
  addSimulationOptions(
    simulations
      .command('run')
      .description('run a simulation into tables, with a card and all that is needed to make the same again')
      .argument('<simulation>', 'one that is built in, or the path of a model of your own')
      .option('--seed <SEED>', 'a whole number or any word; the same seed gives the same bytes', seedWord, 1)
      .option('--out <FOLDER>', 'where the files go (default: a folder called like the simulation)')
      .option('--overwrite', 'replace files of the same names, and another run that lies there'),
  )
    .option('--learn', 'train and test models on what the simulation says can be learned from it')
    .addHelpText(
      'after',
      `
Examples:
  cultivar simulations run wolf-sheep
  cultivar simulations run wolf-sheep --param size=100 --param sheep=1000 --steps 500 --seed 7 --out flock
  cultivar simulations run ./my-model.ts --format parquet --out mine
  cultivar simulations run wolf-sheep --population sheep=flock.csv --format sqlite --out sheep

The same command again replaces what it wrote. With other parameters, seed or steps it wants a folder of its own, or --overwrite.`,
    )
    .action(async (simulation: string, options: Choice, command: Command) => {
      const { seed, out, format, overwrite, learn } = options
      const { asked, notes } = await simulationChoice(options, seed)
      const { runToFiles } = await import('../app/simulations/run-to-files.ts')
      const finished = await withStagesShown(watching =>
        runToFiles({ simulation, ...asked, seed, format, ...onlyGiven({ out, overwrite, learn }), ...watching }),
      )
      if (!wantsJson(command)) for (const note of [...notes, ...finished.notes]) tell(note)
      const early = endedEarly(finished)
      if (early) throw early
      const { folder, files, rows, lineage } = finished
      await show(command, { folder, files, rows, lineage, notes: [...notes, ...finished.notes] }, () =>
        finishedText(finished),
      )
    })
}

function finishedText({ folder, rows, lineage, learned }: FinishedRun): string {
  const { ended, simulation, seed } = lineage
  const done = ended.why === 'finished' ? 'ended by itself after' : 'ran'
  return [
    `${simulation.name} ${done} ${spelledCounts(ended.steps, 'step')} with seed ${typeof seed === 'string' ? `“${seed}”` : seed}.`,
    `In ${folder}:`,
    ...Object.entries(rows).map(([table, count]) => `  ${table}: ${spelledCounts(count, 'row')}`),
    ...(learned === undefined ? [] : ['', learned]),
  ].join('\n')
}

/** A failure, or a stop, that says what there is all the same. */
function endedEarly({
  folder,
  files,
  rows,
  lineage: { ended, simulation },
  failure,
}: FinishedRun): CultivarError | undefined {
  if (ended.why !== 'stopped' && !failure) return undefined
  const count = Object.values(rows).reduce((sum, each) => sum + each, 0)
  const kept = `What was collected until then is in ${folder}: ${spelledCounts(count, 'row')} of ${spelledCounts(ended.steps, 'step')}.`
  const details = { ...failure?.details, steps: ended.steps, folder, files, rows }
  if (failure) return new CultivarError(failure.code, failure.message, `${failure.hint}\n${kept}`, details)
  const stopped = `“${simulation.name}” was stopped after ${spelledCounts(ended.steps, 'step')}.`
  return new CultivarError('interrupted', stopped, kept, details)
}

/** `cultivar simulations calibrate`: fits parameters so that a run’s tables have given statistics. */
import { type Command, Option } from 'commander'
import { errorCodes } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import { calibrationMethods } from '../simulations/calibrate/calibration-order.ts'
import { collect, positiveNumber } from './option-values.ts'
import { show, tell, terminalWidth, wantsJson } from './output.ts'
import { addModelOptions, type ModelOptions, seedWord, simulationChoice } from './simulation-options.ts'
import { withStagesShown } from './stages-shown.ts'

interface Choice extends ModelOptions {
  fit: string[]
  target: string[]
  budget: number
  seeds: number
  method: (typeof calibrationMethods)[number]
  seed: number | string
  threads?: number
  out?: string
}

export function addCalibrate(parent: Command): void {
  addModelOptions(
    parent
      .command('calibrate')
      .description(
        'find the parameters with which a simulation has the statistics you know, and how well they are told',
      )
      .argument('<simulation>', 'one that is built in, or the path of a model of your own')
      .requiredOption(
        '--fit <NAME=LOW..HIGH>',
        'a parameter to be fitted, and where; NAME=A,B for words, NAME alone for its whole range; may be repeated',
        collect,
      )
      .requiredOption(
        '--target <TABLE.COLUMN:STATISTIC=VALUE~TOLERANCE>',
        'what is to be reached: mean, sd, min, max, last, sum, count, a quantile (q90) or the value at a step (at100); the tolerance is 5 % unless given, *WEIGHT may follow; may be repeated',
        collect,
      )
      .option('--budget <N>', 'runs at most', positiveNumber, 200)
      .option('--seeds <N>', 'runs at each point, each with a seed of its own', positiveNumber, 3)
      .addOption(
        new Option('--method <KIND>', 'nelder-mead begins with a random search, and goes on from the best of it')
          .choices(calibrationMethods)
          .default('nelder-mead'),
      )
      .option('--seed <SEED>', 'a whole number or any word; the same seed gives the same report', seedWord, 1)
      .option('--threads <N>', 'runs at once (default: one per processor); the report is the same', positiveNumber)
      .option('--out <FILE>', 'write the report, too: REPORT.md or REPORT.json'),
  )
    .addHelpText(
      'after',
      `
Examples:
  cultivar simulations calibrate wolf-sheep --param size=60 --param sheep=400 --fit sheepReproduce=0.05..0.5 --fit wolfReproduce=0.02..0.2 --target "counts.sheep:mean=350~30" --target "counts.wolves:mean=300~30"
  cultivar simulations calibrate warehouse --fit vehicles=4..30 --fit dispatch --target "flow.deliveredPerHour:mean=220~10" --steps 3600 --budget 120 --out warehouse.md

Ends with 0 where every target was reached, else with 3.`,
    )
    .action(async (simulation: string, options: Choice, command: Command) => {
      const { fit, target: targets, budget, seeds, method, seed, threads, out } = options
      const { asked, notes } = await simulationChoice(options, seed)
      const { calibrateSimulation } = await import('../app/simulations/calibrate-simulation.ts')
      const { calibrationText } = await import('../app/simulations/calibration-text.ts')
      const { report, file } = await withStagesShown(watching =>
        calibrateSimulation({
          simulation,
          ...asked,
          fit,
          targets,
          budget,
          seeds,
          method,
          seed,
          ...onlyGiven({ threads, out }),
          ...watching,
        }),
      )
      if (!wantsJson(command)) for (const note of notes) tell(note)
      await show(command, report, () => calibrationText(report, simulation, terminalWidth()))
      if (file !== undefined) tell(`Wrote ${file}`)
      if (!report.matched) process.exitCode = errorCodes['short-of-target'].exit
    })
}

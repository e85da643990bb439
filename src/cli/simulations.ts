/** `cultivar simulations`: list, run, sweep, calibrate, show. */
import type { Command } from 'commander'
import { addCalibrate } from './simulations-calibrate.ts'
import { addSimulationsList } from './simulations-list.ts'
import { addSimulationsRun } from './simulations-run.ts'
import { addSimulationsShow } from './simulations-show.ts'
import { addSimulationsSweep } from './simulations-sweep.ts'

export function addSimulations(program: Command): void {
  const simulations = program
    .command('simulations')
    .description('agent-based models: run them into datasets, sweep and fit their parameters, watch them in a browser')
  addSimulationsList(simulations)
  addSimulationsRun(simulations)
  addSimulationsSweep(simulations)
  addCalibrate(simulations)
  addSimulationsShow(simulations)
}

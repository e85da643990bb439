/** The options that say what a simulation is run with. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { usualStepTimeoutMs } from '../app/simulations/step-timeout.ts'
import type { RunFormat } from '../app/simulations/write-in-folder.ts'
import { onlyGiven } from '../model/only-given.ts'
import { randomStream } from '../stats/random-stream.ts'
import { collect, positiveNumber, wholeNumber } from './option-values.ts'

export interface ModelOptions {
  param?: string[]
  params?: string
  steps?: number
  population?: string[]
  mostAgents?: number
  stepTimeout: number
}

export interface SimulationOptions extends ModelOptions {
  format: RunFormat
}

export function addSimulationOptions(command: Command): Command {
  return addModelOptions(command).addOption(
    new Option('--format <KIND>', 'of the tables').choices(['csv', 'parquet', 'jsonl', 'sqlite']).default('csv'),
  )
}

/** Without those of the files that are written. */
export function addModelOptions(command: Command): Command {
  return command
    .option('--param <NAME=VALUE>', 'a parameter; may be repeated (“simulations list NAME” shows them)', collect)
    .option('--params <FILE>', 'parameters in a YAML or JSON file')
    .option('--steps <N>', 'steps at most (default: as the simulation says)', wholeNumber)
    .option(
      '--population <NAME=FILE>',
      'first agents from a table, or from a model that “tables fit” wrote: sheep=flock.table.json:500',
      collect,
    )
    .option(
      '--most-agents <N>',
      'agents alive at once: more are taken for a mistake (default: 5 million)',
      positiveNumber,
    )
    .option(
      '--step-timeout <SECONDS>',
      'a step that takes longer ends the run',
      positiveNumber,
      usualStepTimeoutMs / 1000,
    )
}

/** Any word is a seed; what reads as a whole number is one, here as on the pages. */
export function seedWord(value: string): number | string {
  if (/^\d{1,15}$/.test(value)) return Number(value)
  if (value.trim() !== '') return value
  throw new InvalidArgumentError('Expected a whole number, or any word.')
}

/** What of it a run is asked for; files are read. */
export async function simulationChoice(options: ModelOptions, seed: number | string) {
  const { param = [], params, steps, population, mostAgents, stepTimeout } = options
  const { readParametersFile } = await import('../app/simulations/given-parameters.ts')
  const { readPopulations } = await import('../app/simulations/population-sources.ts')
  const drawn = typeof seed === 'number' ? seed : randomStream(seed).uint32()
  const start = population && (await readPopulations(population, drawn))
  return {
    asked: {
      spelled: param,
      ...(params !== undefined && { parameters: await readParametersFile(params) }),
      ...onlyGiven({ steps, mostAgents }),
      ...(start && { populations: start.populations, populationFiles: population }),
      stepTimeoutMs: 1000 * stepTimeout,
    },
    notes: start?.notes ?? [],
  }
}

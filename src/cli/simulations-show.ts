/** `cultivar simulations show`: a simulation in a browser, on this machine. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { CultivarError } from '../model/error.ts'
import { inWorkspace } from './in-workspace.ts'
import { collect, wholeNumber } from './option-values.ts'
import { seedWord } from './simulation-options.ts'
import { serveFromTerminal, usualOptions } from './studio.ts'

interface ShowOptions {
  port?: number
  open: boolean
  seed?: number | string
  param?: string[]
}

export function addSimulationsShow(simulations: Command): void {
  simulations
    .command('show <simulation>')
    .description('watch a simulation in a browser: built in, or a file of your own')
    .option('--port <N>', 'port; 0: any that is free', wholeNumber)
    .option('--param <NAME=VALUE>', 'a parameter to start with; may be repeated', collect)
    .option('--seed <SEED>', 'seed to start with: a whole number or any word', seedWord)
    .option('--no-open', 'only print the address, open no browser')
    .addHelpText(
      'after',
      '\nExamples:\n  cultivar simulations show wolf-sheep --seed 3 --param size=60\n  cultivar simulations show ./my-model.ts\n\nServed on this machine alone; Ctrl-C ends it. After a change in the file, start it again.',
    )
    .action(async (asked: string, { seed, param = [], ...options }: ShowOptions, command: Command) => {
      const { findSimulation } = await import('../app/simulations/find-simulation.ts')
      const { spelledParameters } = await import('../app/simulations/given-parameters.ts')
      const { checkParameters } = await import('../simulations/simulation.ts')
      const { openOwnSimulation } = await import('../app/simulations/own-simulations.ts')
      const { simulation, from } = await findSimulation(asked)
      const parameters = spelledParameters(simulation, param)
      checkParameters(simulation, parameters)
      const search = new URLSearchParams()
      for (const [name, value] of Object.entries(parameters)) search.append('p', `${name}=${value}`)
      if (seed !== undefined) search.set('seed', String(seed))
      const path = `/simulations/${encodeURIComponent(simulation.name)}${search.size > 0 ? `?${search}` : ''}`
      const served = {
        ...usualOptions,
        ...options,
        path,
        ownSimulations: from === 'built-in' ? [] : [await openOwnSimulation(asked)],
      }
      try {
        await inWorkspace(command, workspace => serveFromTerminal(workspace, served, command))
      } catch (error) {
        if (!(error instanceof CultivarError) || error.code !== 'no-workspace') throw error
        await inPassingWorkspace(folder => {
          command.setOptionValue('workspace', folder)
          return inWorkspace(command, workspace => serveFromTerminal(workspace, served, command))
        })
      }
    })
}

/** Whoever only watches needs no workspace afterwards. */
async function inPassingWorkspace(use: (folder: string) => Promise<void>): Promise<void> {
  const { initWorkspace } = await import('../app/workspace.ts')
  const folder = await mkdtemp(join(tmpdir(), 'cultivar-show-'))
  try {
    await initWorkspace(folder)
    await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

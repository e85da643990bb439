/** `cultivar simulations show`: a simulation in a browser, on this machine. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { CultivarError } from '../model/error.ts'
import { inWorkspace } from './in-workspace.ts'
import { wholeNumber } from './option-values.ts'
import { serveFromTerminal, usualOptions } from './studio.ts'

interface ShowOptions {
  port?: number
  open: boolean
  seed?: number
  param?: string[]
}

export function addSimulationsShow(simulations: Command): void {
  simulations
    .command('show <simulation>')
    .description('watch a simulation in a browser: built in, or a file of your own')
    .option('--port <N>', 'port; 0: any that is free', wholeNumber)
    .option('--seed <N>', 'seed to start with', wholeNumber)
    .option('--no-open', 'only print the address, open no browser')
    .addHelpText(
      'after',
      '\nExamples:\n  cultivar simulations show wolf-sheep --seed 3\n  cultivar simulations show ./my-model.ts\n\nServed on this machine alone; Ctrl-C ends it. After a change in the file, start it again.',
    )
    .action(async (asked: string, { seed, ...options }: ShowOptions, command: Command) => {
      const { findSimulation } = await import('../app/simulations/find-simulation.ts')
      const { openOwnSimulation } = await import('../app/simulations/own-simulations.ts')
      const { simulation, from } = await findSimulation(asked)
      const path = `/simulations/${encodeURIComponent(simulation.name)}${seed === undefined ? '' : `?seed=${seed}`}`
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

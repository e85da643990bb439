/** Simulations of a user's own that a server shows: their files, as modules for the page. */
import { basename, dirname, resolve } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import { browserModule } from './browser-module.ts'
import { findSimulation } from './find-simulation.ts'

export interface OwnSimulation {
  name: string
  summary: string
  /** File that defines it, in `folder`. */
  module: string
  folder: string
}

/** @throws CultivarError for a file without a model, and what loading it throws. */
export async function openOwnSimulation(path: string): Promise<OwnSimulation> {
  const { simulation } = await findSimulation(path)
  const { name, summary } = simulation
  return { name, summary, module: basename(path), folder: dirname(resolve(path)) }
}

/** JavaScript of one of its modules. @throws CultivarError `not-found`, and what `browserModule` throws. */
export async function ownModule(own: readonly OwnSimulation[], name: string, module: string): Promise<string> {
  const simulation = own.find(one => one.name === name)
  if (simulation) return browserModule(simulation.folder, module)
  throw new CultivarError(
    'not-found',
    `This server shows no simulation “${name}” of your own.`,
    'Start it with the file: cultivar simulations show ./model.ts',
  )
}

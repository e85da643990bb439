/** Simulations over HTTP: run into a dataset of a project; models of one’s own, as modules that a page can load. */
import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { seed } from './figures.ts'
import { job } from './jobs.ts'

const simulationName = z.string().min(1).max(100)

export const simulationEndpoints = {
  listOwnSimulations: defineEndpoint({
    method: 'GET',
    path: '/own-simulations',
    summary: 'Simulations besides the built-in ones: those whose files this server was started with',
    role: 'reviewer',
    out: z.array(
      z.object({ name: z.string(), summary: z.string(), module: z.string().describe('File that defines it') }),
    ),
  }),
  ownSimulationModule: defineEndpoint({
    method: 'GET',
    path: '/own-simulations/{simulation}/modules/{module}',
    summary: 'A module of it, in JavaScript',
    role: 'reviewer',
    params: z.object({ simulation: simulationName, module: z.string().min(1).max(1000) }),
    reply: 'file',
    errors: ['not-found', 'bad-file'],
  }),
  runSimulation: defineEndpoint({
    method: 'POST',
    path: '/projects/{project}/simulation-runs',
    summary: 'Runs a simulation into files to download, with a card; the result names them',
    role: 'editor',
    params: z.object({ project: z.string() }),
    body: z.strictObject({
      simulation: simulationName,
      parameters: z.record(z.string(), z.unknown()).default({}).describe('Those that differ from the defaults'),
      steps: z.int().min(0).max(1_000_000_000).optional().describe('As the simulation says, unless given'),
      format: z.enum(['csv', 'parquet', 'jsonl']).default('csv'),
      seed: z.union([seed, z.string().min(1).max(100)]),
    }),
    out: job,
    errors: ['not-found'],
  }),
}

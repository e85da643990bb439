/** Simulations: what the endpoints of `src/model/api/simulations.ts` do. */
import { inThread } from '../../app/in-thread.ts'
import { requireProject } from '../../app/projects.ts'
import { ownModule } from '../../app/simulations/own-simulations.ts'
import type { simulationEndpoints } from '../../model/api/simulations.ts'
import { onlyGiven } from '../../model/only-given.ts'
import { findBuiltIn } from '../../simulations/built-in.ts'
import { checkParameters } from '../../simulations/simulation.ts'
import type { Handlers } from '../handler.ts'
import { tellingStages } from '../telling-stages.ts'

export const simulationHandlers: Handlers<typeof simulationEndpoints> = {
  listOwnSimulations: async ({ ownSimulations }) => [...ownSimulations],

  ownSimulationModule: async ({ ownSimulations }, { params: { simulation, module } }) => ({
    name: module,
    type: 'text/javascript; charset=utf-8',
    content: await ownModule(ownSimulations, simulation, module),
  }),

  // Those built in alone: what a browser names is never a file of this machine.
  runSimulation: async ({ workspace, jobs }, { params: { project }, body }) => {
    await requireProject(workspace, project)
    const { simulation: name, parameters, steps, format, seed } = body
    checkParameters(findBuiltIn(name), parameters)
    return jobs.start({ kind: 'run-simulation', project, title: `Running ${name}` }, control =>
      inThread(
        workspace,
        'runSimulation',
        { ...onlyGiven({ steps }), ...{ project, simulation: name, parameters, format, seed } },
        tellingStages(control),
      ),
    )
  },
}

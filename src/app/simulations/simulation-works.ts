/** A run of a simulation that a studio does in a thread of its own: from parameters to a result of a project. */
import { CultivarError } from '../../model/error.ts'
import type { Watching } from '../in-thread.ts'
import { makeTableResult } from '../tables/stored-table-results.ts'
import type { Workspace } from '../workspace.ts'
import { runToFiles } from './run-to-files.ts'
import { usualStepTimeoutMs } from './step-timeout.ts'
import type { RunFormat } from './write-in-folder.ts'

export interface SimulationWork {
  project: string
  /** One that is built in. */
  simulation: string
  parameters: Record<string, unknown>
  seed: number | string
  steps?: number
  format: RunFormat
}

/** @throws CultivarError what stops the run: half a run is no dataset. */
export function simulationWork(
  workspace: Workspace,
  { project, simulation, ...choice }: SimulationWork,
  { signal, observe }: Watching,
): Promise<{ result: string }> {
  return makeTableResult(workspace, async folder => {
    const { rows, notes, failure, lineage } = await runToFiles({
      ...{ simulation, ...choice, out: folder, stepTimeoutMs: usualStepTimeoutMs },
      ...{ signal, observe },
    })
    if (failure) throw failure
    if (lineage.ended.why === 'stopped')
      throw new CultivarError(
        'interrupted',
        'The run was stopped.',
        'Begin it again; it is made from its first step on.',
      )
    return {
      ...{ kind: 'simulation', project, title: `${simulation}, seed ${choice.seed}`, model: null },
      ...{ rows, notes, verdict: null, quality: null },
    }
  })
}

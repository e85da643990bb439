/** Fits parameters of a simulation to target statistics, and writes what was found: what `simulations calibrate` does. */
import { CultivarError } from '../../model/error.ts'
import { calibrate } from '../../simulations/calibrate/calibrate.ts'
import type { CalibrationMethod, RunOnce } from '../../simulations/calibrate/calibration-order.ts'
import type { CalibrationReport } from '../../simulations/calibrate/calibration-report.ts'
import type { Simulation } from '../../simulations/simulation.ts'
import type { StageProgress } from '../tables/stage-progress.ts'
import { writeTextFile } from '../write-text-file.ts'
import type { AskedRun } from './begin-run.ts'
import { spelledFit, spelledTarget } from './calibration-spelled.ts'
import { calibrationMarkdown } from './calibration-text.ts'
import { findSimulation } from './find-simulation.ts'
import { spelledParameters } from './given-parameters.ts'
import { GuardedRun } from './guarded-run.ts'

export interface CalibrateSimulation extends AskedRun {
  /** `NAME=LOW..HIGH` and the like (calibration-spelled.ts). */
  fit: string[]
  targets: string[]
  /** Runs, at most. */
  budget: number
  /** Runs at each point. */
  seeds: number
  method: CalibrationMethod
  seed: number
  /** A file for the report: `.md` for people, `.json` for programs. */
  out?: string
  signal?: AbortSignal
  observe?: (progress: StageProgress) => void
}

/** @throws CultivarError for what cannot be found, read, fitted or aimed at; `interrupted` before the first point was tried. */
export async function calibrateSimulation(
  choice: CalibrateSimulation,
): Promise<{ report: CalibrationReport; file?: string }> {
  const { simulation: nameOrPath, fit, targets, spelled = [], parameters, stepTimeoutMs, out, ...order } = choice
  const { signal, observe, ...asked } = order
  if (out !== undefined && !/\.(md|json)$/i.test(out))
    throw new CultivarError('bad-input', `A report is not written as “${out}”.`, 'Name it REPORT.md or REPORT.json.')
  const { simulation } = await findSimulation(nameOrPath)
  const report = await calibrate({
    ...asked,
    simulation,
    fit: spelledFit(simulation, fit),
    targets: targets.map(spelledTarget),
    parameters: { ...spelledParameters(simulation, spelled), ...parameters },
    run: guardedRuns(simulation, stepTimeoutMs, signal),
    stopped: () => signal?.aborted === true,
    observe: ({ runs }) => observe?.({ stage: 'fitting', share: runs / asked.budget }),
  })
  if (out === undefined) return { report }
  const text = /\.json$/i.test(out) ? `${JSON.stringify(report, null, 2)}\n` : calibrationMarkdown(report, nameOrPath)
  return { report, file: await writeTextFile(out, text) }
}

/** Runs whose steps may not take for ever, and that can be stopped on the way. */
function guardedRuns(simulation: Simulation, stepTimeoutMs: number, signal: AbortSignal | undefined): RunOnce {
  return async (order, take) => {
    const run = new GuardedRun(simulation, order, stepTimeoutMs)
    while (!run.outcome) {
      for (const { block } of run.goOn()) take(block)
      await new Promise(resolve => setImmediate(resolve))
      if (signal?.aborted) throw new CultivarError('interrupted', 'It was stopped.')
    }
    if (run.outcome.failure) throw run.outcome.failure
  }
}

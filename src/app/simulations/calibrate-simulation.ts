/** Fits parameters of a simulation to target statistics, and writes what was found: what `simulations calibrate` does. */
import { availableParallelism } from 'node:os'
import { CultivarError } from '../../model/error.ts'
import { onlyGiven } from '../../model/only-given.ts'
import { calibrate } from '../../simulations/calibrate/calibrate.ts'
import type { CalibrationMethod } from '../../simulations/calibrate/calibration-order.ts'
import type { CalibrationReport } from '../../simulations/calibrate/calibration-report.ts'
import { stoppedEarly } from '../../simulations/calibrate/trial.ts'
import type { StageProgress } from '../tables/stage-progress.ts'
import { writeTextFile } from '../write-text-file.ts'
import type { AskedRun } from './begin-run.ts'
import { CalibrationThreads } from './calibrate-threads.ts'
import { spelledFit, spelledTarget } from './calibration-spelled.ts'
import { calibrationMarkdown } from './calibration-text.ts'
import { findSimulation, isPath } from './find-simulation.ts'
import { spelledParameters } from './given-parameters.ts'
import { loadInThread } from './look-thread.ts'
import { patienceMs, reasonOf } from './run-thread.ts'

export interface CalibrateSimulation extends AskedRun {
  /** `NAME=LOW..HIGH` and the like (calibration-spelled.ts). */
  fit: string[]
  targets: string[]
  /** Runs, at most. */
  budget: number
  /** Runs at each point. */
  seeds: number
  method: CalibrationMethod
  seed: number | string
  /** One for each processor unless given; the report is the same at any number. */
  threads?: number
  /** A file for the report: `.md` for people, `.json` for programs. */
  out?: string
  signal?: AbortSignal
  observe?: (progress: StageProgress) => void
}

/** @throws CultivarError for what cannot be found, read, fitted or aimed at; `interrupted` before the first point was tried. */
export async function calibrateSimulation(
  choice: CalibrateSimulation,
): Promise<{ report: CalibrationReport; file?: string }> {
  const { simulation: nameOrPath, spelled = [], parameters, stepTimeoutMs, out, ...others } = choice
  const { signal, observe, threads: runsAtOnce = availableParallelism(), ...asked } = others
  if (out !== undefined && !/\.(md|json)$/i.test(out))
    throw new CultivarError('bad-input', `A report is not written as “${out}”.`, 'Name it REPORT.md or REPORT.json.')
  if (isPath(nameOrPath)) {
    await loadInThread(nameOrPath, stepTimeoutMs + patienceMs, signal).catch(error => {
      throw signal?.aborted ? stoppedEarly() : error
    })
  }
  const { simulation, hashed } = await findSimulation(nameOrPath)
  const { steps, mostAgents, populations } = asked
  const targets = asked.targets.map(spelledTarget)
  const order = {
    ...asked,
    ...{ simulation, targets, runsAtOnce },
    fit: spelledFit(simulation, asked.fit),
    parameters: { ...spelledParameters(simulation, spelled), ...parameters },
  }
  const same = {
    simulation: nameOrPath,
    hashed,
    targets,
    stepTimeoutMs,
    ...onlyGiven({ steps, mostAgents, populations }),
  }
  const threads = new CalibrationThreads(same, runsAtOnce)
  const stop = () => void threads.stop()
  signal?.addEventListener('abort', stop, { once: true })
  const report = await calibrate({
    ...order,
    run: run => threads.statistics(run),
    begin: run => threads.tables(run),
    stopped: () => signal?.aborted === true,
    observe: ({ runs }) => observe?.({ stage: 'fitting', share: runs / asked.budget }),
  })
    .catch(error => {
      throw reasonOf(error)
    })
    .finally(() => {
      signal?.removeEventListener('abort', stop)
      return threads.stop()
    })
  if (out === undefined) return { report }
  const text = /\.json$/i.test(out) ? `${JSON.stringify(report, null, 2)}\n` : calibrationMarkdown(report, nameOrPath)
  return { report, file: await writeTextFile(out, text) }
}

/** Runs that wait for nobody: the generator `template`, alone, up to selection, and with all that is stored. */
import { privacy } from '../src/critics/privacy.ts'
import { unique } from '../src/critics/unique.ts'
import { valid } from '../src/critics/valid.ts'
import type { CallContext } from '../src/engine/call-model.ts'
import { openCritics } from '../src/engine/open-critics.ts'
import { proposeUnit, unitStream } from '../src/engine/propose-unit.ts'
import type { RunPlugins } from '../src/engine/run-plugins.ts'
import { Selector } from '../src/engine/selector.ts'
import { template } from '../src/generators/template.ts'
import type { Round, Unit } from '../src/model/run.ts'
import { costOf, type Figure, peakMemory } from './benchmark.ts'
import { growInFolder, prepare, project, recipeOf } from './grow-in-folder.ts'
import set from './template-set.json' with { type: 'json' }

const params = template.params.parse(set)
const plugins: RunPlugins = {
  project,
  generator: template,
  params,
  critics: [
    { critic: valid, params: valid.params.parse({}) },
    { critic: privacy, params: privacy.params.parse({}) },
    { critic: unique, params: unique.params.parse({ exact: true }) },
  ],
}

/** On one core and without a store: what the generator draws, then what the engine proposes, judges and selects. */
export async function proposeFromTemplates(records: number, limits: { perCpuSecond: number }): Promise<Figure[]> {
  const { run } = await prepare(recipeOf({ target: records }, plugins), plugins)
  const { snapshot } = run
  const units = unitsFor(records, snapshot.perUnit)
  const feedback = { kept: [], disliked: [] }
  const ask = () => Promise.reject(new Error('Templates ask no model.'))
  const drawing = await costOf(async () => {
    for (const unit of units) {
      const { cell, cellOrdinal, asks } = unit
      const random = unitStream(snapshot, unit)
      await template.propose({ params, material: null, project, cell, cellOrdinal, asks, feedback, random, ask })
    }
  })

  const critics = openCritics(plugins, snapshot)
  const selector = new Selector(run.id, { all: records }, [], critics)
  const round: Round = {
    number: 0,
    firstUnit: 0,
    units: units.length,
    known: 0,
    feedback: {},
    tallies: {},
    selected: false,
  }
  const lineOf = () => {
    throw new Error('Templates ask no model.')
  }
  // Of the calls, a unit that makes none looks at nothing but whether the run is stopping.
  const calls = { stopping: new AbortController().signal } as CallContext
  const proposing = { snapshot, plugins, critics, calls, lineOf }
  const selecting = await costOf(async () => {
    for (const unit of units)
      selector.select({ unit, outcome: await proposeUnit(proposing, unit, round) }, round.tallies)
  })
  const rate = (cpuMs: number) => records / (cpuMs / 1000)
  return [
    { name: 'drawn', value: rate(drawing.cpuMs), unit: 'a CPU second', limit: { atLeast: limits.perCpuSecond } },
    { name: 'drawn, judged and selected', value: rate(selecting.cpuMs), unit: 'a CPU second' },
  ]
}

/** Through the whole engine into SQLite. */
export async function growFromTemplates(
  records: number,
  limits: { perSecond: number; peakMb: number },
): Promise<Figure[]> {
  const { wallMs, cpuMs } = await costOf(() => growInFolder({ target: records }, plugins))
  return [
    { name: 'stored', value: records / (wallMs / 1000), unit: 'a second', limit: { atLeast: limits.perSecond } },
    { name: 'processor time a record', value: (1000 * cpuMs) / records, unit: 'µs' },
    peakMemory({ atMost: limits.peakMb }),
  ]
}

function unitsFor(records: number, perUnit: number): Unit[] {
  return Array.from({ length: Math.ceil(records / perUnit) }, (_, ordinal) => {
    const asks = Math.min(perUnit, records - ordinal * perUnit)
    return { ordinal, round: 0, cell: 'all', cellOrdinal: ordinal, asks }
  })
}

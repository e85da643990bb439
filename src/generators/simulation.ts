/** The generator `simulation`: rows of a simulated world as records, or texts about them, by templates or by a teacher. */
import type { Generator, Plan, PlanContext, Proposal, UnitContext } from '../engine/define.ts'
import { CultivarError } from '../model/error.ts'
import { canonicalJson, type Json } from '../model/json.ts'
import type { Project } from '../model/project.ts'
import { type ChosenRows, chosenRows, RowReader } from './simulation/chosen-rows.ts'
import { type RowMaker, rowMaker } from './simulation/row-maker.ts'
import { scribePrompt } from './simulation/scribe.prompt.ts'
import { rowsAtOnce, scribeProposals, scribeRequest, type ToldRow } from './simulation/scribe-teacher.ts'
import { openSelection, type Selection } from './simulation/selection.ts'
import { type FoundRun, findRun, type RunFacts } from './simulation/simulated-run.ts'
import { providerScribeOf, type SimulationParams, simulationParams } from './simulation/simulation-params.ts'

const perUnit = 500
/** Rows that a teacher may tell of: they are frozen with the run. */
const mostTold = 10_000
/** Records that are made without being asked for in so many. */
const mostUnasked = 1_000_000

interface Material {
  facts: RunFacts
  /** What the rows are from, in words. */
  origin: string
  /** Only where a teacher tells of them. */
  told?: ToldRow[]
}

export const simulation: Generator<SimulationParams> = {
  kind: 'simulation',
  version: 1,
  summary: 'Runs a simulation and makes records of its rows, or of what a scribe tells about them',
  params: simulationParams,
  usesModel: true,
  asks: params => providerScribeOf(params) !== undefined,
  usesFeedback: false,
  prompts: [scribePrompt.id],
  // Rows may be alike, and nobody in a model is a person. A teacher may make up people, whose names are harmless.
  critics: params =>
    providerScribeOf(params)
      ? [{ kind: 'privacy', names: 'none' }]
      : [
          { kind: 'unique', enabled: false },
          { kind: 'privacy', enabled: false },
        ],
  plan,
  preview(context) {
    const { told, origin } = materialOf(context)
    if (told === undefined) return []
    const rows = toldRows(context, told)
    return rows.length === 0 ? [] : [scribeRequest(context, rows, origin)]
  },
  async propose({ ask, ...context }) {
    const { told, origin } = materialOf(context)
    if (told === undefined) return proposeRows(context)
    const rows = toldRows(context, told)
    if (rows.length === 0) return []
    const answer = await ask(scribeRequest(context, rows, origin))
    if (answer.kind === 'refused') {
      return [{ fields: {}, call: answer.call, reject: { critic: 'refused', reason: answer.text.slice(0, 300) } }]
    }
    return scribeProposals(answer.value, context, rows, answer.truncated).map(each => ({ call: answer.call, ...each }))
  },
}

async function plan({ params, project, random, findSimulation }: PlanContext<SimulationParams>): Promise<Plan> {
  const found = await findRun(params, params.seed ?? random.uint32(), findSimulation)
  const selection = openSelection(params, found)
  requireText(params, selection, project)
  const scribe = providerScribeOf(params)
  const { facts } = found
  const { name, summary, stepMeans } = found.simulation
  const origin = `${name}: ${summary}${stepMeans === undefined ? '' : `; a step is ${stepMeans}`}`
  const shared = { cells: [facts.table], notes: [noteOf(found)] }
  if (scribe) {
    const told = await toldOf(found, selection, params)
    requireRows(told.length, params, facts)
    const material: Material = { facts, origin, told }
    const { rows } = params
    return {
      ...shared,
      material: material as unknown as Json,
      perUnit: rowsAtOnce(scribe),
      ...(rows !== undefined && { defaultTarget: rows }),
      notes: [...shared.notes, `A teacher tells of ${rows ?? 'some'} of ${told.length} rows.`],
    }
  }
  const rows = await countRows(found, selection, params)
  const material: Material = { facts, origin }
  return { ...shared, material: material as unknown as Json, perUnit, defaultTarget: rows }
}

/** Rows by what decides them: a form that plans anew with each change would run the same again and again. */
const counted = new Map<string, number>()
const mostCounted = 100

/** As many as are asked for, or all. */
async function countRows(found: FoundRun, selection: Selection, params: SimulationParams): Promise<number> {
  const { where, every, rows } = params
  const most = rows ?? mostUnasked + 1
  const key = canonicalJson([found.facts as unknown as Json, where ?? null, every, most])
  let count = counted.get(key) ?? 0
  if (!counted.has(key)) {
    for await (const { numbers } of chosenRows(found, selection)) {
      count += numbers.length
      if (count >= most) break
    }
    if (counted.size >= mostCounted) counted.clear()
    counted.set(key, count)
  }
  requireRows(count, params, found.facts)
  if (count > mostUnasked && rows === undefined) {
    throw new CultivarError(
      'bad-recipe',
      `The table “${found.facts.table}” has more than ${mostUnasked.toLocaleString('en')} such rows.`,
      'Say how many records you want (params.rows), or choose among them by `where` and `every`. Whole tables go to files: cultivar simulations run.',
    )
  }
  return Math.min(count, most)
}

async function toldOf(found: FoundRun, selection: Selection, params: SimulationParams): Promise<ToldRow[]> {
  const maker = rowMaker(params, found, selection)
  const told: ToldRow[] = []
  for await (const piece of chosenRows(found, selection)) {
    const facts = maker.facts(piece)
    for (const [place, proposal] of maker.proposals(piece).entries())
      if (told.length < mostTold) told.push({ facts: facts[place]!, proposal: proposal as ToldRow['proposal'] })
    if (told.length === mostTold) break
  }
  return told
}

function requireRows(count: number, { rows = 1, where }: SimulationParams, { table, steps }: RunFacts): void {
  if (count >= rows) return
  throw new CultivarError(
    'bad-recipe',
    `In ${steps} steps the table “${table}” gets ${count} such rows, and ${rows} are asked for.`,
    where === undefined ? 'Ask for fewer, or for more steps.' : 'Ask for fewer, for more steps, or by another `where`.',
  )
}

/** Critic `valid` would reject every record. */
function requireText({ scribe }: SimulationParams, { fields }: Selection, { name, kind }: Project): void {
  if (kind === 'records' || (scribe === undefined && fields.some(field => field.name === 'text'))) return
  throw new CultivarError(
    'bad-recipe',
    `Project “${name}” is of the kind ${kind}, whose records have a field \`text\`; these have others.`,
    'Make a project of records: cultivar projects create NAME --kind records.',
  )
}

function noteOf({ facts, simulation: { name, version } }: FoundRun): string {
  const { seed, steps, table } = facts
  return `Table “${table}” of ${name}, version ${version}: seed ${seed}, ${steps} steps.`
}

function materialOf({ material }: Pick<UnitContext<SimulationParams>, 'material'>): Material {
  return material as unknown as Material
}

function toldRows(context: UnitContext<SimulationParams>, told: readonly ToldRow[]): ToldRow[] {
  const start = context.cellOrdinal * rowsAtOnce(providerScribeOf(context.params)!)
  return told.slice(start, start + context.asks)
}

/** Units of a run share one material, so its run is made once, and goes on as they read. */
const openedRuns = new WeakMap<object, Promise<OpenedRun>>()

interface OpenedRun {
  reader: RowReader
  maker: RowMaker
}

async function proposeRows(context: UnitContext<SimulationParams>): Promise<Proposal[]> {
  const { cellOrdinal, asks, material, random } = context
  const key = material as object
  const opened = openedRuns.get(key) ?? openRun(context)
  openedRuns.set(key, opened)
  const { reader, maker } = await opened
  const pieces: ChosenRows[] = await reader.read(cellOrdinal * perUnit, asks)
  return pieces.flatMap(piece => maker.proposals(piece, random))
}

async function openRun({ params, material, findSimulation }: UnitContext<SimulationParams>): Promise<OpenedRun> {
  const { facts } = materialOf({ material })
  const found = await findRun({ ...params, table: facts.table }, facts.seed, findSimulation)
  const selection = openSelection(params, found)
  return {
    reader: new RowReader(() => chosenRows(found, selection)),
    maker: rowMaker(params, found, selection),
  }
}

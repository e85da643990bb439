/** Simulations: a model with its parameters, what it is called, and how it is shown. */
import { z } from 'zod'
import { CultivarError } from '../model/error.ts'
import type { TableKeys } from '../tables/table-keys.ts'
import type { Mark } from './marks.ts'
import type { Model, ModelStart } from './model.ts'

/** A chart of a table that the model writes: a line for each column. */
export interface ChartDescription {
  table: string
  columns: string[]
  title?: string
}

/** How a model is shown while it runs. */
export interface SimulationView<M> {
  /** What is drawn, lowest first; asked for each picture. */
  marks(model: M): Mark[]
  charts?: ChartDescription[]
}

/** An object of numbers, switches and words, each with a default, a range and a description: controls are made from it. */
export type ParametersSchema = z.ZodObject

export interface Simulation<S extends ParametersSchema = ParametersSchema, M extends Model = Model> {
  /** kebab-case, as users ask for it. */
  name: string
  /** Raised when the same parameters and seed give other rows than before. */
  version: number
  /** One line for lists. */
  summary: string
  parameters: S
  /** Steps of a run, unless asked for otherwise. */
  steps: number
  /** What one step stands for, such as “a minute”. */
  stepMeans?: string
  model: new (start: ModelStart<z.infer<S>>) => M
  view?: SimulationView<M>
  /** How the tables hang together. */
  keys?: TableKeys[]
  /** What can be learned from its tables. */
  task?: LearningTask
}

/** A column to be told from the others of its row, by a model that is tried on the last steps after learning from the first. */
export interface LearningTask {
  table: string
  /** A boolean column, or one of words. */
  target: string
  /** Columns that would give the answer away, or mean nothing, such as keys. */
  leaveOut: string[]
  /** Steps by which the target looks ahead: so long before what is tried, nothing is learned from, for its answers lie there. */
  aheadSteps?: number
}

const brand = Symbol.for('cultivar.simulation')

/** Says what a file of a model exports: `export default defineSimulation({ … })`. */
export function defineSimulation<S extends ParametersSchema, M extends Model<z.infer<S>>>(
  simulation: Simulation<S, M>,
): Simulation<S, M> {
  return Object.assign(simulation, { [brand]: true })
}

export function isSimulation(value: unknown): value is Simulation {
  return typeof value === 'object' && value !== null && brand in value
}

/**
 * The parameters with their defaults.
 *
 * @throws CultivarError `bad-input` naming what is unknown, of another type or out of its range.
 */
export function checkParameters<S extends ParametersSchema>(
  simulation: Pick<Simulation<S>, 'name' | 'parameters'>,
  given: unknown,
): z.infer<S> {
  const read = strictly(simulation.parameters).safeParse(given ?? {})
  if (read.success) return read.data as z.infer<S>
  const [issue] = read.error.issues
  const known = Object.keys(simulation.parameters.shape).join(', ')
  const where = issue!.path.map(String).join('.')
  throw new CultivarError(
    'bad-input',
    where === ''
      ? `The parameters of “${simulation.name}”: ${issue!.message}.`
      : `Parameter “${where}”: ${issue!.message}.`,
    `The parameters are ${known || 'none'}; “cultivar simulations list”, with the simulation’s name or path, shows their ranges.`,
    { parameter: where },
  )
}

/** Made once for each: what a schema gives has a shape of its own in memory, and a model that meets many shapes reads its parameters slowly. */
function strictly(schema: ParametersSchema): ParametersSchema {
  const known = strictSchemas.get(schema) ?? z.strictObject(schema.shape)
  strictSchemas.set(schema, known)
  return known
}

const strictSchemas = new WeakMap<ParametersSchema, ParametersSchema>()

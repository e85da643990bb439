/** What is known of a simulation without running it, as plain data: for lists, cards, lineage and other threads. */
import { z } from 'zod'
import type { LearningTask } from '../../simulations/simulation.ts'
import type { TableKeys } from '../../tables/table-keys.ts'
import type { FoundSimulation } from './find-simulation.ts'

export interface KnownParameter {
  name: string
  /** `integer`, `number`, `boolean`, `string`, or the words it may be. */
  type: string | string[]
  default?: unknown
  minimum?: number
  maximum?: number
  description?: string
}

export interface KnownSimulation {
  name: string
  version: number
  summary: string
  from: string
  /** Of its files (model-hash.ts). */
  hash?: string
  parameters: KnownParameter[]
  steps: number
  stepMeans?: string
  keys?: TableKeys[]
  task?: LearningTask
}

export function knownOf({ simulation, from, hashed }: FoundSimulation): KnownSimulation {
  const { name, version, summary, steps, stepMeans, keys, task } = simulation
  const parameters = parametersOf(simulation.parameters)
  return {
    ...{ name, version, summary, from, ...(hashed && { hash: hashed.hash }), parameters, steps },
    ...(stepMeans !== undefined && { stepMeans }),
    ...(keys && { keys }),
    ...(task && { task }),
  }
}

interface JsonProperty {
  type?: string
  enum?: unknown[]
  default?: unknown
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  description?: string
}

function parametersOf(schema: z.ZodObject): KnownParameter[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, JsonProperty>
  }
  return Object.entries(properties).map(([name, property]) => {
    const { type = 'any', enum: words, default: usual, description } = property
    const minimum = bounded(property.minimum ?? property.exclusiveMinimum)
    const maximum = bounded(property.maximum ?? property.exclusiveMaximum)
    return {
      name,
      type: words ? words.map(String) : type,
      ...(usual !== undefined && { default: usual }),
      ...(minimum !== undefined && { minimum }),
      ...(maximum !== undefined && { maximum }),
      ...(description !== undefined && { description }),
    }
  })
}

/** The bounds of all whole numbers say nothing. */
function bounded(bound: number | undefined): number | undefined {
  return bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound
}

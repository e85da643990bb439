/** What a fault is: one value that distorts a stretch of a sensor's readings, and says by how much. */
import { z } from 'zod'
import type { RandomStream } from '../../../stats/random-stream.ts'

const whole = z.int().min(1, 'at least one reading').max(1_000_000_000)
/** A number, or two between which one is drawn for each fault. */
const wholeSpan = z.union([whole, z.tuple([whole, whole])], {
  error: 'write a whole number of readings, or the least and the most, such as [20, 80]',
})
const numberSpan = z.union([z.number(), z.tuple([z.number(), z.number()])], {
  error: 'write a number, or the least and the most, such as [2, 5]',
})

/** Where and how often; every kind has these. */
const placement = {
  column: z.string().min(1, 'name the column').describe('The column of the sensor that fails'),
  count: z.int().min(1).optional().describe('How many in the whole table; default: 1'),
  each: z.int().min(1).optional().describe('Instead of count: how many in each entity'),
  rate: z.number().positive().optional().describe('Instead of count: how many per 1,000 readings'),
  distance: z
    .int()
    .min(0)
    .default(10)
    .describe(
      'Readings, at least, between this fault and the others of its column; those of other columns may overlap',
    ),
}

/** For kinds that have a size. The default is in spreads. */
export const sized = (spreads: number) => ({
  size: numberSpan
    .default(spreads)
    .describe('How far it goes, or the least and the most: in spreads of the sensor, or as `units` says'),
  units: z
    .enum(['spread', 'own'])
    .default('spread')
    .describe(
      '`spread`: sizes are multiples of how much the sensor usually varies (the standard deviation within an entity; of a declared sensor, of its noise). `own`: sizes are in the sensor’s own unit',
    ),
})

export const direction = {
  direction: z.enum(['up', 'down', 'either']).default('either').describe('Where it goes; either: drawn for each fault'),
}

/** Readings of one entity in the order of time, and the part of them that a fault distorts. */
export interface Stretch<P> {
  params: P
  /** As they are without faults; NaN is null and stays so. */
  clean: Float64Array
  /** Where the distorted readings go: as long as `clean`, and to be written from `from` up to, without, `to`. */
  distorted: Float64Array
  from: number
  to: number
  /** In the sensor's unit, with the sign of its direction; 0 where the kind has no size. */
  size: number
  random: RandomStream
}

interface FaultDefinition<K extends string, S extends z.ZodRawShape> {
  kind: K
  /** One line: what it does to readings. */
  summary: string
  /** What `magnitude` is in the table of intervals. */
  magnitude: string
  /** Readings that a fault lasts by default. */
  readings: number
  /** Its own parameters, by name. */
  params: S
  /** How many readings before its first one it looks at; default: none. */
  reach?(params: z.infer<z.ZodObject<S>>): number
  /** Returns the magnitude; undefined where there is none. Pure: the same stream, the same readings. */
  distort(stretch: Stretch<z.infer<z.ZodObject<S>>>): number | undefined
}

/** Defines a kind of fault. Everything users see of it is derived from `schema`. */
export function defineFault<K extends string, S extends z.ZodRawShape>(definition: FaultDefinition<K, S>) {
  const { kind, summary, readings, params } = definition
  const schema = z
    .strictObject({
      kind: z.literal(kind),
      ...placement,
      length: wholeSpan
        .default(readings)
        .describe('Readings that it lasts, or the least and the most: drawn for each fault'),
      ...params,
    })
    .describe(summary)
  return { ...definition, schema }
}

/** A kind of fault as lists hold it, whatever its parameters. */
export interface AnyFault {
  kind: string
  summary: string
  magnitude: string
  readings: number
  // biome-ignore lint/suspicious/noExplicitAny: parameters are checked by the kind's own schema before any method sees them
  reach?(params: any): number
  // biome-ignore lint/suspicious/noExplicitAny: as above
  distort(stretch: Stretch<any>): number | undefined
}

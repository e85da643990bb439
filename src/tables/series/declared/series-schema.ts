/** How a series is declared: machines, time, sensors, regimes, events, lives and faults. */
import { z } from 'zod'
import { faultChoiceSchema } from '../faults/fault-choice.ts'
import { checkSeries } from './check-series.ts'
import { orDistribution } from './or-distribution.ts'
import { sensorSchema } from './sensor-schema.ts'
import { spanSchema } from './series-clock.ts'
import { timeSchema } from './time-schema.ts'

const name = z.string().min(1, 'give it a name')
const duration = orDistribution(
  spanSchema,
  'write a time such as “2 h”, or a distribution in seconds (of a series that counts: in counts)',
)
const weights = z
  .record(name, z.number().min(0))
  .refine(given => Object.values(given).some(weight => weight > 0), 'at least one weight must be above 0')

const staticColumn = orDistribution(
  z
    .strictObject({
      values: z.union([z.array(name).min(1), weights]).describe('Texts, or texts with their weights: { A: 3, B: 1 }'),
    })
    .describe('One of several texts'),
  'write { values: { A: 3, B: 1 } }, or a distribution',
)
export type StaticColumn = z.infer<typeof staticColumn>

const entities = z.strictObject({
  column: name.default('machine').describe('What the column is called'),
  count: z.int().min(1).max(10_000_000).default(1).describe('How many there are'),
  first: z
    .union([z.string().regex(/\d/, 'it needs a number to count on from, such as M-001'), z.int()])
    .default('M-001')
    .describe('What the first one is called; the next count on: M-001, M-002. Or a number'),
  columns: z
    .record(name, staticColumn)
    .default({})
    .describe('Columns that stay the same for all readings of an entity, by name'),
})

const regimes = z.strictObject({
  column: z
    .union([name, z.literal(false)])
    .default('regime')
    .describe('What the column is called; false: there is none'),
  states: z
    .record(
      name,
      z.strictObject({
        lasts: duration.describe(
          'How long it lasts: the mean of an exponential distribution, as in a Markov chain; or a distribution, in seconds or counts',
        ),
        next: weights.optional().describe('Which regimes follow, with their weights; default: each other one alike'),
      }),
    )
    .refine(states => Object.keys(states).length > 0, 'name at least one regime')
    .describe('The regimes, by name'),
})
export type Regimes = z.infer<typeof regimes>

const share = z.number().gt(0).max(1).default(1).describe('Share of the occasions on which it happens')
const lasting = duration.optional().describe('How long it lasts; default: as long as its cause')
const event = z.discriminatedUnion('cause', [
  z
    .strictObject({
      cause: z.literal('chance'),
      rate: z.number().positive().describe('How often it happens, on average'),
      per: spanSchema.describe('In which time'),
      during: z.array(name).min(1).optional().describe('In these regimes alone'),
      duration: duration.optional().describe('How long it lasts; default: it has no end'),
    })
    .describe('It happens at any time'),
  z
    .strictObject({
      cause: z.literal('regime'),
      regime: name.describe('It begins when this regime does'),
      share,
      duration: lasting,
    })
    .describe('A regime causes it'),
  z
    .strictObject({
      cause: z.literal('sensor'),
      sensor: name.describe('Whose readings cause it, as they are in the table: faults and all'),
      above: z.number().optional().describe('It begins when readings lie above this'),
      below: z.number().optional().describe('It begins when readings lie below this'),
      readings: z.int().min(1).default(1).describe('How many in a row must do so'),
      share,
      duration: lasting,
    })
    .describe('Readings beyond a limit cause it'),
])
export type EventDeclaration = z.infer<typeof event>
export type Duration = z.infer<typeof duration>

const life = z.strictObject({
  length: orDistribution(z.int().min(1), 'write a whole number of readings, or a distribution').describe(
    'Readings from the first one to failure: a number, or a distribution from which each entity gets its own',
  ),
  growth: z
    .enum(['exponential', 'linear'])
    .default('exponential')
    .describe('How wear grows up to failure: ever faster, or evenly'),
  sharpness: z
    .number()
    .positive()
    .max(50)
    .default(5)
    .describe('Of exponential growth: the higher, the later and steeper it is'),
  initial: orDistribution(z.number().min(0).lt(1), 'write a number from 0 up to 1, or a distribution')
    .default(0)
    .describe('Wear at the first reading, from 0 (new) to 1 (failed): a number, or a distribution'),
  seen: orDistribution(z.number().gt(0).max(1), 'write a share above 0, up to 1, or a distribution')
    .default(1)
    .describe(
      'Share of the life that is in the table, such as uniform from 0.3 to 1 for test units that have not failed yet',
    ),
  column: z
    .union([name, z.literal(false)])
    .default('remaining_life')
    .describe('The column of readings left until failure; false: there is none'),
  most: z.int().min(1).optional().describe('Remaining life is never given as more than this'),
})
export type Life = z.infer<typeof life>

export const seriesSchema = z
  .strictObject({
    entities: entities.optional().describe('The machines, or whatever has the sensors; default: one, without a column'),
    time: timeSchema.prefault({}).describe('When readings are taken'),
    sensors: z
      .record(name, sensorSchema)
      .refine(sensors => Object.keys(sensors).length > 0, 'name at least one sensor')
      .describe('The sensors, by the name of their column'),
    correlations: z
      .array(
        z.strictObject({
          between: z
            .array(name)
            .min(2, 'name two sensors or more')
            .describe('Two sensors, or more: then every two of them'),
          value: z.number().min(-1).max(1).describe('Correlation of their noise at the same reading'),
        }),
      )
      .default([])
      .describe('Which sensors vary together; those that are not named do not'),
    regimes: regimes.optional().describe('States of operation that each entity goes through'),
    life: life.optional().describe('Each entity wears until it fails, which ends its readings'),
    events: z.record(name, event).default({}).describe('What is logged in a second table, by name'),
    faults: z
      .array(faultChoiceSchema)
      .default([])
      .describe('Faults of sensors, labelled, with a table of their intervals'),
    label: name.default('fault').describe('What the column of their labels is called'),
    units: z.boolean().default(false).describe('Whether the names of columns end with the unit: “temperature [°C]”'),
  })
  .superRefine(checkSeries)

/** With its defaults. */
export type SeriesDeclaration = z.infer<typeof seriesSchema>

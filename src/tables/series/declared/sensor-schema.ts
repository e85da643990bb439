/** How a sensor of a declared series is written down. */
import { z } from 'zod'
import { orDistribution } from './or-distribution.ts'
import { spanSchema } from './series-clock.ts'

/** A number for all, or a distribution from which each entity gets its own. */
const level = orDistribution(z.number(), 'write a number, or a distribution such as normal(60, 2)')

const season = z.strictObject({
  period: spanSchema.describe('After which it repeats: “1 d”, “1 w”'),
  amplitude: z.number().describe('How far it goes up, and down, from the level'),
  peak: spanSchema
    .optional()
    .describe(
      'When it is highest, from the beginning of the period: “14 h”; days begin at midnight UTC, weeks on Monday. Default: a quarter of the period',
    ),
  shape: z
    .enum(['sine', 'triangle', 'square'])
    .default('sine')
    .describe(
      'A wave; straight lines up and down; or high for half of the period, about the peak, and low for the rest',
    ),
})
export type Season = z.infer<typeof season>

export const sensorSchema = z.strictObject({
  unit: z.string().optional().describe('Such as °C'),
  decimals: z
    .int()
    .min(0)
    .max(9)
    .optional()
    .describe('Digits after the point; default: two that the noise leaves certain, about'),
  level: level.default(0).describe('Where it lies; of a distribution, each entity gets its own'),
  regimes: z
    .record(
      z.string(),
      z.union(
        [
          level.describe('The level in this regime'),
          z.strictObject({
            level: level.optional().describe('The level in this regime; default: that of the sensor'),
            noise: z.number().min(0).default(1).describe('By what the noise is multiplied'),
          }),
        ],
        { error: 'write a level, or { level: 20, noise: 0.5 }' },
      ),
    )
    .default({})
    .describe('Its level in operating regimes, by name; an entity that lies high in one does so in all'),
  settle: spanSchema
    .optional()
    .describe('How slowly it follows a new regime: after this time, 63 % of the way is done. Default: at once'),
  trend: z
    .strictObject({
      change: z.number().describe('By how much it rises, or falls if below 0'),
      per: spanSchema.describe('In which time'),
    })
    .optional()
    .describe('A straight line, from the first reading on'),
  seasons: z.array(season).default([]).describe('What repeats: over the day, over the week'),
  wear: z.number().default(0).describe('What is added at the end of a life; on the way there, its share by the wear'),
  noise: orDistribution(z.number().min(0), 'write a standard deviation, 0 or more, or a distribution')
    .default(1)
    .describe('What is added to each reading: a standard deviation, or a distribution, which it then follows exactly'),
  autocorrelation: z
    .number()
    .gt(-1)
    .lt(1)
    .default(0)
    .describe('Correlation of the noise of one reading with that of the next (an AR(1) process), between −1 and 1'),
  min: z.number().optional().describe('No reading is lower'),
  max: z.number().optional().describe('No reading is higher'),
  missing: z.number().min(0).lt(1).default(0).describe('Share of readings without a value, at random'),
})
export type Sensor = z.infer<typeof sensorSchema>

/** How the time of a declared series is written down: start, interval, jitter, gaps, calendar. */
import { z } from 'zod'
import { CultivarError } from '../../../model/error.ts'
import { parseDatePattern } from '../../date-pattern.ts'
import { orDistribution } from './or-distribution.ts'
import { instantOf, spanSchema } from './series-clock.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const timeOfDay = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'write hours and minutes, such as 06:00')

const instant = z
  .string()
  .refine(text => !Number.isNaN(instantOf(text)), 'write a date or a date and time, such as 2026-01-31T06:00')
const pattern = z.string().superRefine((text, context) => {
  try {
    parseDatePattern(text)
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    context.addIssue({ code: 'custom', message: error.message })
  }
})
const calendar = z.strictObject({
  days: z
    .array(z.enum(weekdays))
    .min(1, 'name at least one day')
    .default([...weekdays])
    .describe('Days with readings'),
  from: timeOfDay.default('00:00').describe('Time of day of the first readings'),
  to: timeOfDay
    .default('24:00')
    .describe('Time of day up to which there are readings; before `from`, it is on the next day, as of a night shift'),
  except: z.array(z.iso.date()).default([]).describe('Days without readings, such as 2026-12-25'),
})

export const timeSchema = z.strictObject({
  column: z.string().min(1).default('time').describe('What the column is called'),
  start: z
    .union([instant, z.number()], {
      error: 'write a date or a date and time, such as 2026-01-31T06:00, or a number to count from',
    })
    .default('2026-01-01')
    .describe('The first reading: a date or a date and time (UTC); or a number, and time is a count such as cycles'),
  interval: orDistribution(spanSchema, 'write a time such as “10 min”, or a distribution in seconds')
    .optional()
    .describe(
      'From one reading to the next, such as “10 min”; or a distribution, in seconds or counts, for readings at irregular times. Default: 1 min, or 1',
    ),
  readings: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .describe('How many each entity has, those lost in gaps included; default: 1000, or as many as its life has'),
  until: instant.optional().describe('Instead of readings: no reading after this date'),
  stagger: spanSchema
    .optional()
    .describe('Each entity starts up to so much later, drawn for each; with a calendar, by whole intervals'),
  jitter: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('How far readings are early or late: within this share of the interval in all'),
  gaps: z
    .strictObject({
      rate: z.number().positive().max(1000).describe('Gaps that begin per 1,000 readings'),
      length: orDistribution(z.int().min(1), 'write a whole number of readings, or a distribution')
        .default(10)
        .describe('Readings lost in a gap: a number, or a distribution'),
    })
    .optional()
    .describe('Stretches of readings that were lost'),
  calendar: calendar
    .optional()
    .describe('When there are readings at all; sensors go on afterwards from where they were'),
  pattern: pattern.optional().describe('How the time is written, such as DD.MM.YYYY HH:mm; default: ISO 8601'),
})
export type SeriesTime = z.infer<typeof timeSchema>
export type Calendar = z.infer<typeof calendar>

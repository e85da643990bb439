/** Days and hours on which something is open: weekdays, holidays and opening hours, as declarations name them. */
import { z } from 'zod'
import { dateFromText, timeFromText } from '../expression/date-text.ts'

export const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export const dateText = z
  .string()
  .refine(text => dateFromText(text) !== undefined, 'a date is written 2026-03-01 or 2026-03-01 06:30')
export const clockTime = z
  .string()
  .refine(text => timeFromText(text) !== undefined, 'a time is written 06:30, up to 24:00')

const span = z.tuple([clockTime, clockTime])

export const calendarSchema = z.strictObject({
  weekdays: z
    .array(z.enum(weekdayNames))
    .min(1)
    .optional()
    .describe('Days of the week that are open; default all. For work days: [mon, tue, wed, thu, fri]'),
  holidays: z.array(dateText).optional().describe('Dates that are closed'),
  hours: z
    .union([span, z.array(span).min(1)], {
      error: 'hours are [from, to], or several of these: [["08:00", "12:00"], ["13:00", "17:00"]]',
    })
    .optional()
    .describe('Opening hours of a day, [from, to] or several; past midnight if "to" comes first; default all day'),
})

export type CalendarChoice = z.infer<typeof calendarSchema>

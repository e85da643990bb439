/** Laws of shifts. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Calendar } from './calendar.ts'

const calendars = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.boolean())
  .map(([shifts, weekends]) => new Calendar(shifts, weekends))
const minutes = fc.double({ min: 0, max: 60_000, noNaN: true })

describe('Calendar', () => {
  it('counts the minutes that are worked, one by one', () => {
    fc.assert(
      fc.property(calendars, fc.integer({ min: 0, max: 25_000 }), (calendar, minute) => {
        const counted = calendar.worked(minute + 1) - calendar.worked(minute)
        expect(counted).toBe(calendar.isWorking(minute) ? 1 : 0)
      }),
    )
  })

  it('finishes work as soon as so many minutes were worked, and not before', () => {
    fc.assert(
      fc.property(calendars, minutes, minutes, (calendar, minute, work) => {
        const end = calendar.after(minute, work)
        expect(end).toBeGreaterThanOrEqual(minute)
        expect(calendar.worked(end) - calendar.worked(minute)).toBeCloseTo(work, 6)
        const before = Math.max(minute, end - 0.5)
        if (work > 1 && before < end) expect(calendar.worked(before) - calendar.worked(minute)).toBeLessThan(work)
      }),
    )
  })

  it('begins at once in a shift, and else with the next', () => {
    fc.assert(
      fc.property(calendars, minutes, (calendar, minute) => {
        const begin = calendar.next(minute)
        expect(begin).toBeGreaterThanOrEqual(minute)
        expect(calendar.isWorking(begin)).toBe(true)
        expect(calendar.worked(begin)).toBeCloseTo(calendar.worked(minute), 6)
        if (calendar.isWorking(minute)) expect(begin).toBe(minute)
      }),
    )
  })

  it('works two shifts of eight hours from Monday to Friday', () => {
    const calendar = new Calendar(2, false)
    expect(calendar.worked(7 * 1440)).toBe(5 * 960)
    expect(calendar.isWorking(959)).toBe(true)
    expect(calendar.isWorking(960)).toBe(false)
    expect(calendar.isWorking(5 * 1440)).toBe(false)
    expect(calendar.after(4 * 1440 + 900, 90)).toBe(7 * 1440 + 30)
  })
})

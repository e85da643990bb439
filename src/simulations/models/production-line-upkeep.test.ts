/** Laws of failures, repairs and maintenance, whatever shifts line and crews have. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnNumbers, columnWords, runLine } from '../../../test/run-line.ts'
import { Calendar, timestamp } from './production-line/calendar.ts'

const shifts = fc.record({
  shifts: fc.integer({ min: 1, max: 3 }),
  crewShifts: fc.integer({ min: 1, max: 3 }),
  weekends: fc.boolean(),
  maintenance: fc.constantFrom('reactive', 'preventive', 'condition-based'),
  crews: fc.constantFrom(1, 20),
})
const troubled = {
  stages: 3,
  hoursBetweenFailures: 15,
  maintenanceHours: 10,
  alarmLevel: 0.2,
  ordersPerDay: 40,
  repairMinutes: 200,
}

type Run = ReturnType<typeof runLine>

/** Rows of a table, of these columns of numbers and times; times as minutes of the run. */
function rowsOf(line: Run, table: string, ...names: string[]): number[][] {
  const columns = names.map(name => columnNumbers(line, table, name))
  return columns[0]!.map((_, row) =>
    columns.map(values => (values[row]! > 1e11 ? (values[row]! - timestamp(0)) / 60_000 : values[row]!)),
  )
}

/** What is written to the second, or to a tenth of a minute. */
const second = 1 / 60 + 1e-9
const tenth = 0.05 + 2 * second

describe('crews', () => {
  it('begin when they are on shift, and a repair takes the time that they work', () => {
    fc.assert(
      fc.property(shifts, fc.nat(), (drawn, seed) => {
        const line = runLine({ ...troubled, ...drawn }, seed, 20_000)
        const crews = new Calendar(drawn.crewShifts, drawn.weekends)
        const isOnShift = (minute: number) => crews.isWorking(minute + second) || crews.isWorking(minute - second)
        const jobs = rowsOf(line, 'maintenance', 'started')
        expect(jobs.length).toBeGreaterThan(0)
        for (const [started] of jobs) expect(isOnShift(started!)).toBe(true)
        const failures = rowsOf(line, 'failures', 'failed', 'repairStarted', 'repaired', 'waitMinutes', 'repairMinutes')
        for (const [failed, from, to, wait, repair] of failures) {
          if (Number.isNaN(from!)) continue
          expect(Math.abs(from! - failed! - wait!)).toBeLessThan(tenth)
          // A crew for each machine comes at once, or with the next shift.
          if (drawn.crews === 20) expect(Math.abs(from! - crews.next(failed!))).toBeLessThan(2 * second)
          if (!Number.isNaN(to!))
            expect(Math.abs(crews.worked(to!) - crews.worked(from!) - repair!)).toBeLessThan(tenth)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('take no longer for a repair that is asked for at night', () => {
    const order = {
      ...troubled,
      hoursBetweenFailures: 20,
      shifts: 3,
      weekends: true,
      maintenance: 'reactive',
      crews: 3,
    }
    const rows = rowsOf(runLine(order, 'night', 250_000), 'failures', 'failed', 'waitMinutes', 'repairMinutes')
    const repaired = rows.filter(([, , repair]) => !Number.isNaN(repair!))
    const night = repaired.filter(([failed]) => failed! % 1440 >= 960)
    const meanOf = (of: number[][], column: number) => of.reduce((sum, row) => sum + row[column]!, 0) / of.length
    expect(night.length).toBeGreaterThan(50)
    expect(meanOf(night, 1)).toBeGreaterThan(180)
    // 200 minutes with a standard deviation of 130, and kinds that take half as long or half as long again.
    const [ofNight, ofAll] = [meanOf(night, 2), meanOf(repaired, 2)]
    expect(Math.abs(ofNight - ofAll)).toBeLessThan((4 * 160) / Math.sqrt(night.length))
    expect(ofAll).toBeLessThan(240)
  })

  it('are never more than there are, and lose no machine that asks for them', () => {
    fc.assert(
      fc.property(shifts, fc.nat(), (drawn, seed) => {
        const worked = (line: Run['model']) =>
          line.machines.count(({ state }) => state === 'repair' || state === 'maintenance')
        const { model, observed } = runLine({ ...troubled, ...drawn }, seed, 12_000, line => {
          expect(line.crews.busy).toBeLessThanOrEqual(drawn.crews)
          expect(worked(line)).toBeLessThanOrEqual(line.crews.busy)
          return line.machines.count(({ state }) => state === 'failed')
        })
        // With so many crews none is left waiting when a shift has begun.
        if (drawn.crews === 20)
          for (const [minute, failed] of observed.entries())
            if (model.crews.calendar.isWorking(minute) && failed > 0) expect(minute % 1440).toBeLessThan(1)
      }),
      { numRuns: 12 },
    )
  })
})

it('labels readings with a failure from its first sign on, and not before', () => {
  fc.assert(
    fc.property(shifts, fc.constantFrom(1, 7, 10), fc.nat(), (drawn, readingMinutes, seed) => {
      const line = runLine({ ...troubled, ...drawn, cycleMinutes: 60, readingMinutes }, seed, 20_000)
      const [kinds, components] = ['kind', 'component'].map(name => columnWords(line, 'failures', name))
      const labels = columnWords(line, 'sensors', 'fault')
      const lived = columnWords(line, 'lives', 'component')
      const lives = rowsOf(line, 'lives', 'machine', 'ended').map((life, row) => [...life, lived[row]])
      const readings = rowsOf(line, 'sensors', 'machine', 'timestamp').map(([machine, minute], row) => ({
        machine,
        minute: minute!,
        label: labels[row],
      }))
      const failures = rowsOf(line, 'failures', 'machine', 'firstSign', 'failed')
      for (const [row, [machine, sign, failed]] of failures.entries()) {
        if (kinds![row] === 'electrical-fault') {
          expect(sign).toBeNaN()
          continue
        }
        const ends = lives.filter(([of, , component]) => of === machine && component === components![row])
        const fitted = Math.max(0, ...ends.map(([, ended]) => Number(ended)).filter(ended => ended < failed! - second))
        const own = readings.filter(
          one => one.machine === machine && one.minute > fitted && one.minute < failed! - second,
        )
        const isOlder = Number.isNaN(sign!)
        if (isOlder) expect(fitted).toBe(0)
        else expect(sign).toBeLessThanOrEqual(failed! + second)
        expect(own.filter(({ minute, label }) => minute < sign! && label === kinds![row])).toEqual([])
        // Another fault may be further, and hide it.
        expect(own.find(({ minute }) => isOlder || minute >= sign!)?.label).not.toBe('none')
      }
    }),
    { numRuns: 20 },
  )
})

it('enters lives late that began before the run, and only those', () => {
  const line = runLine({ ...troubled, maintenance: 'reactive' }, 'lives', 30_000)
  const lives = rowsOf(line, 'lives', 'fitted', 'enteredHours', 'runningHours')
  const [before, within] = [true, false].map(was => lives.filter(([fitted]) => Number.isNaN(fitted!) === was))
  expect(within!.length).toBeGreaterThan(20)
  for (const [, entered] of within!) expect(entered).toBe(0)
  for (const [, entered, ran] of before!) expect(ran).toBeGreaterThanOrEqual(entered!)
  // Four of five components wear; of controllers the age does not matter.
  expect(before!.filter(([, entered]) => entered! > 0)).toHaveLength((before!.length * 4) / 5)
})

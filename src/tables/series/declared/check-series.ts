/** Whether the members of a declared series fit one another: names that are used are declared, and stretches of time suit the clock. */
import type { z } from 'zod'
import { nearestName } from '../../../text/nearest-name.ts'
import type { SeriesDeclaration } from './series-schema.ts'

/** Adds an issue for each fault, at its path. */
export function checkSeries(series: SeriesDeclaration, context: z.RefinementCtx): void {
  const { time, sensors, regimes, events, life } = series
  const issue = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message })
  const named = (path: PropertyKey[], name: string, what: string, known: string[]) => {
    if (known.includes(name)) return
    const near = nearestName(name, known)
    const hint =
      near !== undefined
        ? `did you mean “${near}”?`
        : `there ${known.length > 0 ? `are: ${known.join(', ')}` : 'is none'}`
    issue(path, `there is no ${what} “${name}”; ${hint}`)
  }
  const sensorNames = Object.keys(sensors)
  const regimeNames = Object.keys(regimes?.states ?? {})

  for (const [name, sensor] of Object.entries(sensors)) {
    for (const regime of Object.keys(sensor.regimes))
      named(['sensors', name, 'regimes', regime], regime, 'regime', regimeNames)
    if (sensor.min !== undefined && sensor.max !== undefined && sensor.min > sensor.max)
      issue(['sensors', name, 'max'], 'max must not be below min')
    if (sensor.wear !== 0 && !life) issue(['sensors', name, 'wear'], 'wear needs a life; declare one')
  }
  series.correlations.forEach(({ between }, at) => {
    between.forEach((name, place) => void named(['correlations', at, 'between', place], name, 'sensor', sensorNames))
    if (new Set(between).size < between.length) issue(['correlations', at, 'between'], 'name each sensor once')
  })
  for (const [name, { next }] of Object.entries(regimes?.states ?? {}))
    for (const other of Object.keys(next ?? {}))
      named(['regimes', 'states', name, 'next', other], other, 'regime', regimeNames)
  for (const [name, event] of Object.entries(events)) {
    if (event.cause === 'regime') named(['events', name, 'regime'], event.regime, 'regime', regimeNames)
    if (event.cause === 'chance')
      event.during?.forEach((regime, at) => void named(['events', name, 'during', at], regime, 'regime', regimeNames))
    if (event.cause !== 'sensor') continue
    named(['events', name, 'sensor'], event.sensor, 'sensor', sensorNames)
    if ((event.above === undefined) === (event.below === undefined))
      issue(['events', name], 'give one of above and below')
  }
  series.faults.forEach((fault, at) => void named(['faults', at, 'column'], fault.column, 'sensor', sensorNames))

  const ends = [time.readings, time.until, life].filter(given => given !== undefined)
  if (ends.length > 1) issue(['time'], 'give one of readings, until and life: each says where series end')
  checkClock(series, issue)
  const columns = columnNames(series)
  const twice = columns.find((name, at) => columns.indexOf(name) < at)
  if (twice !== undefined) issue([], `two columns are called “${twice}”; give one of them another name`)
}

function columnNames({ entities, time, sensors, regimes, life, faults, label }: SeriesDeclaration): string[] {
  return [
    ...(entities ? [entities.column, ...Object.keys(entities.columns)] : []),
    time.column,
    ...(regimes && regimes.column !== false ? [regimes.column] : []),
    ...Object.keys(sensors),
    ...(life && life.column !== false ? [life.column] : []),
    ...(faults.length > 0 ? [label] : []),
  ]
}

type Issue = (path: PropertyKey[], message: string) => void

/** Of dates, stretches of time have a unit; of counts, they have none. */
function checkClock({ time, sensors, regimes, events }: SeriesDeclaration, issue: Issue): void {
  const counts = typeof time.start === 'number'
  const check = (path: PropertyKey[], span: unknown) => {
    if (typeof span === 'number' && !counts) issue(path, 'write the unit too, such as “10 min”: this series has dates')
    if (typeof span === 'string' && counts)
      issue(path, 'write a number without a unit: this series counts, since time.start is a number')
  }
  check(['time', 'interval'], time.interval)
  check(['time', 'stagger'], time.stagger)
  if (counts && time.calendar)
    issue(['time', 'calendar'], 'a series that counts has no calendar; give time.start as a date')
  if (counts && time.pattern !== undefined)
    issue(['time', 'pattern'], 'a series that counts has no dates to write; leave it out')
  if (counts && time.until !== undefined)
    issue(['time', 'until'], 'a series that counts has no dates; give time.readings')
  if (time.calendar && time.calendar.from === time.calendar.to)
    issue(['time', 'calendar', 'to'], 'from and to are the same time')
  for (const [name, { settle, trend, seasons }] of Object.entries(sensors)) {
    check(['sensors', name, 'settle'], settle)
    check(['sensors', name, 'trend', 'per'], trend?.per)
    seasons.forEach(({ period, peak }, at) => {
      check(['sensors', name, 'seasons', at, 'period'], period)
      check(['sensors', name, 'seasons', at, 'peak'], peak)
    })
  }
  for (const [name, { lasts }] of Object.entries(regimes?.states ?? {}))
    check(['regimes', 'states', name, 'lasts'], lasts)
  for (const [name, event] of Object.entries(events)) {
    check(['events', name, 'duration'], event.duration)
    if (event.cause === 'chance') check(['events', name, 'per'], event.per)
  }
}

/** The sensors of a machine: what they read of its condition, and the faults that they have themselves. */
import { cos, exp, power, sin } from '../../../stats/portable-math.ts'
import { drift, dropout, noiseBurst, spike, stuck } from '../../../tables/series/faults/index.ts'
import type { ModelRandom } from '../../model-random.ts'
import { type Measured, sensorNames } from './failure-kinds.ts'
import type { Machine } from './machine.ts'

export const sensorFaultKinds = [drift.kind, stuck.kind, spike.kind, noiseBurst.kind, dropout.kind] as const
type SensorFaultKind = (typeof sensorFaultKinds)[number]

interface SensorFault {
  kind: SensorFaultKind
  sensor: keyof Measured
  from: number
  until: number
  /** In the sensor’s unit, with its sign. */
  size: number
  /** What a stuck sensor goes on to say. */
  held: number | undefined
}

/** What is read; null where a sensor says nothing. */
export type Reading = { [sensor in keyof Measured]: number | null }

const yearMinutes = 525_600
const dayMinutes = 1440
/** Least and most minutes that faults of sensors last. */
const lasts: Record<SensorFaultKind, [number, number]> = {
  drift: [2 * dayMinutes, 10 * dayMinutes],
  stuck: [120, dayMinutes],
  spike: [1, 1],
  'noise-burst': [60, 480],
  dropout: [30, 600],
}
/** Sizes of faults, in the scales of alarms. */
const sizes: Record<SensorFaultKind, number> = { drift: 0.7, stuck: 0, spike: 4, 'noise-burst': 0.6, dropout: 0 }
/** Minutes in which temperatures come about two thirds of the way to where they go. */
const thermalMinutes = 50
/** Of what was read so far; the rest is the new reading. */
const smoothing = 0.95
/** Signs of a usual failure: how far readings move that an alarm level of 1 stands for. */
const alarmScale: Measured = { vibration: 3, temperature: 15, current: 0.14, pressure: 0.9 }

export class SensorSet {
  readonly usual: Measured
  fault: SensorFault | undefined
  /** Smoothed distance from the usual, in the scales of alarms. */
  #moved: Measured = { vibration: 0, temperature: 0, current: 0, pressure: 0 }
  #temperature: number
  /** Slow swings of the vibration, such as foundations and material bring. */
  #swing = 0
  /** Share of the time since the last reading in which it ran. */
  #duty = 0
  #ageBefore = Number.POSITIVE_INFINITY
  #minuteBefore = 0
  #nextFault: number
  readonly #faultMinutes: number
  readonly #random: ModelRandom

  constructor(random: ModelRandom, faultsPerYear: number) {
    this.#random = random
    this.usual = {
      vibration: random.between(1.1, 2.3),
      temperature: random.between(46, 60),
      current: random.between(16, 34),
      pressure: random.between(5.9, 6.15),
    }
    this.#temperature = ambient(0)
    this.#faultMinutes = faultsPerYear === 0 ? Number.POSITIVE_INFINITY : yearMinutes / faultsPerYear
    this.#nextFault = random.exponential(this.#faultMinutes)
  }

  /** The condition as an alarm sees it: 0 as usual, about 1 at a usual failure. */
  get condition(): number {
    const { vibration, temperature, current, pressure } = this.#moved
    return Math.max(vibration, temperature, current, -pressure)
  }

  /** How far each sensor’s smoothed readings are from what is usual under the same load, in its unit: what condition monitoring shows. */
  trend(sensor: keyof Measured): number {
    return this.#moved[sensor] * this.#scaleOf(sensor)
  }

  /** Its parts are new ones: alarms begin anew. */
  resetAlarms(): void {
    this.#moved = { vibration: 0, temperature: 0, current: 0, pressure: 0 }
  }

  /** @param load of the product and its material on the machine, 1 as usual */
  read(machine: Machine, minute: number, isWorking: boolean, load: number): Reading {
    const reading = this.#distorted(this.#measured(machine, minute, isWorking, load), minute)
    if (isWorking && machine.state === 'running') this.#follow(reading, load, ambient(minute))
    return reading
  }

  #scaleOf(sensor: keyof Measured): number {
    return alarmScale[sensor] * (sensor === 'current' ? this.usual.current : 1)
  }

  #measured(machine: Machine, minute: number, isWorking: boolean, load: number): Measured {
    const random = this.#random
    const { usual } = this
    const age = machine.ageNow()
    const duty = Math.min(1, Math.max(0, age - this.#ageBefore) / Math.max(1, minute - this.#minuteBefore))
    this.#duty = duty
    const cooling = exp(-(minute - this.#minuteBefore) / thermalMinutes)
    this.#ageBefore = age
    this.#minuteBefore = minute
    this.#swing = 0.9 * this.#swing + random.normal(0, 0.045)
    const signs = signsOf(machine, age)
    const isRunning = isWorking && machine.state === 'running'
    const warm = this.#usualHeat(load) + signs.temperature * (0.3 + 0.7 * duty)
    const heat = isWorking && machine.state !== 'repair' && machine.state !== 'maintenance' ? warm : 0
    this.#temperature = ambient(minute) + heat + (this.#temperature - ambient(minute) - heat) * cooling
    const powered = isWorking ? 1 : 0
    return {
      vibration: isRunning
        ? (usual.vibration * power(load, 0.4) + signs.vibration) * exp(this.#swing + random.normal(0, 0.06))
        : (0.04 + 0.22 * usual.vibration * powered) * exp(random.normal(0, 0.1)),
      temperature: this.#temperature + random.normal(0, 0.5),
      current: isRunning
        ? usual.current * load * (1 + signs.current + random.normal(0, 0.035))
        : Math.max(0, powered * usual.current * (0.32 + random.normal(0, 0.01))),
      pressure: Math.max(0, powered * (usual.pressure + signs.pressure - 0.08 * duty) + random.normal(0, 0.05)),
    }
  }

  #distorted(measured: Measured, minute: number): Reading {
    if (this.fault && minute >= this.fault.until) this.fault = undefined
    if (!this.fault && minute >= this.#nextFault) this.fault = this.#begin(minute)
    const { fault } = this
    if (!fault) return measured
    const { kind, sensor, from, until, size } = fault
    const value = measured[sensor]
    fault.held ??= value
    const said = {
      drift: value + (size * (minute - from)) / (until - from),
      stuck: fault.held,
      spike: value + Math.abs(size),
      'noise-burst': Math.max(0, value + size * this.#random.normal()),
      dropout: null,
    }[kind]
    return { ...measured, [sensor]: said }
  }

  #begin(minute: number): SensorFault {
    const random = this.#random
    const kind = random.pick(sensorFaultKinds)
    const sensor = random.pick(sensorNames)
    const until = minute + random.between(...lasts[kind])
    this.#nextFault = until + random.exponential(this.#faultMinutes)
    const size = sizes[kind] * this.#scaleOf(sensor) * random.between(0.5, 1.5) * (random.chance(0.5) ? 1 : -1)
    return { kind, sensor, from: minute, until, size, held: undefined }
  }

  /** °C above the hall, once it is warm. */
  #usualHeat(load: number): number {
    return (this.usual.temperature - 20) * (0.35 + 0.65 * this.#duty) * Math.sqrt(load)
  }

  #follow(reading: Reading, load: number, hall: number): void {
    const { usual } = this
    const expected = {
      vibration: usual.vibration * power(load, 0.4),
      temperature: hall + this.#usualHeat(load),
      current: usual.current * load,
      pressure: usual.pressure,
    }
    for (const sensor of sensorNames) {
      const value = reading[sensor]
      if (value === null) continue
      const distance = (value - expected[sensor]) / this.#scaleOf(sensor)
      this.#moved[sensor] = smoothing * this.#moved[sensor] + (1 - smoothing) * distance
    }
  }
}

function signsOf(machine: Machine, age: number): Measured {
  const signs = { vibration: 0, temperature: 0, current: 0, pressure: 0 }
  for (const component of machine.components) {
    const shown = component.severity(age) * component.strength
    if (shown === 0) continue
    for (const sensor of sensorNames) signs[sensor] += shown * component.failure.signs[sensor]
  }
  return signs
}

/** Of the hall, °C: warmest in the afternoon and in July. Minute 0 is six in the morning of 1 January. */
function ambient(minute: number): number {
  const day = sin((2 * Math.PI * (minute - 240)) / dayMinutes)
  const year = cos((2 * Math.PI * (minute - yearMinutes * 0.53)) / yearMinutes)
  return 20 + 2 * day + 3.5 * year
}

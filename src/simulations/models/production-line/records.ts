/** What a line writes down: its machines, their readings, and in parts of their own its orders, upkeep and effectiveness. */
import type { Model } from '../../model.ts'
import { timestamp } from './calendar.ts'
import * as columns from './columns.ts'
import { EffectRecords, type MeasuredLine } from './effect-records.ts'
import type { Machine } from './machine.ts'
import type { Outcome } from './open-readings.ts'
import { OrderRecords } from './order-records.ts'
import { rounded } from './rounded.ts'
import type { Reading } from './sensor-set.ts'
import type { Stage } from './stage.ts'
import { UpkeepRecords } from './upkeep-records.ts'

type RecordedLine = MeasuredLine & Pick<Model, 'time'> & { readonly stages: readonly Stage[] }

export class Records {
  readonly orders: OrderRecords
  readonly upkeep: UpkeepRecords
  readonly #line: RecordedLine
  readonly #machines
  readonly #sensors

  constructor(line: RecordedLine, machines: number) {
    this.#line = line
    this.#machines = line.createTable('machines', columns.machineColumns)
    this.orders = new OrderRecords(line, machines)
    this.upkeep = new UpkeepRecords(line)
    this.#sensors = line.createTable('sensors', columns.sensorColumns)
    new EffectRecords(line)
  }

  machine(machine: Machine, model: (typeof columns.machineModels)[number], builtYear: number): void {
    const { operation, cycleMinutes } = this.#line.stages[machine.stage]!
    const { vibration, temperature, current, pressure } = machine.sensors.usual
    this.#machines.add({
      machine: machine.id,
      name: columns.machineName(machine.id),
      stage: machine.stage + 1,
      operation: operation as (typeof columns.operations)[number],
      model,
      builtYear,
      cycleMinutes: rounded(cycleMinutes, 2),
      usualVibration: rounded(vibration, 2),
      usualTemperature: rounded(temperature, 1),
      usualCurrent: rounded(current, 1),
      usualPressure: rounded(pressure, 2),
    })
  }

  /** @param minute when it was read; it is written when its outcome is known */
  reading(row: ReadingRow, outcome: Outcome, minute: number): void {
    this.#sensors.add({ reading: this.#sensors.rows + 1, ...row, ...outcome }, minute)
  }
}

export type ReadingRow = ReturnType<typeof readingRow>

/** @param state of the machine, or `off` */
export function readingRow(
  machine: Machine,
  state: (typeof columns.sensorColumns.state)[number],
  reading: Reading,
  minute: number,
) {
  const { sensors, product } = machine
  const { vibration, temperature, current, pressure } = reading
  const age = machine.ageNow()
  const worst = machine.failure?.component ?? machine.worst(age)
  return {
    machine: machine.id,
    timestamp: timestamp(minute),
    state,
    product: product < 0 ? null : columns.productNames[product]!,
    vibration: rounded(vibration, 2),
    temperature: rounded(temperature, 1),
    current: rounded(current, 1),
    pressure: rounded(pressure, 2),
    vibrationTrend: rounded(sensors.trend('vibration'), 3),
    temperatureTrend: rounded(sensors.trend('temperature'), 2),
    currentTrend: rounded(sensors.trend('current'), 2),
    pressureTrend: rounded(sensors.trend('pressure'), 3),
    hoursSinceService: rounded((age - machine.servicedAge) / 60, 1),
    fault: worst?.failure.kind ?? ('none' as const),
    sensorFault: sensors.fault?.kind ?? ('none' as const),
    faultySensor: sensors.fault?.sensor ?? null,
  }
}

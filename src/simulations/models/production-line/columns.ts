/** The tables that a line writes: their columns, and how they hang together. */
import type { TableKeys } from '../../../tables/table-keys.ts'
import { componentNames, failureKindNames } from './failure-kinds.ts'
import { machineStates } from './machine.ts'
import { defects } from './orders.ts'
import { sensorFaultKinds } from './sensor-set.ts'

/** In the order of the line; shorter lines have the first of them. */
export const operations = [
  ...['saw', 'turn', 'mill', 'drill', 'deburr', 'wash', 'harden', 'grind'],
  ...['coat', 'assemble', 'test', 'pack'],
] as const
export const productNames = ['shaft', 'flange', 'bushing', 'housing', 'spindle', 'gear'] as const
export const machineModels = ['VX-200', 'VX-300', 'KR-90'] as const
const desks = ['planning', 'inspection', 'rework', 'shipping'] as const

export const machineColumns = {
  machine: 'integer',
  name: 'text',
  stage: 'integer',
  operation: operations,
  model: machineModels,
  builtYear: 'integer',
  cycleMinutes: { decimals: 2 },
  usualVibration: { decimals: 2 },
  usualTemperature: { decimals: 1 },
  usualCurrent: { decimals: 1 },
  usualPressure: { decimals: 2 },
} as const

export const orderColumns = {
  order: 'integer',
  product: productNames,
  parts: 'integer',
  received: 'datetime',
  due: 'datetime',
  started: 'datetime',
  shipped: 'datetime',
  scrapped: 'integer',
  reworked: 'integer',
  hoursLate: { decimals: 1 },
} as const

export const outcomes = ['passed', 'reworked', 'scrapped', 'in line'] as const

export const partColumns = {
  part: 'integer',
  order: 'integer',
  product: productNames,
  released: 'datetime',
  finished: 'datetime',
  leadMinutes: { decimals: 1 },
  deviation: { decimals: 1 },
  defect: defects,
  defectMachine: 'integer',
  outcome: outcomes,
} as const

export const activities = ['receive order', ...operations, 'inspect', 'rework', 'scrap', 'ship order'] as const

/** One case is an order; its parts go through the line one by one. */
export const eventColumns = (machines: number) =>
  ({
    event: 'integer',
    order: 'integer',
    part: 'integer',
    activity: activities,
    started: 'datetime',
    timestamp: 'datetime',
    resource: [...desks, ...Array.from({ length: machines }, (_, at) => machineName(at + 1))] as readonly string[],
    machine: 'integer',
  }) as const

export const failureColumns = {
  failure: 'integer',
  machine: 'integer',
  component: componentNames,
  kind: failureKindNames,
  /** From then on readings are labelled with it. Null: it struck without a sign, or its signs are older than the run. */
  firstSign: 'datetime',
  failed: 'datetime',
  repairStarted: 'datetime',
  repaired: 'datetime',
  /** From the failure to `repairStarted`, also those in which no crew is on shift. */
  waitMinutes: { decimals: 1 },
  /** Work of the crew: where its shift ends meanwhile it goes on in the next, so that from `repairStarted` to `repaired` it is longer. */
  repairMinutes: { decimals: 1 },
  runningHours: { decimals: 1 },
} as const

export const maintenanceColumns = {
  maintenance: 'integer',
  machine: 'integer',
  kind: ['repair', 'preventive', 'condition'],
  failure: 'integer',
  requested: 'datetime',
  started: 'datetime',
  finished: 'datetime',
  found: [...failureKindNames, 'nothing'],
  renewed: 'integer',
} as const

/**
 * For survival analysis: each component from fitting to its end; `observed` is false of those that were censored (right censoring; by
 * condition-based maintenance it is those about to fail, and so not independent). Components that were there before the run are there
 * because they had not failed (left truncation): models are to have them at risk from `enteredHours` to `runningHours` (delayed entry;
 * `entry` in lifelines, `Surv(enteredHours, runningHours, observed)` in R). Without it survival comes out too high.
 */
export const lifeColumns = {
  life: 'integer',
  machine: 'integer',
  component: componentNames,
  fitted: 'datetime',
  ended: 'datetime',
  /** Of `runningHours`, those before the run: 0 of what was fitted in it, and of controllers, whose age does not matter. */
  enteredHours: { decimals: 1 },
  runningHours: { decimals: 1 },
  end: ['failure', 'maintenance', 'end of run'],
  observed: 'boolean',
} as const

export const sensorColumns = {
  reading: 'integer',
  machine: 'integer',
  timestamp: 'datetime',
  state: [...machineStates, 'off'],
  product: productNames,
  /** mm/s RMS. */
  vibration: { decimals: 2 },
  /** °C. */
  temperature: { decimals: 1 },
  /** A. */
  current: { decimals: 1 },
  /** bar. */
  pressure: { decimals: 2 },
  /** How far smoothed readings are from what is usual, in the same units. */
  vibrationTrend: { decimals: 3 },
  temperatureTrend: { decimals: 2 },
  currentTrend: { decimals: 2 },
  pressureTrend: { decimals: 3 },
  hoursSinceService: { decimals: 1 },
  fault: ['none', ...failureKindNames],
  sensorFault: ['none', ...sensorFaultKinds],
  faultySensor: ['vibration', 'temperature', 'current', 'pressure'],
  minutesToFailure: 'integer',
  failsWithinDay: 'boolean',
} as const

export const machineDayColumns = {
  machine: 'integer',
  day: 'datetime',
  plannedMinutes: { decimals: 1 },
  runningMinutes: { decimals: 1 },
  setupMinutes: { decimals: 1 },
  idleMinutes: { decimals: 1 },
  blockedMinutes: { decimals: 1 },
  failedMinutes: { decimals: 1 },
  maintenanceMinutes: { decimals: 1 },
  parts: 'integer',
  defective: 'integer',
  availability: { decimals: 4 },
  performance: { decimals: 4 },
  quality: { decimals: 4 },
  oee: { decimals: 4 },
} as const

export const lineColumns = {
  shipped: 'integer',
  inLine: 'integer',
  backlog: 'integer',
  machinesDown: 'integer',
  crewsBusy: 'integer',
  throughput: { decimals: 2 },
  availability: { decimals: 4 },
  performance: { decimals: 4 },
  quality: { decimals: 4 },
  oee: { decimals: 4 },
} as const

export function machineName(id: number): string {
  return `M${String(id).padStart(2, '0')}`
}

const to = (table: string, column: string, own = column) => ({ columns: [own], table, references: [column] })
const ofMachine = to('machines', 'machine')

export const keys: TableKeys[] = [
  { table: 'machines', primaryKey: ['machine'], foreignKeys: [] },
  { table: 'orders', primaryKey: ['order'], foreignKeys: [] },
  {
    table: 'parts',
    primaryKey: ['part'],
    foreignKeys: [to('orders', 'order'), to('machines', 'machine', 'defectMachine')],
  },
  { table: 'events', primaryKey: ['event'], foreignKeys: [to('orders', 'order'), to('parts', 'part'), ofMachine] },
  { table: 'failures', primaryKey: ['failure'], foreignKeys: [ofMachine] },
  { table: 'maintenance', primaryKey: ['maintenance'], foreignKeys: [ofMachine, to('failures', 'failure')] },
  { table: 'lives', primaryKey: ['life'], foreignKeys: [ofMachine] },
  { table: 'sensors', primaryKey: ['reading'], foreignKeys: [ofMachine] },
  { table: 'machine-days', primaryKey: ['machine', 'day'], foreignKeys: [ofMachine] },
  { table: 'line', primaryKey: ['step'], foreignKeys: [] },
]

/** What can be set of a production line: each with its range, default and unit. */
import { z } from 'zod'

export const parameters = z.object({
  stages: z.int().min(1).max(12).default(8).describe('Operations that each part goes through, one after another'),
  machinesPerStage: z.int().min(1).max(6).default(1).describe('Machines side by side in each stage'),
  buffer: z.int().min(0).max(1_000_000).default(12).describe('Parts that can wait before each stage but the first'),
  cycleMinutes: z.number().min(0.1).max(240).default(4).describe('Mean minutes that an operation takes'),
  cycleTimes: z
    .enum(['lognormal', 'exponential', 'fixed'])
    .default('lognormal')
    .describe('How cycle times vary: a little (15 %), as exponential draws, or not at all'),
  imbalance: z
    .number()
    .min(0)
    .max(0.6)
    .default(0.15)
    .describe('How much quicker than the slowest stage the others may be, as a share'),
  products: z.int().min(1).max(6).default(4).describe('Products that are made: each has its own cycle time and load'),
  setupMinutes: z
    .number()
    .min(0)
    .max(480)
    .default(12)
    .describe('Minutes that a machine needs to change to another product'),
  ordersPerDay: z.number().min(0).max(100_000).default(6).describe('Orders that come in a day, at random times'),
  orderParts: z.int().min(1).max(10_000).default(20).describe('Mean parts of an order'),
  dueDays: z.number().min(0.1).max(90).default(4).describe('Mean days from an order to its due date'),
  dispatch: z.enum(['first-come', 'earliest-due']).default('earliest-due').describe('Which order is begun next'),
  shifts: z.int().min(1).max(3).default(2).describe('Shifts of eight hours a day that the line works'),
  weekends: z.boolean().default(false).describe('Whether line and crews work on Saturdays and Sundays'),
  hoursBetweenFailures: z
    .number()
    .min(1)
    .max(100_000)
    .default(70)
    .describe('Mean running hours between the failures of a machine that nobody maintains'),
  foretold: z
    .number()
    .min(0)
    .max(1)
    .default(0.85)
    .describe('Share of those failures that come from wear, with signs before; the others strike at random'),
  repairMinutes: z.number().min(1).max(10_000).default(140).describe('Mean minutes of work to repair a failed machine'),
  crews: z.int().min(1).max(20).default(2).describe('Crews that repair and maintain: failures first'),
  crewShifts: z
    .int()
    .min(1)
    .max(3)
    .default(2)
    .describe('Shifts a day that the crews work: what fails after them waits for the next'),
  maintenance: z
    .enum(['reactive', 'preventive', 'condition-based'])
    .default('preventive')
    .describe(
      'When machines are maintained: never before they fail, after so many running hours, or when their sensors say so',
    ),
  maintenanceHours: z
    .number()
    .min(1)
    .max(100_000)
    .default(300)
    .describe('Running hours after which preventive maintenance is due'),
  maintenanceMinutes: z.number().min(1).max(10_000).default(60).describe('Mean minutes of work to maintain a machine'),
  alarmLevel: z
    .number()
    .min(0.05)
    .max(2)
    .default(0.35)
    .describe('Condition-based: how far readings must have moved, where 1 is what they usually are at a failure'),
  readingMinutes: z.int().min(1).max(1440).default(10).describe('Minutes between the readings of the sensors'),
  sensorFaultsPerYear: z
    .number()
    .min(0)
    .max(1000)
    .default(6)
    .describe('Faults of each machine’s sensors themselves in a year: drift, stuck, spike, noise, dropout'),
  defectRate: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.02)
    .describe('Share of parts that healthy machines make with a defect; worn ones make several times as many'),
  inspection: z.number().min(0).max(1).default(0.94).describe('How likely the inspection finds a defect'),
  reworkable: z
    .number()
    .min(0)
    .max(1)
    .default(0.6)
    .describe('Share of the defects found that rework mends; other parts are scrap'),
})

export type LineParameters = z.infer<typeof parameters>

/** What can be set of a warehouse: each with its range, default and unit. */
import { z } from 'zod'
import { dispatchRules } from './dispatch.ts'

export const parameters = z.object({
  vehicles: z.int().min(1).max(150).default(16).describe('Vehicles, each with a bay of its own'),
  ordersPerHour: z.number().min(0).max(5000).default(300).describe('Orders that come in an hour, at random times'),
  rush: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('How far the rate of orders rises and falls, every two hours; 0: always the same'),
  moreLines: z.number().min(0).max(1).default(0.4).describe('How likely an order has one line more; four at most'),
  popularity: z
    .number()
    .min(0)
    .max(4)
    .default(1)
    .describe('How far a few shelves have most of what is ordered; 0: all alike'),
  dueMinutes: z
    .number()
    .min(1)
    .max(240)
    .default(8)
    .describe('Minutes to the soonest normal due time; the last has thrice that, urgent ones half'),
  dispatch: z.enum(dispatchRules).default('nearest').describe('Which order is fetched next'),
  avoidance: z
    .number()
    .min(0)
    .max(100)
    .default(10)
    .describe('Cells’ way round that a minute of others’ waiting is worth; 0: the shortest way'),
  aisles: z
    .int()
    .min(2)
    .max(60)
    .multipleOf(2)
    .default(12)
    .describe('Aisles: an even number, every second leads the other way'),
  depth: z.int().min(1).max(50).default(8).describe('Shelves along an aisle, between two cross-aisles'),
  blocks: z.int().min(1).max(6).default(2).describe('Blocks of shelves, a cross-aisle after each'),
  stations: z.int().min(1).max(40).default(4).describe('Stations where orders are packed'),
  queue: z.int().min(1).max(12).default(4).describe('Vehicles that can queue at a station'),
  pickSeconds: z.number().min(0).max(600).default(10).describe('Seconds to take one line from its shelf'),
  stationSeconds: z.number().min(0).max(600).default(25).describe('Seconds to unload an order, on average'),
  chargers: z.int().min(1).max(40).default(3).describe('Places where vehicles charge'),
  batteryMinutes: z.number().min(5).max(1000).default(90).describe('Minutes of driving that a full battery lasts'),
  chargeMinutes: z.number().min(0).max(600).default(20).describe('Minutes to charge an empty battery'),
  chargeBelow: z
    .number()
    .min(5)
    .max(90)
    .default(25)
    .describe('Per cent of the battery at which a vehicle asks for a charger'),
  reportSeconds: z
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .describe('Seconds from one row of batteries, traffic and flow to the next'),
})

export type WarehouseParameters = z.infer<typeof parameters>

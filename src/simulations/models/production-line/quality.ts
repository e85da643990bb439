/** Quality: the defects that machines make, the inspection that finds most of them, and what becomes of the parts. */
import type { Model } from '../../model.ts'
import type { Calendar } from './calendar.ts'
import type { Machine } from './machine.ts'
import type { OrderFlow, OrderLine } from './order-flow.ts'
import { defects, type Part } from './orders.ts'

type InspectedLine = OrderLine &
  Pick<Model, 'at'> & {
    readonly calendar: Calendar
    readonly flow: OrderFlow
  }

const reworkMinutes = 35
/** How likely, of finding a defect, the inspection finds one where there is none. */
const falseAlarms = 0.004
/** Standard deviation of a part’s main dimension, and what a worn-out machine adds, µm. */
const deviationSpread = 6
const deviationOfWear = 22

export class Quality {
  readonly #line: InspectedLine

  constructor(line: InspectedLine) {
    this.#line = line
  }

  /** What the machine has done to a part that it has finished: the more it is worn, the likelier it is a defect. */
  work(machine: Machine, part: Part): void {
    const { random, parameters } = this.#line
    let times = 1
    for (const component of machine.components) times += component.failure.defects * component.severity(machine.age)
    part.deviation += random.normal(deviationOfWear * (times - 1) * 0.1, deviationSpread / Math.sqrt(parameters.stages))
    if (!random.chance(Math.min(1, (times * parameters.defectRate) / parameters.stages))) return
    machine.defective++
    if (part.defect !== 'none') return
    part.defect = defects[1 + random.int(defects.length - 1)]!
    part.defectMachine = machine.id
    if (part.defect === 'dimension') part.deviation += random.between(25, 70) * (random.chance(0.7) ? 1 : -1)
  }

  /** Ships it, or where a defect is found mends it or throws it away. */
  inspect(part: Part): void {
    const { random, parameters, flow, records } = this.#line
    records.orders.event(part.order, part, 'inspect', 'inspection')
    if (!random.chance(parameters.inspection * (part.defect === 'none' ? falseAlarms : 1))) flow.ship(part, 'passed')
    else if (part.defect === 'none' || random.chance(parameters.reworkable)) this.#rework(part)
    else flow.scrap(part)
  }

  #rework(part: Part): void {
    const { calendar, flow, random, records, time } = this.#line
    part.order.reworked++
    this.#line.at(calendar.after(time, random.exponential(reworkMinutes)), () => {
      records.orders.event(part.order, part, 'rework', 'rework', time)
      flow.ship(part, 'reworked')
    })
  }
}

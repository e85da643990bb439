/** How a production line is drawn: machines by what they do, with what waits before them, and how well all of it works. */
import { agents, links } from '../../marks.ts'
import type { SimulationView } from '../../simulation.ts'
import type { ProductionLine } from '../production-line.ts'
import { machineName } from './columns.ts'
import { machineStates } from './machine.ts'

export const lineView: SimulationView<ProductionLine> = {
  marks: model => [
    links(model.network),
    agents(model.machines, {
      colours: ['#ced4da', '#fab005', '#40c057', '#15aabf', '#e03131', '#f76707', '#7048e8', '#495057'],
      colour: machine =>
        model.calendar.isWorking(model.time) ? machineStates.indexOf(machine.state) : machineStates.length,
      shape: 'square',
      label: machine => {
        const name = machineName(machine.id)
        if (machine.stage === 0) return `${name}\n${model.flow.book.waiting} to start`
        return `${name}\n${model.stages[machine.stage]!.buffer.length} of ${model.parameters.buffer}`
      },
      legend: [...machineStates, 'off'],
    }),
  ],
  charts: [
    { table: 'line', columns: ['throughput'], title: 'Parts an hour, of the last day' },
    {
      table: 'line',
      columns: ['availability', 'performance', 'quality', 'oee'],
      title: 'Effectiveness, of the last day',
    },
    { table: 'line', columns: ['inLine', 'backlog'], title: 'Parts in the line and waiting' },
  ],
}

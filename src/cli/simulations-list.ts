/** `cultivar simulations list`: which there are, and what one of them takes and gives. */
import type { Command } from 'commander'
import { padded } from '../app/preview-table.ts'
import type { DescribedSimulation } from '../app/simulations/described-simulation.ts'
import type { KnownParameter, KnownSimulation } from '../app/simulations/known-simulation.ts'
import { spelledCounts } from '../app/spelled.ts'
import type { ColumnHeader } from '../tables/table.ts'
import { show } from './output.ts'

export function addSimulationsList(simulations: Command): void {
  simulations
    .command('list')
    .description('list the simulations, or show one in full: parameters with their ranges, tables, keys, populations')
    .argument('[simulation]', 'one of them, or the path of a model of your own')
    .addHelpText(
      'after',
      '\nExamples:\n  cultivar simulations list\n  cultivar simulations list wolf-sheep\n  cultivar simulations list ./my-model.ts --json',
    )
    .action(async (nameOrPath: string | undefined, _: unknown, command: Command) => {
      const { listSimulations, describeSimulation } = await import('../app/simulations/list-simulations.ts')
      if (nameOrPath === undefined) {
        const all = listSimulations()
        await show(command, all, () => listText(all))
        return
      }
      const described = await describeSimulation(nameOrPath)
      await show(command, described, () => describedText(described))
    })
}

function listText(all: KnownSimulation[]): string {
  const width = Math.max(...all.map(({ name }) => name.length))
  return all.map(({ name, summary }) => `${padded(name, width)}  ${summary}`).join('\n')
}

function describedText({
  name,
  version,
  summary,
  from,
  parameters,
  steps,
  stepMeans,
  tables,
  populations,
  keys = [],
}: DescribedSimulation) {
  const origin = from === 'built-in' ? 'built in' : from
  return [
    `${name}, version ${version} (${origin})`,
    summary,
    `A run has ${spelledCounts(steps, 'step')}${stepMeans ? `; a step is ${stepMeans}` : ''}.`,
    '',
    parameters.length === 0 ? 'No parameters' : 'Parameters',
    ...table(
      parameters.map(parameter => [
        parameter.name,
        rangeOf(parameter),
        usualOf(parameter),
        parameter.description ?? '',
      ]),
    ),
    ...tables.flatMap(({ name: of, columns }) => {
      const { primaryKey = [], foreignKeys = [] } = keys.find(one => one.table === of) ?? {}
      const marks = (column: ColumnHeader) =>
        [
          ...(primaryKey.includes(column.name) ? ['names the row'] : []),
          ...foreignKeys.filter(key => key.columns.includes(column.name)).map(key => `names a row of ${key.table}`),
        ].join(', ')
      return ['', `Table ${of}`, ...table(columns.map(column => [column.name, typeOf(column), marks(column)]))]
    }),
    ...populations.flatMap(({ name: of, fields }) => [
      '',
      `Population ${of}: columns of a file for --population ${of}=FILE`,
      ...table(fields.map(({ name: field, type }) => [field, typeof type === 'string' ? type : type.join(' | ')])),
    ]),
  ].join('\n')
}

function rangeOf({ type, minimum, maximum }: KnownParameter): string {
  if (typeof type !== 'string') return type.join(' | ')
  if (minimum !== undefined && maximum !== undefined) return `${type} ${minimum} to ${maximum}`
  if (minimum !== undefined) return `${type} from ${minimum}`
  return maximum === undefined ? type : `${type} to ${maximum}`
}

function usualOf({ default: usual }: KnownParameter): string {
  return usual === undefined ? 'must be given' : `default ${typeof usual === 'string' ? usual : JSON.stringify(usual)}`
}

function typeOf(column: ColumnHeader): string {
  return column.storage === 'codes' ? column.dictionary.join(' | ') : column.type
}

/** Rows below each other, each column as wide as its widest cell. */
function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.min(44, Math.max(...rows.map(row => row[at]!.length))))
  return rows.map(row => `  ${row.map((cell, at) => padded(cell, widths[at]!)).join('  ')}`.trimEnd())
}

/** A simulation in full, as plain data: with the tables and populations that a model of its defaults has. */
import type { FieldKind } from '../../simulations/fields.ts'
import { makeModel } from '../../simulations/run-simulation.ts'
import { checkParameters } from '../../simulations/simulation.ts'
import { PointPopulation } from '../../simulations/spaces/point-population.ts'
import { placeNames } from '../../simulations/start-populations.ts'
import type { TableHead } from '../../table-files/index.ts'
import type { FoundSimulation } from './find-simulation.ts'
import { type KnownSimulation, knownOf } from './known-simulation.ts'

export interface DescribedSimulation extends KnownSimulation {
  tables: TableHead[]
  populations: KnownPopulation[]
}

/** What the rows of a file can say of agents that a run begins with. */
interface KnownPopulation {
  name: string
  /** `integer`, `number`, `boolean`, or the words it may be. */
  fields: { name: string; type: string | readonly string[] }[]
}

/** @throws CultivarError for a model that cannot be made with its defaults */
export function describedSimulation(found: FoundSimulation): DescribedSimulation {
  const { simulation } = found
  // Its tables and populations are known once it is made, before it is set up.
  const model = makeModel(simulation, { parameters: checkParameters(simulation, {}), seed: 1 })
  return {
    ...knownOf(found),
    tables: model.tables.map(({ name, headers }) => ({ name, columns: headers })),
    populations: model.populations.map(population => ({
      name: population.name,
      fields: [
        ...Object.entries(population.type.fields).map(([name, kind]) => ({ name, type: typeOf(kind) })),
        ...placeNames(population).map(name => ({
          name,
          type: population instanceof PointPopulation ? 'number' : 'integer',
        })),
      ],
    })),
  }
}

function typeOf(kind: FieldKind): string | readonly string[] {
  if (typeof kind !== 'string') return kind
  if (kind === 'bool') return 'boolean'
  return kind.startsWith('f') ? 'number' : 'integer'
}

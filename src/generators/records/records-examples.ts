/** Example records that show a teacher what is wanted: written in the recipe, or drawn from the project. */
import type { PlanContext } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import type { Json } from '../../model/json.ts'
import type { RandomStream } from '../../stats/random-stream.ts'
import type { Fixed } from './records-cells.ts'
import type { Field } from './records-fields.ts'
import { readValue } from './records-values.ts'

export type ExampleRecord = {
  /** Null for one that the recipe gives. */
  id: string | null
  fields: Record<string, Json>
}

/** Records of the project that are frozen with the run, for its units to draw from. */
const mostDrawn = 200

/** Why an example is none of these fields' records; undefined if it is one. It need not have all of them. */
export function exampleFault(example: Record<string, unknown>, fields: readonly Field[]): string | undefined {
  for (const [name, value] of Object.entries(example)) {
    const field = fields.find(field => field.name === name)
    if (!field) return `there is no field “${name}”: the fields are ${fields.map(({ name }) => name).join(', ')}`
    const { fault } = readValue(field, value)
    if (fault !== undefined) return `“${name}” ${fault}`
  }
  return undefined
}

/** The values as they will stand in a record, in the order of the fields. */
export function exampleOf(example: Record<string, unknown>, fields: readonly Field[]): Record<string, Json> {
  const read = fields.flatMap(field => {
    if (!Object.hasOwn(example, field.name)) return []
    const { value } = readValue(field, example[field.name])
    return value === undefined ? [] : [[field.name, value] as const]
  })
  return Object.fromEntries(read)
}

/**
 * A sample of the training records that have these fields, values and all: people's own, and grown ones that a person accepted.
 *
 * @throws CultivarError `bad-recipe` if there is none.
 */
export async function drawExamples(
  { records, random }: Pick<PlanContext<unknown>, 'records' | 'random'>,
  fields: readonly Field[],
): Promise<ExampleRecord[]> {
  const found: ExampleRecord[] = []
  let seen = 0
  for await (const { id, split, outcome, status, fields: values } of records()) {
    if (split !== 'train' || status === 'rejected' || !(outcome === 'imported' || status === 'accepted')) continue
    if (fields.some(field => readValue(field, values[field.name]).fault !== undefined)) continue
    const example = { id, fields: exampleOf(values, fields) }
    seen++
    // Reservoir sampling (Vitter's algorithm R): each record has the same chance to stay.
    const at = found.length < mostDrawn ? found.length : random.fork(`example ${seen}`).int(seen)
    if (at < mostDrawn) found[at] = example
  }
  if (found.length > 0) return found
  throw new CultivarError(
    'bad-recipe',
    `The project has no training record with the fields ${fields.map(({ name }) => name).join(', ')} to take as an example.`,
    'Import some, write `examples` into the recipe, or leave `examples` out.',
  )
}

/** Those that a unit shows: rather such as have the values of its cell. */
export function shownExamples(
  pool: readonly ExampleRecord[],
  { most, fixed, random }: { most: number; fixed: Fixed; random: RandomStream },
): ExampleRecord[] {
  const alike = pool.filter(({ fields }) =>
    Object.entries(fixed).every(([name, value]) => fields[name] === undefined || fields[name] === value),
  )
  const shuffled = random.fork('examples').shuffle(alike)
  const others = pool.filter(example => !alike.includes(example))
  return [...shuffled, ...random.fork('other examples').shuffle(others)].slice(0, most)
}

/** From the choices of a table to the makers of its columns. */
import type { ColumnChoice, FakeChoice, ValuesChoice } from './column-choice.ts'
import type { ColumnMaker } from './column-maker.ts'
import { correlatedMaker } from './correlated-maker.ts'
import type { TableChoice } from './declaration.ts'
import { isOfPerson, personMaker } from './fake-makers.ts'
import { combinationsMaker, multinomialMaker, type Part, renamed, sumMaker } from './group-makers.ts'
import { makersOf, type ReferenceOpener } from './makers-of.ts'
import { type Path, recipeFault } from './read-declaration.ts'
import { uniqueListsMaker } from './unique-lists.ts'

export interface PlannedTable {
  makers: ColumnMaker[]
  /** Columns in the order in which they are written. */
  names: string[]
}

/**
 * @param within bounds by which distributions are cut.
 * @param listed sets of columns of listed values that are to be unique by construction.
 */
export function planMakers(
  table: TableChoice,
  path: Path,
  within: ReadonlyMap<string, [number, number]>,
  listed: readonly string[][],
  reference: ReferenceOpener,
): PlannedTable {
  const { columns, combinations = [], multinomials = [], correlated = [] } = table
  const names = [...Object.keys(columns), ...[...combinations, ...multinomials].flatMap(group => group.columns)]
  names.forEach((name, place) => {
    if (names.indexOf(name) === place) return
    throw recipeFault(
      [...path, combinations.some(group => group.columns.includes(name)) ? 'combinations' : 'multinomials'],
      `“${name}” is made twice`,
      'Name it once: under "columns", in "combinations" or in "multinomials".',
    )
  })
  const grouped = new Set([...correlated.flatMap(group => group.columns), ...listed.flat()])
  const makers = [
    ...personMakers(columns, path),
    ...combinations.map((group, place) => combinationsMaker(group, [...path, 'combinations', place])),
    ...multinomials.map((group, place) => multinomialMaker(group, [...path, 'multinomials', place])),
    ...correlated.map((group, place) => {
      const where = [...path, 'correlated', place]
      const choices = group.columns.map(name => ({
        choice: known(name, columns, where),
        path: [...path, 'columns', name],
      }))
      return correlatedMaker(group, choices, where)
    }),
    ...listed.map(set => {
      const choices = set.map(name => columns[name] as ValuesChoice)
      return uniqueListsMaker(set, choices, [...path, 'columns', set[0]!])
    }),
    ...Object.entries(columns).flatMap(([name, choice]) =>
      grouped.has(name) ? [] : makersOf(name, choice, [...path, 'columns', name], reference, within.get(name)),
    ),
  ]
  return { names, makers: withSums(makers, table, path) }
}

function known(name: string, columns: Record<string, ColumnChoice>, path: Path): ColumnChoice {
  const choice = columns[name]
  if (choice !== undefined) return choice
  throw recipeFault(path, `there is no column “${name}”`, 'Name columns that are under "columns".')
}

/** Each person that columns are about, once. */
function personMakers(columns: Record<string, ColumnChoice>, path: Path): ColumnMaker[] {
  const found = new Map<string, ColumnMaker>()
  const look = (choice: unknown, where: Path): void => {
    if (typeof choice !== 'object' || choice === null) return
    if ('fake' in choice) {
      const fake = choice as FakeChoice
      const person = `${fake.of} ${fake.locale}`
      if (isOfPerson(fake) && !found.has(person)) found.set(person, personMaker(fake, where))
    }
    if ('cases' in choice) for (const inner of Object.values(choice.cases as object)) look(inner, where)
    if ('otherwise' in choice) look(choice.otherwise, where)
  }
  for (const [name, choice] of Object.entries(columns)) look(choice, [...path, 'columns', name])
  return [...found.values()]
}

/** Columns that are to add up are made under another name, and scaled from there. */
function withSums(makers: ColumnMaker[], table: TableChoice, path: Path): ColumnMaker[] {
  let all = makers
  const scaled = new Set<string>()
  table.constraints?.forEach((constraint, place) => {
    if (typeof constraint === 'string' || !('sum' in constraint)) return
    const where = [...path, 'constraints', place]
    const parts = constraint.sum.map((name): Part => {
      const choice = known(name, table.columns, where)
      if (scaled.has(name))
        throw recipeFault(where, `“${name}” is in two sums`, 'A column can be scaled to one sum only.')
      scaled.add(name)
      return { name, raw: `#${name} unscaled`, decimals: typeof choice === 'string' ? undefined : choice.decimals }
    })
    for (const { name, raw } of parts) {
      all = all.map(maker => (maker.makes.includes(name) ? renamed(maker, name, raw) : maker))
    }
    all = [...all, sumMaker(parts, constraint.to, where)]
  })
  return all
}

/** The order in which makers must work, so that each finds what it reads. */
import { nearestName } from '../../text/nearest-name.ts'
import type { ColumnMaker } from './column-maker.ts'
import { type Path, recipeFault } from './read-declaration.ts'

/**
 * Makers with those they need before them, otherwise in the given order.
 * @param given columns that are there beforehand.
 * @throws CultivarError `bad-recipe` for columns that nobody makes, and for circles, which are named.
 */
export function orderMakers(makers: readonly ColumnMaker[], given: ReadonlySet<string>): ColumnMaker[] {
  const maker = new Map(makers.flatMap(one => one.makes.map(name => [name, one] as const)))
  const ordered = new Set<ColumnMaker>()
  const visit = (one: ColumnMaker, trail: readonly string[]): void => {
    if (ordered.has(one)) return
    const name = one.makes.find(made => !made.startsWith('#')) ?? one.makes[0]!
    const start = one.makes.map(made => trail.indexOf(made)).find(place => place >= 0)
    if (start !== undefined) {
      const circle = [...trail.slice(start), trail[start]!].filter(made => !made.startsWith('#'))
      throw recipeFault(
        one.path,
        `columns need each other in a circle: ${circle.join(' → ')}`,
        'Let one of them not depend on the next.',
      )
    }
    for (const need of one.needs) {
      if (given.has(need)) continue
      const before = maker.get(need)
      if (!before) throw unknownColumn(need, [...maker.keys(), ...given], one.path)
      visit(before, [...trail, name])
    }
    ordered.add(one)
  }
  for (const one of makers) visit(one, [])
  return [...ordered]
}

/** Those makers, in their order, that make these columns and what these need. */
export function makersFor<M extends ColumnMaker>(ordered: readonly M[], wanted: Iterable<string>): M[] {
  const names = new Set(wanted)
  const kept = ordered.toReversed().filter(maker => {
    if (!maker.makes.some(name => names.has(name))) return false
    for (const need of maker.needs) names.add(need)
    return true
  })
  return kept.reverse()
}

function unknownColumn(name: string, known: string[], path: Path) {
  const names = known.filter(one => !one.startsWith('#'))
  const near = nearestName(name, names)
  const hint = near
    ? `Did you mean “${near}”?`
    : `There are ${names.slice(0, 15).join(', ')}. A text stands in single quotes.`
  return recipeFault(path, `there is no column “${name}”`, hint)
}

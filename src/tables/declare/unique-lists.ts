/** Listed values of which no combination comes twice, by construction: each row gets another of all combinations. */
import { permutation } from '../../stats/permutation.ts'
import type { ValuesChoice } from './column-choice.ts'
import type { ColumnMaker } from './column-maker.ts'
import { type Path, recipeFault } from './read-declaration.ts'
import { listedColumn, listedValues } from './values-maker.ts'

export function uniqueListsMaker(names: string[], choices: ValuesChoice[], path: Path): ColumnMaker {
  return {
    makes: names,
    needs: [],
    path,
    open({ rows, random, notes }) {
      const lists = choices.map(choice => listedValues(choice, path))
      const possible = combinationsIn(choices)
      if (rows > possible) {
        const needed = `${possible.toLocaleString('en')} combinations for ${rows.toLocaleString('en')} rows`
        throw recipeFault(
          path,
          `${names.join(', ')} have ${needed}, and none may come twice`,
          'Add values, or ask for fewer rows.',
        )
      }
      if (lists.some(({ weights }) => weights.some(weight => weight !== weights[0]))) {
        notes.push(
          `The weights of ${names.join(', ')} count for nothing, as nearly every combination is needed to be unique.`,
        )
      }
      const columns = lists.map(({ values }, place) => listedColumn(names[place]!, values))
      const shuffled = permutation(possible, random.fork('unique').fork(names.join(' ')))
      return {
        fixed: true,
        ...(names.length === 1 && { unique: true }),
        headers: columns.map(({ header }) => header),
        make({ numbers }) {
          const places = lists.map(() => new Int32Array(numbers.length))
          numbers.forEach((number, row) => {
            let rest = shuffled(number)
            lists.forEach(({ values }, list) => {
              places[list]![row] = rest % values.length
              rest = Math.floor(rest / values.length)
            })
          })
          return columns.map(({ column }, list) => column(places[list]!))
        },
      }
    },
  }
}

/** How many combinations of listed values there are. */
export function combinationsIn(choices: readonly ValuesChoice[]): number {
  return choices.reduce(
    (product, { values }) => product * (Array.isArray(values) ? values : Object.keys(values)).length,
    1,
  )
}

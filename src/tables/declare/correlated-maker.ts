/** Columns with given correlations: a Gaussian copula over their own distributions. */
import { BulkRandom } from '../../stats/bulk-random.ts'
import { cholesky, nearestCorrelation } from '../../stats/correlation-matrix.ts'
import { openDistribution } from '../../stats/distributions/index.ts'
import { normalCdf } from '../../stats/special-functions-normal.ts'
import type { Column, ColumnHeader } from '../table.ts'
import type { ColumnChoice } from './column-choice.ts'
import type { ColumnMaker, OpenContext } from './column-maker.ts'
import type { CorrelatedChoice } from './declaration.ts'
import { numberType } from './draw-maker.ts'
import { fixedDistribution } from './fixed-distribution.ts'
import { latentCorrelation, type Marginal } from './latent-correlation.ts'
import { quickValues } from './quick-values.ts'
import { type Path, recipeFault } from './read-declaration.ts'
import { isListed, listedColumn, listedValues, placeOf, shareUpTo } from './values-maker.ts'

interface OpenedMarginal extends Marginal {
  header: ColumnHeader
  column(scores: Float64Array): Column
}

/** @param choices what each of the columns is; in the order of `correlated.columns`. */
export function correlatedMaker(
  correlated: CorrelatedChoice,
  choices: { choice: ColumnChoice; path: Path }[],
  path: Path,
): ColumnMaker {
  const { columns } = correlated
  return {
    makes: columns,
    needs: [],
    path,
    open(context) {
      const marginals = choices.map(({ choice, path: where }, place) => openMarginal(columns[place]!, choice, where))
      const wanted = matrixOf(correlated, path)
      const latent = wanted.map((row, i) =>
        row.map((value, j) => (i === j ? 1 : latentOf(i, j, value, marginals, correlated, context))),
      )
      const nearest = nearestCorrelation(latent)
      if (nearest.changed) context.notes.push(changeNote(columns, latent, nearest.matrix))
      const lower = cholesky(nearest.matrix)
      const size = columns.length
      const normal = openDistribution({ distribution: 'normal', mean: 0, sd: 1 })
      return {
        headers: marginals.map(({ header }) => header),
        make({ table: { rows }, random }) {
          const scores = columns.map(() => new Float64Array(rows))
          const independent = new Float64Array(rows * size)
          normal.fill(independent, new BulkRandom(random, 2 * independent.length))
          for (let row = 0; row < rows; row++) {
            for (let i = 0; i < size; i++) {
              let score = 0
              for (let j = 0; j <= i; j++) score += lower[i]![j]! * independent[row * size + j]!
              scores[i]![row] = score
            }
          }
          return marginals.map(({ column }, place) => column(scores[place]!))
        },
      }
    },
  }
}

function latentOf(
  i: number,
  j: number,
  wanted: number,
  marginals: OpenedMarginal[],
  { columns, measure }: CorrelatedChoice,
  { notes }: OpenContext,
): number {
  // The matrix is symmetric; say what is out of reach once.
  if (j < i)
    return latentOf(
      j,
      i,
      wanted,
      marginals,
      { columns, measure } as CorrelatedChoice,
      { notes: [] as string[] } as OpenContext,
    )
  if (measure === 'spearman') return 2 * Math.sin((Math.PI * wanted) / 6)
  const { latent, reached } = latentCorrelation(marginals[i]!, marginals[j]!, wanted)
  if (Math.abs(reached - wanted) > 0.005) {
    notes.push(
      `“${columns[i]}” and “${columns[j]}” cannot correlate by ${wanted}, given their distributions; they do by ${reached.toFixed(2)}, the nearest there is.`,
    )
  }
  return latent
}

function changeNote(columns: string[], from: readonly (readonly number[])[], to: readonly ArrayLike<number>[]): string {
  const changes = columns.flatMap((first, i) =>
    columns.slice(i + 1).flatMap((second, offset) => {
      const j = i + 1 + offset
      const [before, after] = [from[i]![j]!, to[i]![j]!]
      return Math.abs(before - after) < 0.005
        ? []
        : [`${first}–${second} ${after.toFixed(2)} instead of ${before.toFixed(2)}`]
    }),
  )
  return `The correlations of ${columns.join(', ')} cannot hold together; the nearest that can are used: ${changes.slice(0, 10).join(', ') || 'all within .005'}.`
}

function matrixOf({ columns, correlations }: CorrelatedChoice, path: Path): number[][] {
  const where = [...path, 'correlations']
  const size = columns.length
  if (Array.isArray(correlations)) {
    const square = correlations.length === size && correlations.every(row => row.length === size)
    if (!square)
      throw recipeFault(
        where,
        `it is not ${size} × ${size}`,
        'Give a row and a column for each of the columns, in their order.',
      )
    correlations.forEach((row, i) => {
      row.forEach((value, j) => {
        if (i === j && value !== 1)
          throw recipeFault([...where, i, j], 'a column correlates with itself by 1', 'Write 1 on the diagonal.')
        if (Math.abs(value - correlations[j]![i]!) > 1e-9) {
          throw recipeFault(
            [...where, i, j],
            `it is ${value}, but ${correlations[j]![i]} the other way round`,
            'The matrix is symmetric.',
          )
        }
      })
    })
    return correlations
  }
  const matrix = columns.map((_, i) => columns.map((_, j): number => (i === j ? 1 : 0)))
  for (const [first, others] of Object.entries(correlations)) {
    for (const [second, value] of Object.entries(others)) {
      const [i, j] = [columns.indexOf(first), columns.indexOf(second)]
      if (i < 0 || j < 0 || i === j) {
        const wrong = i < 0 ? first : second
        throw recipeFault(
          [...where, first, second],
          `“${wrong}” is not another of the columns`,
          `They are ${columns.join(', ')}.`,
        )
      }
      matrix[i]![j] = value
      matrix[j]![i] = value
    }
  }
  return matrix
}

function openMarginal(name: string, choice: ColumnChoice, path: Path): OpenedMarginal {
  if (isListed(choice)) {
    const { values, weights } = listedValues(choice, path)
    const { header, column } = listedColumn(name, values)
    const upTo = shareUpTo(weights)
    const numbers = values.map((value, place) => (typeof value === 'string' ? place : Number(value)))
    const place = (score: number) => placeOf(upTo, normalCdf(score))
    return {
      header,
      valueAt: score => numbers[place(score)]!,
      column: scores => column(Int32Array.from(scores, place)),
    }
  }
  const distribution = fixedDistribution(choice, path)
  if (!distribution) {
    throw recipeFault(
      path,
      'only distributions and listed values can be correlated',
      'Write normal(0, 1), or { values: … }.',
    )
  }
  const { quantile, upperQuantile } = distribution
  const header = { storage: 'numbers', type: numberType(distribution), name } as const
  // Each tail from its own end: shares next to 1 have no digits left.
  const valueAt = quickValues(score => (score > 0 ? upperQuantile(normalCdf(-score)) : quantile(normalCdf(score))))
  return { header, valueAt, column: scores => ({ ...header, values: scores.map(valueAt) }) }
}

/** Mean and variance by integration, of distributions without formulas for them. */
import { integral } from '../integral.ts'
import type { Distribution } from './define-distribution.ts'

type Measured = Pick<Distribution, 'discrete' | 'density' | 'quantile' | 'upperQuantile'>

/** Beyond 2⁻²⁰⁰ of the values, nothing is looked at. */
const deepest = 200
/** Of more whole numbers than these between two quantiles, the masses are smooth enough to be integrated. */
const mostSummed = 4096
/** Densities closer to zero than this may be too large for numbers. */
const nearest = 1e-290

/** Between quantiles that lie closer and closer towards both ends. Infinite tails that fall slower than x⁻² are cut. */
export function momentsBetween(measured: Measured): { mean: number; variance: number } {
  const { density, discrete } = measured
  const edges = quantilesOf(measured)
  const centre = measured.quantile(0.5)
  const total = (value: (x: number) => number) => {
    const weighed = (x: number) => {
      const share = density(discrete ? Math.round(x) : x)
      return share < Infinity ? share * value(x) : 0
    }
    let sum = discrete ? weighed(edges[0]!) : 0
    for (let i = 1; i < edges.length; i++) {
      const [from, to] = [edges[i - 1]!, edges[i]!]
      if (!discrete) sum += panel(weighed, from, to)
      else if (to - from > mostSummed) sum += panel(weighed, from + 0.5, to + 0.5)
      else for (let k = from + 1; k <= to; k++) sum += weighed(k)
    }
    return sum
  }
  const all = total(() => 1)
  const fromCentre = total(x => x - centre) / all
  return { mean: centre + fromCentre, variance: total(x => (x - centre) ** 2) / all - fromCentre * fromCentre }
}

/** Ends of one sign and of different sizes are integrated by the logarithm: densities are powers there. */
function panel(integrand: (x: number) => number, from: number, to: number): number {
  const side = Math.sign(from)
  const ratio = Math.max(to / from, from / to)
  if (!(side * Math.sign(to) > 0 && ratio > 2)) return integral(integrand, from, to)
  if (ratio > 100) {
    const middle = side * Math.sqrt(Math.abs(from)) * Math.sqrt(Math.abs(to))
    return panel(integrand, from, middle) + panel(integrand, middle, to)
  }
  return side * integral(t => integrand(side * Math.exp(t)) * Math.exp(t), Math.log(side * from), Math.log(side * to))
}

/** Ascending, each once. */
function quantilesOf({ quantile, upperQuantile }: Measured): number[] {
  const edges = new Set<number>()
  for (let depth = 1; depth <= deepest; depth++) {
    edges.add(quantile(2 ** -depth))
    edges.add(upperQuantile(2 ** -depth))
  }
  return [...edges].filter(x => Number.isFinite(x) && (x === 0 || Math.abs(x) > nearest)).sort((a, b) => a - b)
}

/** Mean and variance by integration, of distributions without formulas for them. */
import { integral } from '../integral.ts'
import type { Distribution } from './define-distribution.ts'

type Measured = Pick<Distribution, 'discrete' | 'density' | 'quantile' | 'upperQuantile'>

/** Beyond 2⁻²⁰⁰ of the values, nothing is looked at. */
const deepest = 200
const mostSummed = 1_000_000
/** Densities closer to zero than this may be too large for numbers. */
const nearest = 1e-290

/** Between quantiles that lie closer and closer towards both ends. Infinite tails that fall slower than x⁻² are cut. */
export function momentsBetween(measured: Measured): { mean: number; variance: number } {
  const { density, discrete } = measured
  const edges = quantilesOf(measured)
  const centre = measured.quantile(0.5)
  const first = edges[0]!
  const last = edges.at(-1)!
  const total = (value: (x: number) => number) => {
    let sum = 0
    if (discrete && last - first < mostSummed) {
      for (let k = first; k <= last; k++) sum += value(k) * density(k)
      return sum
    }
    const share = discrete ? (x: number) => density(Math.round(x)) : density
    for (let i = 1; i < edges.length; i++) sum += panel(x => value(x) * share(x), edges[i - 1]!, edges[i]!)
    return sum
  }
  const all = total(() => 1)
  const fromCentre = total(x => x - centre) / all
  return { mean: centre + fromCentre, variance: total(x => (x - centre) ** 2) / all - fromCentre * fromCentre }
}

/** Ends of one sign and of different sizes are integrated by the logarithm: densities are powers there. */
function panel(integrand: (x: number) => number, from: number, to: number): number {
  const side = Math.sign(from)
  const ratio = to / from
  if (!(side * Math.sign(to) > 0 && (ratio > 2 || ratio < 0.5))) return integral(integrand, from, to)
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

/** The linear chain against all of its paths, one by one. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LinearChain } from './linear-chain.ts'
import { tagTopology } from './tag-states.ts'

const topology = tagTopology(1)
const { states, from, to, begins, ends } = topology
const arcs = from.length
const score = fc.double({ min: -4, max: 4, noNaN: true })

const instance = fc.integer({ min: 1, max: 5 }).chain(length =>
  fc.record({
    length: fc.constant(length),
    emissions: fc
      .array(score, { minLength: length * states, maxLength: length * states })
      .map(values => Float64Array.from(values)),
    arcScores: fc.array(score, { minLength: arcs, maxLength: arcs }).map(values => Float64Array.from(values)),
  }),
)
type Instance = { length: number; emissions: Float64Array; arcScores: Float64Array }

interface Path {
  path: number[]
  arcs: number[]
  score: number
}

function allPaths({ length, emissions, arcScores }: Instance): Path[] {
  let paths: Path[] = []
  for (let s = 0; s < states; s++) if (begins[s]) paths.push({ path: [s], arcs: [], score: emissions[s]! })
  for (let t = 1; t < length; t++) {
    paths = paths.flatMap(before =>
      Array.from(from.keys())
        .filter(arc => from[arc] === before.path[t - 1])
        .map(arc => ({
          path: [...before.path, to[arc]!],
          arcs: [...before.arcs, arc],
          score: before.score + arcScores[arc]! + emissions[t * states + to[arc]!]!,
        })),
    )
  }
  return paths.filter(({ path }) => ends[path.at(-1)!])
}

const logSumOf = (paths: readonly Path[]) => Math.log(paths.reduce((sum, path) => sum + Math.exp(path.score), 0))

it('finds the best of all paths', () => {
  fc.assert(
    fc.property(instance, given => {
      const found = Array.from(new LinearChain(topology).viterbi(given.emissions, given.length, given.arcScores))
      const paths = allPaths(given)
      const best = Math.max(...paths.map(path => path.score))
      const itself = paths.find(({ path }) => path.join() === found.join())
      expect(itself?.score).toBeCloseTo(best, 9)
    }),
    { numRuns: 300 },
  )
})

it('sums over all paths: their total, the share through a state, over an arc, and along a stretch', () => {
  fc.assert(
    fc.property(instance, fc.nat(), fc.nat(), fc.nat(), (given, a, b, which) => {
      const chain = new LinearChain(topology)
      const logSum = chain.sumPaths(given.emissions, given.length, given.arcScores, true)
      const paths = allPaths(given)
      const total = logSumOf(paths)
      const share = (count: (path: Path) => number) =>
        paths.reduce((sum, path) => sum + count(path) * Math.exp(path.score - total), 0)
      expect(logSum).toBeCloseTo(total, 9)
      for (let t = 0; t < given.length; t++) {
        for (let s = 0; s < states; s++)
          expect(chain.marginal(t, s)).toBeCloseTo(
            share(({ path }) => Number(path[t] === s)),
            9,
          )
      }
      for (let arc = 0; arc < arcs; arc++) {
        expect(chain.arcCounts[arc]).toBeCloseTo(
          share(path => path.arcs.filter(one => one === arc).length),
          9,
        )
      }
      const [first, last] = [a % given.length, b % given.length].sort((one, other) => one - other) as [number, number]
      const { path: chosen } = paths[which % paths.length]!
      const along = share(({ path }) =>
        Number(path.slice(first, last + 1).join() === chosen.slice(first, last + 1).join()),
      )
      expect(chain.stretchProbability(chosen, first, last)).toBeCloseTo(along, 9)
    }),
    { numRuns: 300 },
  )
})

it('has as gradient of the total what numeric differences say', () => {
  fc.assert(
    fc.property(instance, fc.nat(), fc.nat(), (given, place, arc) => {
      const chain = new LinearChain(topology)
      const step = 1e-5
      const slope = (values: Float64Array, at: number) => {
        const total = (shift: number) => {
          values[at] = values[at]! + shift
          const sum = chain.sumPaths(given.emissions, given.length, given.arcScores)
          values[at] = values[at]! - shift
          return sum
        }
        return (total(step) - total(-step)) / (2 * step)
      }
      const emission = place % given.emissions.length
      const byEmission = slope(given.emissions, emission)
      const byArc = slope(given.arcScores, arc % arcs)
      chain.sumPaths(given.emissions, given.length, given.arcScores, true)
      expect(chain.marginal(Math.floor(emission / states), emission % states)).toBeCloseTo(byEmission, 6)
      expect(chain.arcCounts[arc % arcs]).toBeCloseTo(byArc, 6)
    }),
    { numRuns: 300 },
  )
})

it('stays finite where scores are thousands apart and favour what is forbidden', () => {
  const length = 200
  const emissions = new Float64Array(length * states).map((_, i) => (i % states === 2 ? 5000 : -5000))
  const chain = new LinearChain(topology)
  expect(chain.sumPaths(emissions, length, new Float64Array(arcs), true)).toBeGreaterThan(0)
  for (let t = 0; t < length; t++) {
    const sum = Array.from({ length: states }, (_, s) => chain.marginal(t, s)).reduce((a, b) => a + b)
    expect(sum).toBeCloseTo(1, 6)
  }
})

it('can do a long chain after a short one and the other way round', () => {
  const chain = new LinearChain(topology)
  const emissions = new Float64Array(60 * states).map((_, i) => Math.sin(i * i))
  const arcScores = new Float64Array(arcs).map((_, i) => Math.cos(i))
  const fresh = (length: number) => new LinearChain(topology).sumPaths(emissions, length, arcScores)
  for (const length of [3, 60, 1, 17]) expect(chain.sumPaths(emissions, length, arcScores)).toBe(fresh(length))
  expect(chain.viterbi(emissions, 0, arcScores)).toHaveLength(0)
})

/** Tests of the synthesizer `network`. */
import { expect, it } from 'vitest'
import { randomStream } from '../../stats/random-stream.ts'
import { network } from './network.ts'
import type { EncodedTable } from './synthesizer.ts'

/** a → b (mostly the same), and c = (a + b) mod 4, with some noise; d has nothing to do with them. */
function chain(rows: number): EncodedTable {
  const random = randomStream('chain')
  const codes = Array.from({ length: 4 }, () => new Uint16Array(rows))
  for (let row = 0; row < rows; row++) {
    const a = random.int(10) < 6 ? 0 : random.int(4)
    const b = random.int(10) < 8 ? a : random.int(4)
    codes[0]![row] = a
    codes[1]![row] = b
    codes[2]![row] = random.int(20) === 0 ? random.int(4) : (a + b) % 4
    codes[3]![row] = random.int(5)
  }
  return {
    rows,
    columns: codes.map((values, place) => ({
      name: 'abcd'[place]!,
      codes: values,
      size: place === 3 ? 5 : 4,
      ordered: false,
    })),
  }
}

function jointShares(codes: readonly Uint16Array[], columns: readonly number[]): Map<string, number> {
  const shares = new Map<string, number>()
  const rows = codes[0]!.length
  for (let row = 0; row < rows; row++) {
    const key = columns.map(column => codes[column]![row]).join()
    shares.set(key, (shares.get(key) ?? 0) + 1 / rows)
  }
  return shares
}

function apart(one: Map<string, number>, other: Map<string, number>): number {
  const keys = new Set([...one.keys(), ...other.keys()])
  return [...keys].reduce((sum, key) => sum + Math.abs((one.get(key) ?? 0) - (other.get(key) ?? 0)), 0) / 2
}

const table = chain(20_000)
const real = table.columns.map(column => column.codes)
const random = randomStream('draw')

it('draws the joint distribution of columns that depend on one another, three at a time', () => {
  const model = network.fit(table, { random })
  const { codes } = network.sampler(JSON.parse(JSON.stringify(model))).draw({ rows: 20_000, random })
  expect(apart(jointShares(codes, [0, 1, 2]), jointShares(real, [0, 1, 2]))).toBeLessThan(0.03)
  expect(apart(jointShares(codes, [3]), jointShares(real, [3]))).toBeLessThan(0.02)
})

it('draws the others given some columns', () => {
  const model = network.fit(table, { random, given: 2 })
  const { codes } = network.sampler(model).draw({ rows: 20_000, random, given: real.slice(0, 2) })
  expect(codes[0]).toBe(real[0])
  expect(apart(jointShares(codes, [0, 1, 2]), jointShares(real, [0, 1, 2]))).toBeLessThan(0.03)
})

it('weighs rows that were held to allowed codes, so that they give the conditional distribution', () => {
  const sampler = network.sampler(network.fit(table, { random }))
  const allowed = new Map([[2, Uint8Array.from([0, 0, 0, 1])]])
  const { codes, weights } = sampler.draw({ rows: 40_000, random, allowed })
  expect(codes[2]!.every(code => code === 3)).toBe(true)
  const total = weights!.reduce((sum, weight) => sum + weight, 0)
  const drawn = [0, 1, 2, 3].map(
    a => weights!.reduce((sum, weight, row) => sum + (codes[0]![row] === a ? weight : 0), 0) / total,
  )
  const rows = real[2]!.reduce((sum, code) => sum + (code === 3 ? 1 : 0), 0)
  const wanted = [0, 1, 2, 3].map(
    a => real[0]!.reduce((sum, code, row) => sum + (code === a && real[2]![row] === 3 ? 1 : 0), 0) / rows,
  )
  drawn.forEach((share, a) => {
    expect(Math.abs(share - wanted[a]!)).toBeLessThan(0.03)
  })
})

it('adds more noise the smaller ε is, and still finds what is strong at a generous one', () => {
  const off = (epsilon: number) => {
    const model = network.fit(table, { random: randomStream('noise'), epsilon })
    const { codes } = network.sampler(model).draw({ rows: 20_000, random: randomStream('rows') })
    return apart(jointShares(codes, [0, 1]), jointShares(real, [0, 1]))
  }
  expect(off(5)).toBeLessThan(0.03)
  expect(off(0.002)).toBeGreaterThan(0.1)
})

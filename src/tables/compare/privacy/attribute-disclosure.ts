/** How well somebody who knows a few things about a real person guesses another one from the synthetic table. */

import { takeTableRows } from '../../take-rows.ts'
import type { Cells } from '../cells.ts'
import { coarseCells } from '../coarse-cells.ts'
import type { Measuring } from '../measuring.ts'
import type { PairTrend } from '../pair-trends.ts'
import type { SharedTable } from '../shared-tables.ts'
import { spreadRows } from '../spread-rows.ts'

export interface AttributeDisclosure {
  secret: string
  /** What is known: the columns that hang together most with the secret. */
  known: string[]
  /** Chance of a right guess drawn from the synthetic rows that share what is known, for rows it was learned from. */
  ofReal: number
  /** The same for people of the hold-out, who were not learned from: what the table says of people in general. */
  ofHoldout?: number
  /** The chance without knowing anything but the shares. */
  byShares: number
  /** SDMetrics’ DisclosureProtection: min(1, (1 − `ofReal`) / (1 − 1 / values of the secret)). */
  protection: number
  /** Real rows whose known values some synthetic row shares: only those can be guessed. */
  rows: number
}

/** A number is a secret to one of so many ranges. */
const cellsOfColumn = 10
const knownColumns = 3
const mostSecrets = 60
const mostRows = 100_000

/** For each column as the secret (the correct attribution probability, Taub et al. 2018), those given away most first. */
export function attributeDisclosures(
  real: SharedTable,
  synthetic: SharedTable,
  holdout: SharedTable | undefined,
  pairs: readonly PairTrend[],
  { random }: Measuring,
): AttributeDisclosure[] {
  const tables = [real, synthetic, ...(holdout && holdout.rows > 0 ? [holdout] : [])].map(table =>
    takeTableRows(table, spreadRows(table.rows, mostRows, random.fork('disclosure'))),
  )
  const cells = coarseCells(tables, cellsOfColumn)
  const places = new Map(real.columns.map(({ name }, at) => [name, at]))
  const disclosures = real.columns.slice(0, mostSecrets).flatMap(({ name }, secret): AttributeDisclosure[] => {
    const values = new Set(cells[0]![secret]!.codes).size
    const known = strongestPartners(name, pairs)
    if (values < 2 || known.length === 0) return []
    const [ofReal, fromSynthetic, ofHoldout] = cells.map(columns => ({
      secret: columns[secret]!,
      known: combined(known.map(column => columns[places.get(column)!]!)),
    }))
    const guess = guesser(fromSynthetic!)
    const [right, matched] = guess(ofReal!)
    return [
      {
        secret: name,
        known,
        ofReal: right,
        ...(ofHoldout && { ofHoldout: guess(ofHoldout)[0] }),
        byShares: chanceByShares(ofReal!.secret, fromSynthetic!.secret),
        protection: Math.min(1, (1 - right) / (1 - 1 / values)),
        rows: matched,
      },
    ]
  })
  const given = ({ ofReal, ofHoldout, byShares }: AttributeDisclosure) => ofReal - (ofHoldout ?? byShares)
  return disclosures.sort((a, b) => given(b) - given(a))
}

interface Guessed {
  secret: Cells
  known: Float64Array
}

/** Mean share of the true secret among the synthetic rows of the same known values, over rows that have any; and how many do. */
function guesser({ secret, known }: Guessed): (people: Guessed) => [number, number] {
  const ofKnown = new Map<number, number>()
  const ofBoth = new Map<number, number>()
  known.forEach((key, row) => {
    ofKnown.set(key, (ofKnown.get(key) ?? 0) + 1)
    const both = key * secret.size + secret.codes[row]!
    ofBoth.set(both, (ofBoth.get(both) ?? 0) + 1)
  })
  return people => {
    let sum = 0
    let matched = 0
    people.known.forEach((key, row) => {
      const all = ofKnown.get(key)
      if (all === undefined) return
      matched++
      sum += (ofBoth.get(key * secret.size + people.secret.codes[row]!) ?? 0) / all
    })
    return [matched === 0 ? 0 : sum / matched, matched]
  }
}

function strongestPartners(name: string, pairs: readonly PairTrend[]): string[] {
  return pairs
    .filter(({ columns }) => columns.includes(name))
    .sort((a, b) => Math.abs(b.real ?? 0) - Math.abs(a.real ?? 0))
    .slice(0, knownColumns)
    .map(({ columns: [one, other] }) => (one === name ? other : one))
}

function combined(columns: Cells[]): Float64Array {
  const keys = new Float64Array(columns[0]!.codes.length)
  for (const { codes, size } of columns)
    for (let row = 0; row < keys.length; row++) keys[row] = keys[row]! * size + codes[row]!
  return keys
}

function chanceByShares(real: Cells, synthetic: Cells): number {
  const shares = [real, synthetic].map(({ codes, size }) => {
    const share = new Float64Array(size)
    for (const code of codes) share[code]! += 1 / codes.length
    return share
  })
  return shares[0]!.reduce((sum, share, cell) => sum + share * shares[1]![cell]!, 0)
}

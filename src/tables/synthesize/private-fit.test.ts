/** What a model that was fitted under differential privacy may not hold, and what it must still do. */
import { expect, it } from 'vitest'
import { randomStream } from '../../stats/random-stream.ts'
import type { CategoryColumn, NumberColumn, Table, TextColumn } from '../table.ts'
import { fitTable } from './fit-table.ts'
import { openTableSampler } from './sample-table.ts'

const rows = 4000

function each<T>(value: (row: number) => T): T[] {
  return Array.from({ length: rows }, (_, row) => value(row))
}

function categories(name: string, texts: string[]): CategoryColumn {
  const dictionary = [...new Set(texts)]
  const codes = Int32Array.from(texts, text => dictionary.indexOf(text))
  return { storage: 'codes', name, type: 'category', dictionary, codes }
}

function integers(name: string, values: number[]): NumberColumn {
  return { storage: 'numbers', name, type: 'integer', values: Float64Array.from(values) }
}

function texts(name: string, values: string[]): TextColumn {
  return { storage: 'texts', name, type: 'text', values }
}

function tableOf(...columns: Table['columns']): Table {
  return { name: 'people', rows, columns }
}

it('tells no rare category, not even of one that has the name of all that were left out', () => {
  const town = (rare: string) =>
    categories(
      'town',
      each(row => (row === 9 ? rare : row % 2 ? 'Ulm' : 'Kiel')),
    )
  const models = ['other', 'Zebedee'].map(rare => fitTable(tableOf(town(rare)), { seed: 3, privacy: { epsilon: 4 } }))
  for (const model of models) {
    const [column] = model.columns
    expect(column!.header).toMatchObject({ dictionary: ['Kiel', 'Ulm', 'other'] })
    expect(column!.model).toMatchObject({ kind: 'category' })
    if (column!.model.kind === 'category') expect(column!.model.count.at(-1)).toBe(1)
  }
})

it('keeps of an id which parts are digits and letters, and none of its characters', () => {
  const random = randomStream('ids')
  const codes = each(row => `${random.pick([...'QXZ'])}${random.pick([...'QXZ'])}-${row + 1000}`)
  const { columns } = fitTable(tableOf(texts('code', codes)), { seed: 1, privacy: { epsilon: 1 } })
  const { model } = columns[0]!
  expect(model.kind).toBe('id')
  expect(JSON.stringify(model).replaceAll('ABCDEFGHIJKLMNOPQRSTUVWXYZ', '')).not.toMatch(/[QXZ]/)
})

it('keeps one column at most another, by nothing but what somebody gave', () => {
  const low = each(row => (row % 7 === 0 ? Number.NaN : 20 + (row % 50)))
  const high = each(row => 75 + (row % 20))
  const ages = tableOf(integers('start', low), integers('end', high))
  const fitted = fitTable(ages, {
    seed: 2,
    privacy: { epsilon: 20 },
    columns: { start: { range: [0, 100] }, end: { range: [60, 100] } },
    constraints: [{ kind: 'at-most', low: 'start', high: 'end' }],
  })
  const end = fitted.columns.find(({ header }) => header.name === 'end')!.model
  expect(end).toMatchObject({ above: { column: 'start', reference: 0 }, range: [60, 100] })
  const drawn = openTableSampler(fitted, { rows, seed: 1 }).block(0)
  const [starts, ends] = drawn.columns as [NumberColumn, NumberColumn]
  let together = 0
  for (let row = 0; row < rows; row++) {
    expect(starts.values[row]! > ends.values[row]!).toBe(false)
    together += (ends.values[row]! - 84) / rows
  }
  expect(Math.abs(together)).toBeLessThan(4)
})

it('draws its noise from a secret where there is one, and then says so', () => {
  const table = tableOf(
    integers(
      'age',
      each(row => row % 90),
    ),
  )
  const fitted = (secret?: string) => fitTable(table, { seed: 1, privacy: { epsilon: 1, ...(secret && { secret }) } })
  expect(fitted().synthesizer).toEqual(fitted().synthesizer)
  expect(fitted('one')).not.toEqual(fitted('another'))
  expect(fitted('one').notes.join(' ')).toContain('a secret that was not kept')
  expect(JSON.stringify(fitted('one of them'))).not.toContain('one of them')
})

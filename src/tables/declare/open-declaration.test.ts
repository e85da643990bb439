/** Declared tables: the laws of block sources, and several tables by their keys. */

import { describe, expect, it } from 'vitest'
import { declaredValues, deviation, numbers, type Value, valuesOf } from '../../testing/declared-values.ts'
import { mean } from '../../testing/moments.ts'
import type { Table } from '../table.ts'
import type { Declaration } from './declaration.ts'
import { openDeclaration } from './open-declaration.ts'

const plant: Declaration = {
  calendars: {
    plant: {
      weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
      holidays: ['2026-01-01'],
      hours: [
        ['06:00', '14:00'],
        ['14:30', '22:00'],
      ],
    },
  },
  tables: {
    orders: {
      parent: 'machines',
      children: 'poisson(2 * load)',
      key: 'no',
      columns: {
        no: { sequence: 1000 },
        machine: 'parent.id',
        site: 'parent.site',
        product: { references: 'products', weights: 'price' },
        quantity: '1 + poisson(3)',
        total: { formula: 'round(quantity * product.price, 2)' },
        ordered: { datetime: { from: '2026-01-01', to: '2026-03-31', calendar: 'plant' } },
        delivered: 'ordered + exponential(0.5)',
        promised: 'ordered + 2',
        shift: { shift: 'ordered', missing: 0.1 },
        text: { template: '{quantity} × {product} on {machine}' },
      },
      constraints: ['delivered <= promised', 'quantity < 6'],
    },
    machines: {
      rows: 16_000,
      key: 'id',
      columns: {
        id: { sequence: 1, prefix: 'M-', width: 5 },
        site: { values: { Ulm: 3, Jena: 1 } },
        load: {
          by: 'site',
          cases: { Ulm: 'uniform(1, 2)', Jena: { distribution: 'uniform', min: 4, max: 5, decimals: 1 } },
        },
      },
    },
    products: {
      rows: 50,
      key: 'sku',
      columns: { sku: { id: 'P-##??' }, price: { distribution: 'gamma', shape: 2, scale: 10, decimals: 2 } },
    },
  },
}

describe('blocks', () => {
  const sourcesOf = (seed: number) => openDeclaration(plant, { seed }).sources

  it('are the same for the same seed, whoever makes them and in whatever order', () => {
    const inOrder = sourcesOf(3).flatMap(source =>
      Array.from({ length: source.blocks }, (_, block) => source.block(block)),
    )
    const backwards: Table[] = sourcesOf(3)
      .toReversed()
      .flatMap(source => Array.from({ length: source.blocks }, (_, block) => source.block(source.blocks - 1 - block)))
      .reverse()
    expect(inOrder).toHaveLength(4)
    expect(backwards).toEqual(inOrder)
  })

  it('differ for another seed, and from each other', () => {
    const [orders] = sourcesOf(3)
    const text = (table: Table) => JSON.stringify(table.columns[4])
    expect(text(sourcesOf(4)[0]!.block(0))).not.toBe(text(orders!.block(0)))
    expect(text(orders!.block(1))).not.toBe(text(orders!.block(0)))
  })

  it('have the columns and rows that were announced', () => {
    for (const source of sourcesOf(3)) {
      let rows = 0
      for (let block = 0; block < source.blocks; block++) {
        const table = source.block(block)
        rows += table.rows
        table.columns.forEach((one, place) => {
          expect(one).toMatchObject(source.columns[place]!)
          expect((one.storage === 'codes' ? one.codes : one.values).length).toBe(table.rows)
        })
      }
      expect(rows).toBe(source.rows)
    }
  })
})

describe('several tables', () => {
  const { sources, keys } = openDeclaration(plant, { seed: 1 })
  const [orders, machines, products] = sources.map(valuesOf) as [
    Record<string, Value[]>,
    Record<string, Value[]>,
    Record<string, Value[]>,
  ]

  it('hang together by their keys', () => {
    const ids = new Set(machines['id'])
    const skus = new Set(products['sku'])
    expect(ids.size).toBe(16_000)
    expect(orders['machine']!.every(id => ids.has(id))).toBe(true)
    expect(orders['product']!.every(sku => skus.has(sku))).toBe(true)
    expect(new Set(orders['no']).size).toBe(orders['no']!.length)
    expect(keys).toContainEqual({
      table: 'orders',
      primaryKey: ['no'],
      foreignKeys: [
        { columns: ['machine'], table: 'machines', references: ['id'] },
        { columns: ['product'], table: 'products', references: ['sku'] },
      ],
    })
  })

  it('have as many children as the parent’s columns say', () => {
    const counts = new Map<Value, number>(machines['id']!.map(id => [id, 0]))
    for (const id of orders['machine']!) counts.set(id, counts.get(id)! + 1)
    for (const [site, load] of [
      ['Ulm', 1.5],
      ['Jena', 4.5],
    ] as const) {
      const own = machines['id']!.filter((_, row) => machines['site']![row] === site).map(id => counts.get(id)!)
      expect(Math.abs(mean(own) - 2 * load)).toBeLessThan(0.1)
      expect(Math.abs(deviation(own) - Math.sqrt(2 * load))).toBeLessThan(0.2)
    }
  })

  it('let children read their parent, and what they refer to', () => {
    const site = new Map(machines['id']!.map((id, row) => [id, machines['site']![row]]))
    const price = new Map(products['sku']!.map((sku, row) => [sku, products['price']![row] as number]))
    orders['machine']!.forEach((id, row) => {
      if (site.get(id) !== orders['site']![row]) throw new Error(`row ${row} is not of its parent`)
      const total = (orders['quantity']![row] as number) * price.get(orders['product']![row]!)!
      if (Math.abs(total - (orders['total']![row] as number)) > 0.0051) throw new Error(`row ${row} has another price`)
    })
  })

  it('refer to rows in proportion to their weights', () => {
    const price = numbers(products['price']!)
    const expected = price[7]! / price.reduce((sum, value) => sum + value, 0)
    const share = orders['product']!.filter(sku => sku === products['sku']![7]).length / orders['product']!.length
    expect(Math.abs(share - expected)).toBeLessThan(0.003)
  })

  it('fulfil their conditions in every row', () => {
    orders['delivered']!.forEach((delivered, row) => {
      if ((delivered as number) > (orders['promised']![row] as number)) throw new Error(`row ${row} is late`)
    })
    expect(Math.max(...new Set(numbers(orders['quantity']!)))).toBe(5)
  })

  it('can be had in given sizes, children in proportion', () => {
    const small = openDeclaration(plant, { seed: 1, sizes: { orders: 1_234, machines: 100 } }).sources
    expect(small.map(({ rows }) => rows)).toEqual([1_234, 100, 50])
    expect(valuesOf(small[0]!)['no']).toHaveLength(1_234)
  })

  it('have children of parents in any block, and grandchildren', () => {
    const { sources } = openDeclaration(
      {
        tables: {
          grandparents: { rows: 70_000, columns: { a: { sequence: 0 } } },
          parents: { parent: 'grandparents', children: 'mod(a, 2)', columns: { a: 'parent.a', b: { sequence: 0 } } },
          children: {
            parent: 'parents',
            children: 2,
            columns: { a: 'parent.parent.a', b: 'parent.b', c: { sequence: 0 } },
          },
        },
      },
      { seed: 1 },
    )
    expect(sources.map(({ rows }) => rows)).toEqual([70_000, 35_000, 70_000])
    const { a, b, c } = valuesOf(sources[2]!)
    expect(c).toEqual(c!.map((_, row) => row))
    expect(b).toEqual(c!.map(row => Math.floor((row as number) / 2)))
    expect(a).toEqual(b!.map(row => 2 * (row as number) + 1))
  })

  it('let rows of a table refer to earlier rows of it', () => {
    const people = declaredValues({ key: 'id', columns: { id: { sequence: 1 }, boss: { references: 'table' } } })
    expect(people['boss']![0]).toBeNull()
    for (const [row, boss] of people['boss']!.entries())
      if (row > 0) expect(boss).toBeLessThan(people['id']![row] as number)
  })
})

it('takes series as tables, of the machines of another one', () => {
  const { sources } = openDeclaration(
    {
      tables: {
        machines: { rows: 3, key: 'id', columns: { id: { sequence: 1, prefix: 'M' } } },
        readings: { of: 'machines', series: { time: { readings: 10 }, sensors: { heat: { noise: 1 } } } },
      },
    },
    { seed: 1 },
  )
  expect(sources.map(({ name, rows }) => [name, rows])).toEqual([
    ['machines', 3],
    ['readings', 30],
  ])
  expect(new Set(valuesOf(sources[1]!)['machine'])).toEqual(new Set(['M1', 'M2', 'M3']))
})

/** Several tables by their keys: every key is valid, families keep their sizes and what they have in common, sizes are as asked. */
import { describe, expect, it } from 'vitest'
import { type RandomStream, randomStream } from '../../stats/random-stream.ts'
import type { OpenedSources } from '../open-sources.ts'
import type { Column, Table } from '../table.ts'
import type { TableKeys } from '../table-keys.ts'
import { fitRelated } from './fit-related.ts'
import { countChildren, linkRows, repeatedKeys } from './link-rows.ts'
import { openRelatedSampler } from './open-related-sampler.ts'

const numbers = (name: string, values: number[], type: 'integer' | 'decimal' = 'integer'): Column => ({
  ...{ storage: 'numbers', name, type, values: Float64Array.from(values) },
})
const categories = (name: string, values: (string | null)[]): Column => {
  const dictionary = [...new Set(values.filter(value => value !== null))].toSorted()
  const codes = Int32Array.from(values, value => (value === null ? -1 : dictionary.indexOf(value)))
  return { storage: 'codes', name, type: 'category', codes, dictionary }
}
const table = (name: string, columns: Column[]): Table => {
  const [first] = columns
  const rows =
    first!.storage === 'numbers'
      ? first!.values.length
      : first!.storage === 'codes'
        ? first!.codes.length
        : first!.values.length
  return { name, rows, columns }
}
const upTo = (count: number) => [...Array(count).keys()]

/** Customers of two regions; northern ones order thrice as often; lines of an order are of one category; managers manage. */
function shop(): { tables: Table[]; keys: TableKeys[] } {
  const random: RandomStream = randomStream('shop')
  const regions = upTo(600).map(() => random.pick(['north', 'south']))
  const orders: number[] = []
  const kinds: string[] = []
  for (const [customer, region] of regions.entries()) {
    for (let left = (region === 'north' ? 3 : 1) * random.int(4); left > 0; left--) {
      orders.push(customer + 1)
      kinds.push(random.pick(['tools', 'toys', 'food']))
    }
  }
  const lines: { order: number; product: number; quantity: number }[] = []
  for (const [order, kind] of kinds.entries()) {
    const first = { tools: 0, toys: 30, food: 60 }[kind]!
    for (const product of random.shuffle(upTo(30)).slice(0, 1 + random.int(5))) {
      lines.push({ order: order + 1, product: first + product + 1, quantity: kind === 'food' ? 10 + random.int(5) : 1 })
    }
  }
  return {
    tables: [
      table('lines', [
        numbers(
          'order',
          lines.map(({ order }) => order),
        ),
        numbers(
          'product',
          lines.map(({ product }) => product),
        ),
        numbers(
          'quantity',
          lines.map(({ quantity }) => quantity),
        ),
      ]),
      table('orders', [
        numbers(
          'id',
          upTo(orders.length).map(at => at + 1),
        ),
        numbers('customer', orders),
        categories('kind', kinds),
      ]),
      table('customers', [
        categories(
          'code',
          upTo(600).map(at => `C${String(at + 1).padStart(4, '0')}`),
        ),
        categories('region', regions),
        numbers(
          'number',
          upTo(600).map(at => at + 1),
        ),
      ]),
      table('products', [
        numbers(
          'id',
          upTo(90).map(at => at + 1),
        ),
        categories(
          'kind',
          upTo(90).map(at => ['tools', 'toys', 'food'][Math.floor(at / 30)]!),
        ),
      ]),
    ],
    keys: [
      {
        table: 'lines',
        primaryKey: ['order', 'product'],
        foreignKeys: [
          { columns: ['order'], table: 'orders', references: ['id'] },
          { columns: ['product'], table: 'products', references: ['id'] },
        ],
      },
      {
        table: 'orders',
        primaryKey: ['id'],
        foreignKeys: [{ columns: ['customer'], table: 'customers', references: ['number'] }],
      },
      { table: 'customers', primaryKey: ['number'], foreignKeys: [] },
      { table: 'products', primaryKey: ['id'], foreignKeys: [] },
    ],
  }
}

const whole = (opened: OpenedSources): Map<string, Table> =>
  new Map(
    opened.sources.map(source => {
      expect(source.blocks).toBeLessThanOrEqual(1)
      return [source.name, source.blocks === 0 ? { name: source.name, rows: 0, columns: [] } : source.block(0)]
    }),
  )

/** What share of values are as often in both, 1 − sup |F − G|. */
function likeness(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const values = [...new Set([...Array.from(a), ...Array.from(b)])]
  const below = (all: ArrayLike<number>, limit: number) =>
    Array.from(all).filter(value => value <= limit).length / all.length
  return 1 - Math.max(...values.map(value => Math.abs(below(a, value) - below(b, value))))
}

const column = (of: Table, name: string) => of.columns.find(one => one.name === name)!
const textsOf = (of: Table, name: string) => {
  const one = column(of, name)
  if (one.storage === 'codes') return Array.from(one.codes, code => one.dictionary[code] ?? null)
  return one.storage === 'texts' ? one.values : Array.from(one.values, String)
}
const options = { synthesizer: 'trees', seed: 1, privacy: {} } as const

describe('a shop of four tables', () => {
  const { tables, keys } = shop()
  const real = new Map(tables.map(one => [one.name, one]))
  const { related } = fitRelated(tables, keys, options)
  const drawn = whole(openRelatedSampler(related, { seed: 7 }))
  const foreign = keys.flatMap(({ table: child, foreignKeys }) => foreignKeys.map(key => ({ child, key })))

  it.each(foreign)(
    'refers from $child only to rows that are there, in families as large as the real ones',
    ({ child, key }) => {
      const [of, to] = [drawn.get(child)!, drawn.get(key.table)!]
      const links = linkRows(of, to, key)
      expect(links).toMatchObject({ nulls: 0, broken: 0 })
      const before = linkRows(real.get(child)!, real.get(key.table)!, key)
      const sizes = countChildren(before.rows, real.get(key.table)!.rows)
      expect(likeness(countChildren(links.rows, to.rows), sizes)).toBeGreaterThan(0.9)
    },
  )

  it.each(keys)('gives no two rows of $table the same key', ({ table: name, primaryKey }) => {
    expect(repeatedKeys(drawn.get(name)!, primaryKey)).toBe(0)
  })

  it('keeps what a parent says of its children, and what siblings and what is referred to have in common', () => {
    const [customers, orders, lines, products] = ['customers', 'orders', 'lines', 'products'].map(
      name => drawn.get(name)!,
    )
    const owners = linkRows(orders!, customers!, keys[1]!.foreignKeys[0]!).rows
    const regions = textsOf(customers!, 'region')
    const northern = Array.from(owners, owner => regions[owner]).filter(region => region === 'north').length
    const north = regions.filter(region => region === 'north').length
    const perNorthern = northern / north
    const perSouthern = (owners.length - northern) / (regions.length - north)
    expect(perNorthern / perSouthern).toBeGreaterThan(2)
    const bought = linkRows(lines!, products!, keys[0]!.foreignKeys[1]!).rows
    const order = linkRows(lines!, orders!, keys[0]!.foreignKeys[0]!).rows
    const [ordered, sold] = [textsOf(orders!, 'kind'), textsOf(products!, 'kind')]
    const fitting = Array.from(bought, (product, row) => sold[product] === ordered[order[row]!])
    // By chance a third of the lines would fit.
    expect(fitting.filter(Boolean).length / fitting.length).toBeGreaterThan(0.7)
    const quantities = column(lines!, 'quantity') as Column & { storage: 'numbers' }
    const many = Array.from(bought, (product, row) => sold[product] === 'food' && quantities.values[row]! >= 10)
    const food = Array.from(bought, product => sold[product] === 'food')
    expect(many.filter(Boolean).length / food.filter(Boolean).length).toBeGreaterThan(0.7)
  })

  it('makes each table as long as it is asked to, and all keys stay valid', () => {
    const sized = whole(
      openRelatedSampler(related, { seed: 3, sizes: { customers: 250, orders: 1_000, products: 40 } }),
    )
    expect([...sized].map(([name, { rows }]) => [name, rows]).slice(0, 4)).toEqual(
      expect.arrayContaining([
        ['customers', 250],
        ['orders', 1_000],
        ['products', 40],
      ]),
    )
    for (const { child, key } of foreign) {
      expect(linkRows(sized.get(child)!, sized.get(key.table)!, key)).toMatchObject({ nulls: 0, broken: 0 })
    }
    expect(whole(openRelatedSampler(related, { seed: 3, scale: 0.5 })).get('customers')!.rows).toBe(300)
  })

  it('gives the same tables for the same seed, and others for another', () => {
    const again = whole(openRelatedSampler(related, { seed: 7 }))
    expect(again).toEqual(drawn)
    expect(whole(openRelatedSampler(related, { seed: 8 }))).not.toEqual(drawn)
  })

  it('names the nearest table where there is none of that name', () => {
    expect(() => openRelatedSampler(related, { seed: 1, sizes: { order: 5 } })).toThrow(/did you mean “orders”/)
  })
})

/** Staff whose managers are staff: a forest. */
const staff = () => {
  const random = randomStream('staff')
  return table('staff', [
    numbers(
      'id',
      upTo(300).map(at => at + 1),
    ),
    numbers(
      'manager',
      upTo(300).map(at => (at < 3 ? Number.NaN : 1 + random.int(Math.min(at, 40)))),
    ),
    categories(
      'grade',
      upTo(300).map(at => (at < 40 ? 'lead' : 'member')),
    ),
  ])
}
const managed: TableKeys = {
  table: 'staff',
  primaryKey: ['id'],
  foreignKeys: [{ columns: ['manager'], table: 'staff', references: ['id'] }],
}

it('lets nobody be their own manager, however far up', () => {
  const desks = table('desks', [
    numbers(
      'owner',
      upTo(300).map(at => at + 1),
    ),
    numbers(
      'floor',
      upTo(300).map(at => at % 5),
    ),
  ])
  const owned: TableKeys = {
    table: 'desks',
    primaryKey: [],
    foreignKeys: [{ columns: ['owner'], table: 'staff', references: ['id'] }],
  }
  const { related } = fitRelated([staff(), desks], [managed, owned], options)
  const drawn = whole(openRelatedSampler(related, { seed: 2 })).get('staff')!
  const { rows: managers, broken } = linkRows(drawn, drawn, managed.foreignKeys[0]!)
  expect(broken).toBe(0)
  expect(managers.some(manager => manager >= 0)).toBe(true)
  for (const start of managers.keys()) {
    let [at, steps] = [managers[start]!, 0]
    while (at >= 0 && steps <= drawn.rows) {
      at = managers[at]!
      steps++
    }
    expect(steps).toBeLessThanOrEqual(drawn.rows)
  }
})

it('fills tables that refer to each other in a circle, and says so', () => {
  const random = randomStream('circle')
  const teams = table('teams', [
    numbers(
      'id',
      upTo(100).map(at => at + 1),
    ),
    numbers(
      'captain',
      upTo(100).map(() => 1 + random.int(500)),
    ),
  ])
  const players = table('players', [
    numbers(
      'id',
      upTo(500).map(at => at + 1),
    ),
    numbers(
      'team',
      upTo(500).map(() => 1 + random.int(100)),
    ),
    numbers(
      'age',
      upTo(500).map(() => 18 + random.int(15)),
    ),
  ])
  const keys: TableKeys[] = [
    {
      table: 'teams',
      primaryKey: ['id'],
      foreignKeys: [{ columns: ['captain'], table: 'players', references: ['id'] }],
    },
    { table: 'players', primaryKey: ['id'], foreignKeys: [{ columns: ['team'], table: 'teams', references: ['id'] }] },
  ]
  const { related, notes } = fitRelated([teams, players], keys, options)
  expect(notes.join('\n')).toMatch(/in a circle/)
  const drawn = whole(openRelatedSampler(related, { seed: 2 }))
  for (const { table: child, foreignKeys } of keys) {
    for (const key of foreignKeys) {
      expect(linkRows(drawn.get(child)!, drawn.get(key.table)!, key)).toMatchObject({ nulls: 0, broken: 0 })
    }
  }
})

it('counts references to rows that are not there, takes them as none, and refuses keys that name nothing or are not unique', () => {
  const random = randomStream('broken')
  const parents = table('parents', [
    numbers(
      'id',
      upTo(80).map(at => at + 1),
    ),
    numbers('size', upTo(80)),
  ])
  const children = table('children', [
    numbers(
      'parent',
      upTo(400).map(at => (at % 10 === 0 ? 999 : 1 + random.int(80))),
    ),
    numbers(
      'age',
      upTo(400).map(() => random.int(20)),
    ),
  ])
  const refers = (columns: string[], references: string[]): TableKeys[] => [
    { table: 'parents', primaryKey: ['id'], foreignKeys: [] },
    { table: 'children', primaryKey: [], foreignKeys: [{ columns, table: 'parents', references }] },
  ]
  const { related, notes } = fitRelated([parents, children], refers(['parent'], ['id']), options)
  expect(notes.join('\n')).toContain('40 of 400 rows of children refer by parent to a row that parents does not have')
  const drawn = whole(openRelatedSampler(related, { seed: 4 }))
  const links = linkRows(drawn.get('children')!, drawn.get('parents')!, {
    columns: ['parent'],
    table: 'parents',
    references: ['id'],
  })
  expect(links.broken).toBe(0)
  expect(links.nulls / drawn.get('children')!.rows).toBeCloseTo(0.1, 1)
  expect(() => fitRelated([parents, children], refers(['mother'], ['id']), options)).toThrow(/no column “mother”/)
  const doubled = {
    ...parents,
    columns: [
      numbers(
        'id',
        upTo(80).map(at => at % 70),
      ),
      parents.columns[1]!,
    ],
  }
  expect(() => fitRelated([doubled, children], refers(['parent'], ['id']), options)).toThrow(
    /10 rows of parents have the same id/,
  )
})

it('keeps no text or number of single rows beside its tables, where these were merged or made private', () => {
  const people = table('people', [
    numbers(
      'id',
      upTo(400).map(row => 5001 + row),
    ),
    categories(
      'illness',
      upTo(400).map(row => (row === 7 ? 'Zebedee' : row % 2 ? 'cold' : 'flu')),
    ),
  ])
  const visits = table('visits', [
    numbers(
      'person',
      upTo(1200).map(row => 5001 + (row % 400)),
    ),
    categories(
      'ward',
      upTo(1200).map(row => (row === 9 ? 'Quixote' : row % 2 ? 'east' : 'west')),
    ),
  ])
  const keys = [
    { table: 'people', primaryKey: ['id'], foreignKeys: [] },
    { table: 'visits', primaryKey: [], foreignKeys: [{ columns: ['person'], table: 'people', references: ['id'] }] },
  ]
  for (const privacy of [{ mergeBelow: 5 }, { epsilon: 1 }]) {
    const { related } = fitRelated([people, visits], keys, { seed: 1, privacy })
    expect(JSON.stringify(related)).not.toMatch(/Zebedee|Quixote/)
    if (privacy.epsilon) expect(JSON.stringify(related)).not.toContain('5001')
    for (const source of openRelatedSampler(related, { seed: 1 }).sources) {
      expect(source.block(0).columns).toHaveLength(2)
    }
  }
})

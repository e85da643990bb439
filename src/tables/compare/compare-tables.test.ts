/** What a comparison says of tables whose likeness is known. */
import { describe, expect, it } from 'vitest'
import { CultivarError } from '../../model/error.ts'
import type { Table } from '../table.ts'
import { compareTables } from './compare-tables.ts'
import { categoryColumn, madePeople, numberColumn, tableOf } from './made-people.ts'

const real = madePeople(1500, 'real')
const holdout = madePeople(1500, 'holdout')
const fresh = madePeople(1500, 'fresh')
const seed = 7
const texts = (comparison: ReturnType<typeof compareTables>) =>
  comparison.verdict.findings.map(({ text }) => text).join('\n')

describe('rows of the same people in general', () => {
  const comparison = compareTables([real], [fresh], { seed, holdout: [holdout] })
  const [table] = comparison.tables

  it('are alike, as useful, and give nobody away', () => {
    expect(comparison.verdict.levels).toEqual({
      quality: 'good',
      usefulness: 'good',
      validity: 'good',
      privacy: 'good',
    })
    expect(comparison.quality.scoreOfAllPairs).toBeGreaterThan(0.96)
    expect(table!.apart!.areaUnderCurve).toBeLessThan(0.56)
    expect(table!.threeWay!.score).toBeCloseTo(table!.threeWay!.ofRealSample, 1)
    expect(table!.privacy.closest!.nearerToTraining!.share).toBeGreaterThan(0.46)
    expect(table!.privacy.closest!.nearerToTraining!.share).toBeLessThan(0.54)
    expect(table!.privacy.copies.exact).toBeLessThan(3)
    expect(table!.privacy.copies.beyondBaseline).toBe(0)
  })

  it('train models that do on real rows what real rows train', () => {
    const { target, proposed, testedOn, models } = table!.efficacy!
    expect({ target, proposed, testedOn }).toEqual({ target: 'member', proposed: true, testedOn: 'holdout' })
    expect(models).toHaveLength(2)
    for (const model of models) {
      expect(model.real.areaUnderCurve).toBeGreaterThan(0.75)
      expect(Math.abs(model.synthetic.areaUnderCurve! - model.real.areaUnderCurve!)).toBeLessThan(0.05)
    }
  })

  it('come to the same figures for the same seed', () => {
    expect(compareTables([real], [fresh], { seed, holdout: [holdout] })).toEqual(comparison)
  })

  it('are plain JSON', () => {
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison)
  })
})

describe('columns drawn apart from one another', () => {
  const comparison = compareTables([real], [madePeople(1500, 'apart', { apart: true })], { seed, target: 'member' })
  const [table] = comparison.tables

  it('are told apart though each of them is alike', () => {
    expect(table!.quality.shapes.score).toBeGreaterThan(0.96)
    expect(table!.threeWay!.score).toBeLessThan(table!.threeWay!.ofRealSample - 0.1)
    expect(table!.apart!.areaUnderCurve).toBeGreaterThan(0.8)
    expect(table!.apart!.columns.map(({ column }) => column)).toContain('district')
    expect(comparison.verdict.levels).toMatchObject({ quality: 'poor', usefulness: 'poor' })
  })

  it('train models that know nothing', () => {
    for (const { real: ofReal, synthetic } of table!.efficacy!.models) {
      expect(ofReal.areaUnderCurve! - synthetic.areaUnderCurve!).toBeGreaterThan(0.15)
    }
  })

  it('break the rules of real rows', () => {
    const rule = table!.rules.find(({ columns }) => columns.join() === 'town,district')
    expect(rule).toMatchObject({ kind: 'determines' })
    expect(rule!.share).toBeLessThan(0.6)
    expect(texts(comparison)).toContain('town determines district')
  })

  it('name what was not measured', () => {
    expect(comparison.verdict.notMeasured.join('\n')).toContain('hold-out')
  })
})

describe('copied rows', () => {
  const half = takeRows(real, row => row % 2 === 0)
  const mixed = joined(
    half,
    takeRows(fresh, row => row % 2 === 0),
  )
  const comparison = compareTables([real], [mixed], { seed, holdout: [holdout] })
  const { copies, closest, repeatedNumbers } = comparison.tables[0]!.privacy

  it('are counted, and lie nearer to what was learned from', () => {
    expect(copies.exact).toBeGreaterThanOrEqual(750)
    expect(copies.beyondBaseline).toBeGreaterThan(700)
    expect(copies.newRows).toBeLessThan(0.55)
    expect(closest!.nearerToTraining!.low).toBeGreaterThan(0.65)
    expect(closest!.closerThanBaseline).toBeGreaterThan(0.4)
    expect(comparison.verdict.levels.privacy).toBe('poor')
    expect(comparison.verdict.headline).toContain('do not share')
  })

  it('give numbers of single rows again, more often than chance', () => {
    expect(repeatedNumbers.map(({ column }) => column)).toEqual(['income'])
    expect(repeatedNumbers[0]!.share).toBeGreaterThan(repeatedNumbers[0]!.byChance + 0.1)
  })

  it('are found without a hold-out, too', () => {
    const without = compareTables([real], [mixed], { seed })
    expect(without.verdict.levels.privacy).toBe('poor')
    expect(without.tables[0]!.privacy.closest!.baseline.of).toBe('real')
  })
})

describe('a secret that single rows give away', () => {
  it('is guessed for people who were learned from, not for others', () => {
    const random = (from: string, rows: number) => madePeople(rows, from).columns[2] as { values: Float64Array }
    const secretOf = (from: string, rows: number) =>
      tableOf('people', [
        categoryColumn(
          'place',
          Array.from({ length: rows }, (_, row) => `place ${row % 9}`),
        ),
        categoryColumn(
          'year',
          Array.from({ length: rows }, (_, row) => `${Math.floor(row / 9) % 9}`),
        ),
        categoryColumn(
          'code',
          Array.from({ length: rows }, (_, row) => `${Math.floor(row / 81) % 9}`),
        ),
        categoryColumn(
          'secret',
          Array.from(random(from, rows).values, value => (Math.round(value * 100) % 2 === 0 ? 'yes' : 'no')),
        ),
      ])
    const learned = secretOf('learned', 700)
    const { disclosures } = compareTables([learned], [learned], { seed, holdout: [secretOf('others', 700)] }).tables[0]!
      .privacy
    const secret = disclosures.find(each => each.secret === 'secret')!
    expect(secret.ofReal).toBe(1)
    expect(secret.ofHoldout).toBeLessThan(0.6)
    expect(disclosures[0]).toBe(secret)
  })
})

describe('the verdict', () => {
  it('says under 500 rows that they are too few to be safe, and never that anything is anonymous', () => {
    for (const rows of [30, 499, 1500]) {
      const { verdict } = compareTables([madePeople(rows, 'few')], [fresh], { seed })
      const said = [verdict.headline, ...verdict.findings.map(({ text }) => text), ...verdict.notMeasured].join('\n')
      expect(said).not.toMatch(/anonym/i)
      expect(verdict.headline.includes('too few to be safe')).toBe(rows < 500)
      expect(verdict.levels.privacy === 'poor').toBe(rows < 500)
    }
  })

  it('names rare categories by their number alone', () => {
    const strange = (table: Table) => ({
      ...table,
      columns: table.columns.map(column =>
        column.name === 'sector' && column.storage === 'codes'
          ? {
              ...column,
              dictionary: [...column.dictionary, 'astronaut'],
              codes: column.codes.with(3, column.dictionary.length),
            }
          : column,
      ),
    })
    const comparison = compareTables([strange(real)], [strange(fresh)], { seed })
    expect(comparison.tables[0]!.privacy.rareCategories).toEqual([{ column: 'sector', rare: 1, leaked: 1 }])
    expect(comparison.verdict.levels.privacy).toBe('fair')
    expect(JSON.stringify(comparison)).not.toContain('astronaut')
  })

  it('finds values out of range, unknown categories, missing columns and keys that repeat', () => {
    const broken = {
      ...fresh,
      columns: fresh.columns
        .filter(({ name }) => name !== 'member')
        .map(column => {
          if (column.name === 'age')
            return numberColumn(
              'age',
              Array.from({ length: 1500 }, (_, row) => (row < 300 ? 200 : 40)),
              'integer',
            )
          if (column.name === 'sector')
            return categoryColumn(
              'sector',
              Array.from({ length: 1500 }, () => 'crime'),
            )
          return column.name === 'id' ? numberColumn('id', new Array(1500).fill(1), 'integer') : column
        }),
    }
    const { diagnostics } = compareTables([real], [broken], { seed }).tables[0]!
    const scores = Object.fromEntries(diagnostics.validity.columns.map(({ column, score }) => [column, score]))
    expect(scores).toMatchObject({ age: 0.8, sector: 0, id: 1 / 1500 })
    expect(diagnostics.structure).toMatchObject({ missing: ['member'], score: 6 / 7 })
  })
})

describe('several tables', () => {
  const shops = (to: number) =>
    tableOf('shop', [
      numberColumn(
        'shop',
        Array.from({ length: 600 }, (_, row) => row + to),
        'integer',
      ),
      categoryColumn(
        'size',
        Array.from({ length: 600 }, (_, row) => (row % 3 === 0 ? 'large' : 'small')),
      ),
    ])
  const orders = (shopOf: (row: number) => number, large = 3) =>
    tableOf('order', [
      numberColumn(
        'order',
        Array.from({ length: 1200 }, (_, row) => row),
        'integer',
      ),
      numberColumn(
        'shop',
        Array.from({ length: 1200 }, (_, row) => shopOf(row)),
        'integer',
      ),
      categoryColumn(
        'kind',
        Array.from({ length: 1200 }, (_, row) => ((shopOf(row) - 1) % large === 0 ? 'bulk' : 'piece')),
      ),
    ])
  const keys = [
    { table: 'shop', primaryKey: ['shop'], foreignKeys: [] },
    {
      table: 'order',
      primaryKey: ['order'],
      foreignKeys: [{ columns: ['shop'], table: 'shop', references: ['shop'] }],
    },
  ]
  const original = [shops(1), orders(row => 1 + Math.floor(row / 2))]

  it('hang together by keys that lead somewhere, children a parent, and columns across', () => {
    const [relation] = compareTables(original, original, { seed, keys }).relations
    expect(relation).toMatchObject({
      valid: { real: 1, synthetic: 1 },
      children: { score: 1, mean: { real: 2, synthetic: 2 }, none: { real: 0 } },
      across: { score: 1 },
    })
    expect(relation!.across.pairs.map(({ columns }) => columns)).toEqual([['shop.size', 'order.kind']])
  })

  it('differ where keys lead nowhere, or children crowd at few parents', () => {
    const crowded = compareTables(original, [shops(1), orders(row => 1 + (row % 60))], { seed, keys }).relations[0]!
    expect(crowded.children.score).toBeCloseTo(0.1, 6)
    expect(crowded.children.none.synthetic).toBeCloseTo(0.9, 6)
    const lost = compareTables(original, [shops(1), orders(row => 301 + Math.floor(row / 2))], { seed, keys })
    expect(lost.relations[0]!.valid.synthetic).toBe(0.5)
    expect(texts(lost)).toContain('50 % of the keys lead nowhere')
  })

  it('lose what hangs together across a key when orders forget their shop', () => {
    const forgetful = compareTables(original, [shops(1), orders(row => 1 + Math.floor(row / 2), 2)], { seed, keys })
      .relations[0]!
    expect(forgetful.across.scoreOfAllPairs).toBeLessThan(0.7)
  })

  it('are matched by name', () => {
    const { unmatched, tables } = compareTables(original, [original[0]!, { ...original[1]!, name: 'orders' }], {
      seed,
      keys,
    })
    expect(tables.map(({ table }) => table)).toEqual(['shop'])
    expect(unmatched).toEqual({ real: ['order'], synthetic: ['orders'] })
  })
})

describe('series', () => {
  const machines = (memory: number, lengths: number) => {
    const random = madePeople(6000, `series ${memory}`).columns[2] as { values: Float64Array }
    const rows = Array.from({ length: 40 }, (_, unit) =>
      Array.from({ length: lengths + (unit % 7) }, (_, cycle) => ({ unit, cycle })),
    ).flat()
    let level = 0
    const heat = rows.map(({ cycle }, row) => {
      const shock = (random.values[row]! % 7) - 3.5
      level = cycle === 0 ? shock : memory * level + shock
      return level
    })
    return tableOf('machines', [
      numberColumn(
        'unit',
        rows.map(({ unit }) => unit),
        'integer',
      ),
      numberColumn(
        'cycle',
        rows.map(({ cycle }) => cycle),
        'integer',
      ),
      numberColumn('heat', heat),
      numberColumn(
        'wear',
        rows.map(({ cycle }, row) => cycle + heat[row]! / 9),
      ),
    ])
  }
  const series = { time: 'cycle', entity: 'unit' }

  it('are compared by their memory, trend and length', () => {
    const steady = machines(0.8, 60)
    const same = compareTables([steady], [steady], { seed, series }).tables[0]!.series!
    expect(same).toMatchObject({ entities: { real: 40, synthetic: 40 }, lengths: { score: 1 }, timeSteps: 1 })
    expect(same.sensors[0]!.lagOne.real).toBeGreaterThan(0.6)
    expect(same.sensors[1]!.trend.real).toBeGreaterThan(0.95)
    const other = compareTables([steady], [machines(0, 30)], { seed, series }).tables[0]!.series!
    expect(other.lengths.score).toBe(0)
    expect(Math.abs(other.sensors[0]!.lagOne.synthetic!)).toBeLessThan(0.2)
  })

  it('need columns that are there', () => {
    expect(() => compareTables([real], [fresh], { seed, series: { time: 'cycle' } })).toThrow(CultivarError)
  })
})

it('refuses tables without rows, tables of other names, and targets that are not there', () => {
  const empty = takeRows(fresh, () => false)
  expect(() => compareTables([real], [empty], { seed })).toThrow('no rows')
  expect(() => compareTables([real, holdout], [{ ...fresh, name: 'men' }], { seed })).toThrow('has the name')
  expect(() => compareTables([real], [fresh], { seed, target: 'membr' })).toThrow('There is no column “membr”')
})

it('goes on with tables of one row, of constants, of nulls, and of nothing in common', () => {
  const odd = tableOf('odd', [
    numberColumn('constant', new Array(80).fill(3)),
    numberColumn('nothing', new Array(80).fill(Number.NaN)),
    categoryColumn('empty', new Array(80).fill(null)),
  ])
  expect(compareTables([odd], [odd], { seed }).quality.score).toBe(1)
  expect(compareTables([odd], [takeRows(odd, row => row === 0)], { seed }).tables[0]!.rows.synthetic).toBe(1)
  expect(compareTables([takeRows(odd, row => row === 0)], [odd], { seed }).verdict.headline).toContain(
    'too few to be safe',
  )
  const strange = tableOf('strange', [numberColumn('other', [1, 2])])
  expect(compareTables([odd], [strange], { seed }).quality.score).toBeNull()
})

it('stops when it is told to', () => {
  expect(() => compareTables([real], [fresh], { seed, signal: AbortSignal.abort() })).toThrow()
})

function takeRows({ name, columns }: Table, keep: (row: number) => boolean): Table {
  return tableOf(
    name,
    columns.map(column => {
      if (column.storage === 'codes') return { ...column, codes: column.codes.filter((_, row) => keep(row)) }
      if (column.storage === 'texts') return { ...column, values: column.values.filter((_, row) => keep(row)) }
      return { ...column, values: column.values.filter((_, row) => keep(row)) }
    }),
  )
}

/** The dictionaries may differ. */
function joined(one: Table, other: Table): Table {
  const columns = one.columns.map((column, at) => {
    const same = other.columns[at]!
    if (column.storage === 'numbers') {
      return numberColumn(column.name, [...column.values, ...(same as typeof column).values], column.type)
    }
    const textsIn = (each: typeof column) =>
      each.storage === 'codes' ? Array.from(each.codes, code => each.dictionary[code] ?? null) : each.values
    return categoryColumn(column.name, [...textsIn(column), ...textsIn(same as typeof column)])
  })
  return tableOf(one.name, columns)
}

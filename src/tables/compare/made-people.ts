/** Tables with known dependences for the tests of comparisons. */
import { randomStream } from '../../stats/random-stream.ts'
import type { CategoryColumn, Column, NumberColumn, Table } from '../table.ts'

export function numberColumn(name: string, values: number[], type: NumberColumn['type'] = 'decimal'): NumberColumn {
  return { storage: 'numbers', name, type, values: Float64Array.from(values) }
}

export function categoryColumn(name: string, texts: (string | null)[]): CategoryColumn {
  const dictionary = [...new Set(texts.filter(text => text !== null))]
  const codes = Int32Array.from(texts, text => (text === null ? -1 : dictionary.indexOf(text)))
  return { storage: 'codes', type: 'category', name, codes, dictionary }
}

export function tableOf(name: string, columns: Column[]): Table {
  const [first] = columns
  const rows = first === undefined ? 0 : first.storage === 'codes' ? first.codes.length : first.values.length
  return { name, rows, columns }
}

/**
 * People whose income rises with age, whose sector hangs together with it, and who are members where they earn much. `district` is named
 * by `town`. With `apart`, every column is as before but none tells anything of another.
 */
export function madePeople(rows: number, seed: string, { apart = false } = {}): Table {
  const random = randomStream(seed)
  const normal = () => Array.from({ length: 6 }, () => random.float()).reduce((sum, value) => sum + value, -3) * 1.4
  const people = Array.from({ length: rows }, () => {
    const age = 18 + random.int(60)
    const income = Math.round((20 + 0.6 * age + 6 * normal()) * 100) / 100
    const sector = random.float() < 0.75 ? (income > 50 ? 'trade' : 'care') : 'craft'
    const town = random.int(8)
    return { age, income, sector, member: Number(income + 8 * normal() > 52), town }
  })
  const column = <Value>(pick: (person: (typeof people)[number]) => Value) => {
    const values = people.map(pick)
    return apart ? random.shuffle(values) : values
  }
  const towns = column(({ town }) => town)
  return tableOf('people', [
    numberColumn(
      'id',
      people.map((_, row) => row + 1),
      'integer',
    ),
    numberColumn(
      'age',
      column(({ age }) => age),
      'integer',
    ),
    numberColumn(
      'income',
      column(({ income }) => income),
    ),
    categoryColumn(
      'sector',
      column(({ sector }) => sector),
    ),
    categoryColumn(
      'town',
      towns.map(town => `town ${town}`),
    ),
    categoryColumn(
      'district',
      (apart ? random.shuffle(towns) : towns).map(town => `district ${town % 3}`),
    ),
    numberColumn(
      'member',
      column(({ member }) => member),
      'boolean',
    ),
  ])
}

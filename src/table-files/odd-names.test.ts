/** Names of files and tables that mean something to a reader or a file system, and must not. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Table } from '../tables/table.ts'
import { parseAddress } from './address.ts'
import { readTable, shownAddress, writeTables } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'cultivar-names-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const numbered = (name: string, value: number): Table => ({
  name,
  rows: 2,
  columns: [{ storage: 'numbers', type: 'integer', name: 'x', values: Float64Array.of(value, value) }],
})

it('reads the Parquet file that is named, whatever a pattern of its name would find', async () => {
  await writeTables(join(folder, 'a1.parquet'), [numbered('a', 1)])
  await writeTables(join(folder, 'plain.parquet'), [numbered('a', 7)])
  mkdirSync(join(folder, 'year=2026'))
  for (const name of ['a[1].parquet', 'a*.parquet', 'a?.parquet', join('year=2026', 'a.parquet')]) {
    copyFileSync(join(folder, 'plain.parquet'), join(folder, name))
    const { table } = await readTable(join(folder, name))
    expect(table.columns).toMatchObject([{ name: 'x', values: Float64Array.of(7, 7) }])
  }
})

it('takes a per cent sign that is no code for itself', () => {
  expect(parseAddress('sqlite:shop.db#up%20to').table).toBe('up to')
  expect(parseAddress('sqlite:shop.db#20% off').table).toBe('20% off')
  expect(parseAddress('sqlite:shop.db#%ff').table).toBe('%ff')
})

it('shows an address without its password', () => {
  expect(shownAddress('postgres://me:secret@host/shop#orders')).toBe('postgres://me@host/shop#orders')
  expect(shownAddress('orders.csv')).toBe('orders.csv')
})

it('writes no table over another whose file would have the same name', async () => {
  const target = join(folder, 'several')
  mkdirSync(target)
  const written = writeTables(target, [numbered('a/b', 1), numbered('a_b', 2)])
  await expect(written).rejects.toMatchObject({ code: 'bad-input' })
  expect(readdirSync(target)).toEqual([])
})

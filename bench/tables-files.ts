/** Tables to files and back: rows a second of CPU on one core, and how much memory many rows take. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomStream } from '../src/stats/random-stream.ts'
import { readTable, writeTables } from '../src/table-files/index.ts'
import { type BlockSource, blockRows, type Column } from '../src/tables/table.ts'
import { type Benchmark, type Case, costOf, type Figure, peakMemory } from './benchmark.ts'

export const tablesFiles: Benchmark = quick => {
  const rows = quick ? 500_000 : 2_000_000
  const many = quick ? 1_000_000 : 10_000_000
  const atLeast = { limit: { atLeast: 800_000 } }
  return [
    ...(['csv', 'parquet'] as const).map(format =>
      inFolder(`write ${format}`, path => writing(`${path}.${format}`, rows, atLeast)),
    ),
    ...(['jsonl', 'sqlite'] as const).map(format =>
      inFolder(`write ${format}`, path => writing(`${path}.${format}`, rows / 4)),
    ),
    ...(['csv', 'parquet', 'jsonl'] as const).map(format =>
      inFolder(`read ${format}`, path => reading(`${path}.${format}`, rows / 4)),
    ),
    ...(['csv', 'parquet'] as const).map(format =>
      inFolder(`${many / 1e6} M rows to ${format}`, async path => [
        ...(await writing(`${path}.${format}`, many)),
        peakMemory({ atMost: 500 }),
      ]),
    ),
    inFolder(`a sample of ${quick ? 0.2 : 2} GB of CSV`, path => sampling(`${path}.csv`, quick ? 2e8 : 2e9)),
  ]
}

function inFolder(name: string, measure: (path: string) => Promise<Figure[]>): Case {
  return {
    name,
    async run() {
      const folder = mkdtempSync(join(tmpdir(), 'cultivar-bench-'))
      try {
        return await measure(join(folder, 'census'))
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}

async function writing(path: string, rows: number, limit: Pick<Figure, 'limit'> = {}): Promise<Figure[]> {
  const source = census(rows)
  const { cpuMs } = await costOf(() => writeTables(path, [source]))
  return [
    { name: 'rows written', value: rows / (cpuMs / 1000), unit: 'a CPU second', ...limit },
    { name: 'size', value: statSync(path).size / 1e6, unit: 'MB' },
  ]
}

async function reading(path: string, rows: number): Promise<Figure[]> {
  await writeTables(path, [census(rows)])
  const { cpuMs } = await costOf(() => readTable(path))
  return [{ name: 'rows read', value: rows / (cpuMs / 1000), unit: 'a CPU second' }, peakMemory()]
}

async function sampling(path: string, bytes: number): Promise<Figure[]> {
  const probe = 100_000
  await writeTables(path, [census(probe)])
  const rows = Math.ceil(bytes / (statSync(path).size / probe))
  await writeTables(path, [census(rows)])
  const { cpuMs } = await costOf(() => readTable(path, { sampleRows: 200_000 }))
  return [
    { name: 'rows looked at', value: rows / (cpuMs / 1000), unit: 'a CPU second' },
    { name: 'in all', value: cpuMs / 1000, unit: 'CPU s' },
    peakMemory({ atMost: 1000 }),
  ]
}

/** Fifteen columns like those of a census: six of whole numbers, nine categories. The block is made once, so that writing is what is timed. */
function census(rows: number): BlockSource {
  const random = randomStream('census')
  const columns = Array.from({ length: 15 }, (_, index) => (index % 5 < 2 ? numbers(index) : categories(index)))
  const block = { name: 'census', rows: blockRows, columns }
  return {
    name: 'census',
    columns,
    blocks: Math.ceil(rows / blockRows),
    rows,
    block: index => upTo(rows - index * blockRows),
  }

  function numbers(index: number): Column {
    const values = Float64Array.from({ length: blockRows }, () =>
      random.int([100, 500_000, 20, 10_000, 99, 7][index % 6] as number),
    )
    return { storage: 'numbers', name: `number ${index}`, type: 'integer', values }
  }

  function categories(index: number): Column {
    const dictionary = Array.from({ length: 2 + index * 3 }, (_, code) => `Some-category ${code}`)
    const codes = Int32Array.from({ length: blockRows }, () => random.int(dictionary.length + 1) - 1)
    return { storage: 'codes', name: `category ${index}`, type: 'category', dictionary, codes }
  }

  function upTo(left: number) {
    if (left >= blockRows) return block
    const cut = columns.map(
      (column): Column =>
        column.storage === 'codes'
          ? { ...column, codes: column.codes.subarray(0, left) }
          : ({ ...column, values: column.values.slice(0, left) } as Column),
    )
    return { ...block, rows: left, columns: cut }
  }
}

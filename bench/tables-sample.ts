/** From a fitted model to rows, in memory and all the way to a file: rows a second of CPU, threads counted together. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeSample } from '../src/app/tables/sample-tables.ts'
import { readTable } from '../src/table-files/index.ts'
import type { SampleOrder } from '../src/tables/open-sources.ts'
import { fitTable } from '../src/tables/synthesize/fit-table.ts'
import { openTableSampler } from '../src/tables/synthesize/sample-table.ts'
import { type Benchmark, costOf, type Figure, peakMemory } from './benchmark.ts'

const census = join(import.meta.dirname, '..', '..', 'shared', 'data', 'tables', 'adult.data')
const limits = { network: { limit: { atLeast: 2_000_000 } }, trees: {} }

export const tablesSample: Benchmark = quick => {
  if (!existsSync(census)) return []
  const rows = quick ? 500_000 : 2_000_000
  const many = quick ? 2_000_000 : 10_000_000
  return [
    ...(['network', 'trees'] as const).map(kind => ({
      name: `fit the census: ${kind}`,
      run: () => fitting(kind),
    })),
    ...(['network', 'trees'] as const).map(kind => ({
      name: `draw rows: ${kind}`,
      run: () => drawing(kind, rows),
    })),
    ...(['csv', 'parquet'] as const).map(format => ({
      name: `${many / 1e6} M rows to ${format}: network, one thread`,
      run: () => toFile(format, many),
    })),
  ]
}

async function readCensus() {
  const { table } = await readTable(census, { format: 'csv', header: false })
  return table
}

async function fitting(synthesizer: 'network' | 'trees'): Promise<Figure[]> {
  const table = await readCensus()
  const { cpuMs } = await costOf(() => fitTable(table, { seed: 1, synthesizer }))
  return [{ name: 'fit', value: cpuMs / 1000, unit: 'CPU s', limit: { atMost: 1 } }]
}

async function drawing(synthesizer: 'network' | 'trees', rows: number): Promise<Figure[]> {
  const source = openTableSampler(fitTable(await readCensus(), { seed: 1, synthesizer }), { rows, seed: 1 })
  source.block(0)
  const { cpuMs } = await costOf(() => {
    for (let index = 0; index < source.blocks; index++) source.block(index)
  })
  return [{ name: 'rows drawn', value: rows / (cpuMs / 1000), unit: 'a CPU second', ...limits[synthesizer] }]
}

async function toFile(format: 'csv' | 'parquet', rows: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-bench-'))
  try {
    const table = fitTable(await readCensus(), { seed: 1, synthesizer: 'network' })
    const about = {
      cultivar: 'table model',
      version: 1,
      source: 'census',
      learnedFrom: { census: table.rows },
      notes: [],
    } as const
    const order: SampleOrder = { maker: { model: { ...about, notes: [], shape: 'table', table } }, seed: 1, rows }
    const { cpuMs } = await costOf(() =>
      writeSample(order, 'census', { out: join(folder, `rows.${format}`), threads: 1 }),
    )
    return [
      { name: 'rows written', value: rows / (cpuMs / 1000), unit: 'a CPU second', limit: { atLeast: 800_000 } },
      peakMemory({ atMost: 500 }),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

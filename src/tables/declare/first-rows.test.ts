/** Looking at a declaration before it is made. */
import { expect, it } from 'vitest'
import type { Declaration } from './declaration.ts'
import { openDeclaration } from './open-declaration.ts'

const plant: Declaration = {
  tables: {
    machines: {
      rows: 1_000_000_000,
      key: 'id',
      columns: { id: { sequence: 1 }, wear: 'uniform(0, 1)', site: { values: ['A', 'B'] } },
    },
    orders: {
      parent: 'machines',
      children: 'poisson(900000)',
      columns: { machine: 'parent.id', hours: 'gamma(2, 1)' },
    },
    parts: { parent: 'orders', children: 1_000_000, columns: { weight: 'normal(1, 0.1)' } },
    readings: {
      series: {
        entities: { count: 1_000_000 },
        time: { until: '2050-01-01', interval: '1 s', gaps: { rate: 1 } },
        sensors: { heat: { level: 60, noise: 2 } },
      },
    },
  },
}

it('makes no more than its first rows, however many are declared', () => {
  const { sources } = openDeclaration(plant, { seed: 1, first: 50 })
  expect(sources.map(({ name, rows }) => [name, rows]).slice(0, 3)).toEqual([
    ['machines', 50],
    ['orders', 50],
    ['parts', 50],
  ])
  for (const source of sources) expect(source.block(0).rows).toBeGreaterThan(40)
})

it('leaves tables of fewer rows as they are', () => {
  const declaration: Declaration = { rows: 300, columns: { id: { id: 'M-####' }, wear: 'uniform(0, 1)' } }
  const [first, all] = [{ first: 1000 }, {}].map(size => openDeclaration(declaration, { seed: 4, ...size }).sources)
  expect(first![0]!.block(0)).toEqual(all![0]!.block(0))
})

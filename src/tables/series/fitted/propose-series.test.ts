/** What is taken for a series, and what is not. */
import { expect, it } from 'vitest'
import { randomStream } from '../../../stats/random-stream.ts'
import { table } from '../../../testing/drawn-series.ts'
import { proposeSeries } from './propose-series.ts'

const random = randomStream('propose')
const walk = (length: number) => {
  let at = 0
  return Array.from({ length }, () => (at += random.float() - 0.5))
}

it('proposes a column of moments that rises, and what tells entities apart where it starts again', () => {
  const hours = Array.from({ length: 100 }, (_, row) => Date.UTC(2024, 0, 1, row))
  expect(proposeSeries(table({ x: walk(100), when: hours }, { when: 'datetime' }))).toEqual({ time: 'when' })
  const machine = hours.map((_, row) => Math.floor(row / 25))
  const cycle = hours.map((_, row) => (row % 25) + 1)
  expect(proposeSeries(table({ machine, cycle, x: walk(100) }))).toEqual({ time: 'cycle', entity: 'machine' })
  const again = hours.map((_, row) => hours[row % 25]!)
  expect(proposeSeries(table({ x: walk(100), again, machine }, { again: 'datetime' }))).toEqual({
    time: 'again',
    entity: 'machine',
  })
})

it('takes no list for a series: rows that tell nothing of the next, few rows, columns in no order', () => {
  const noise = () => Array.from({ length: 200 }, () => random.float())
  const id = Array.from({ length: 200 }, (_, row) => row + 1)
  expect(proposeSeries(table({ id, x: noise(), y: noise() }))).toBeUndefined()
  expect(proposeSeries(table({ id, x: walk(200) }))).toEqual({ time: 'id' })
  expect(proposeSeries(table({ x: noise(), class: id.map(value => value % 4) }))).toBeUndefined()
  expect(proposeSeries(table({ id: id.slice(0, 10), x: walk(10) }))).toBeUndefined()
})

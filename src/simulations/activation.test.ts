/** Laws of acting in stages and all at once. */
import { expect, test } from 'vitest'
import { inStages, simultaneously } from './activation.ts'
import { agent } from './agent.ts'
import { Model } from './model.ts'

class Cell extends agent({ state: 'i32' }) {}

class Ring extends Model {
  readonly cells = this.createPopulation(Cell)
}

function ringOf(states: number[]) {
  const ring = new Ring({ parameters: {}, seed: 1 })
  ring.cells.addMany(states.length, (cell, index) => {
    cell.state = states[index]!
  })
  return ring.cells
}

test('all go through a stage before any goes through the next, in order of birth', () => {
  const cells = ringOf([0, 0, 0])
  const acted: string[] = []
  inStages(cells, [({ id }) => acted.push(`look ${id}`), ({ id }) => acted.push(`move ${id}`)])
  expect(acted).toEqual(['look 1', 'look 2', 'look 3', 'move 1', 'move 2', 'move 3'])
})

test('who is born in a stage has no turn in the next, and who died in one has none either', () => {
  const cells = ringOf([0, 0, 0])
  const acted: string[] = []
  inStages(cells, [
    cell => {
      acted.push(`look ${cell.id}`)
      if (cell.id === 1) cells.add()
      if (cell.id === 2) cells.find(1)!.remove()
    },
    ({ id }) => acted.push(`move ${id}`),
  ])
  expect(acted).toEqual(['look 1', 'look 2', 'look 3', 'move 2', 'move 3'])
})

test('shuffled once, the stages have one order; shuffled each stage, they have different ones', () => {
  const cells = ringOf(Array.from({ length: 50 }, () => 0))
  const orders = (shuffle: 'once' | 'each stage') => {
    const first: number[] = []
    const second: number[] = []
    inStages(cells, [({ id }) => first.push(id), ({ id }) => second.push(id)], { shuffle })
    const born = [...cells].map(({ id }) => id)
    for (const order of [first, second]) {
      expect(order).not.toEqual(born)
      expect(order.toSorted((one, other) => one - other)).toEqual(born)
    }
    return { first, second }
  }
  const once = orders('once')
  expect(once.second).toEqual(once.first)
  const each = orders('each stage')
  expect(each.second).not.toEqual(each.first)
})

test('at the same time, each decides by what was there before anybody acted', () => {
  const before = [1, 0, 0, 1, 1, 0, 1]
  const cells = ringOf(before)
  // Wolfram’s rule 90: a cell becomes the sum of its neighbours, modulo 2.
  const count = before.length
  simultaneously(
    cells,
    cell => (cells.find(((cell.id + count - 2) % count) + 1)!.state + cells.find((cell.id % count) + 1)!.state) % 2,
    (cell, state) => {
      cell.state = state
    },
  )
  expect([...cells].map(({ state }) => state)).toEqual(
    before.map((_, at) => (before[(at + count - 1) % count]! + before[(at + 1) % count]!) % 2),
  )
})

test('who is removed before it applies does nothing, and who is born decides nothing', () => {
  const cells = ringOf([0, 0, 0])
  const applied: [number, string][] = []
  simultaneously(
    cells.all(),
    cell => `decision of ${cell.id}`,
    (cell, decision) => {
      applied.push([cell.id, decision])
      if (cell.id === 1) {
        cells.find(2)!.remove()
        cells.add()
      }
    },
  )
  expect(applied).toEqual([
    [1, 'decision of 1'],
    [3, 'decision of 3'],
  ])
})

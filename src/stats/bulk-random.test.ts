/** Tests of bulk random words. */
import { expect, it } from 'vitest'
import { BulkRandom } from './bulk-random.ts'
import { chiSquare } from './goodness-of-fit.ts'
import { randomStream } from './random-stream.ts'

it('gives the same words however many were expected and however they are taken', () => {
  const whole = new BulkRandom(randomStream('words'))
  const words = Array.from({ length: 3000 }, () => whole.word())
  for (const expected of [0, 1, 7, 100, 1e9]) {
    const other = new BulkRandom(randomStream('words'), expected)
    expect(Array.from({ length: 3000 }, () => other.word())).toEqual(words)
  }
})

it('gives the words that it gave before', () => {
  const random = new BulkRandom(randomStream('golden'))
  expect([
    random.word(),
    random.word(),
    random.float(),
    random.below(10),
    random.below(2 ** 40),
  ]).toMatchInlineSnapshot(`
    [
      -1753846898,
      -185054211,
      0.5940517916525268,
      9,
      427560231318,
    ]
  `)
})

it('never gives an end of an open interval, nor one of a half-open one', () => {
  const random = new BulkRandom(randomStream('ends'))
  for (let i = 0; i < 100_000; i++) {
    const open = random.openFloat()
    if (!(open > 0 && open < 1)) expect.fail(String(open))
    const float = random.float()
    if (!(float >= 0 && float < 1)) expect.fail(String(float))
  }
})

it.each([1, 2, 3, 10, 2 ** 32, 2 ** 33 + 7, 2 ** 53])('draws whole numbers below %i alike', n => {
  const random = new BulkRandom(randomStream('below'))
  const cells = n <= 10 ? n : 7
  const counts = new Array(cells).fill(0)
  for (let i = 0; i < 70_000; i++) {
    const whole = random.below(n)
    if (!Number.isSafeInteger(whole) || whole >= n) expect.fail(String(whole))
    counts[Math.floor((whole / n) * cells)] += 1
  }
  expect(chiSquare(counts, new Array(cells).fill(70_000 / cells)).p).toBeGreaterThan(1e-3)
})

/** Boltzmann wealth written straight from its rules: people with a place, who look through everybody for whom they share it with. */
import { randomStream } from '../../src/stats/random-stream.ts'

/** Gini coefficient, share with nothing and the most that one has, after the last step. */
export function plainBoltzmann(
  p: { size: number; people: number; wealth: number },
  seed: number,
  steps: number,
): number[] {
  const random = randomStream(`plain wealth ${seed}`)
  const people = Array.from({ length: p.people }, () => ({
    x: random.int(p.size),
    y: random.int(p.size),
    wealth: p.wealth,
  }))
  const square = Array.from({ length: p.size }, () =>
    Array.from({ length: p.size }, () => new Set<(typeof people)[0]>()),
  )
  for (const one of people) square[one.y]![one.x]!.add(one)
  for (let step = 1; step <= steps; step++) {
    for (const one of random.shuffle(people)) {
      let [x, y] = [-1, -1]
      while ((x === one.x && y === one.y) || x < 0 || y < 0 || x >= p.size || y >= p.size)
        [x, y] = [one.x + random.int(3) - 1, one.y + random.int(3) - 1]
      square[one.y]![one.x]!.delete(one)
      Object.assign(one, { x, y })
      const there = square[y]![x]!
      if (one.wealth > 0 && there.size > 0) {
        one.wealth -= 1
        random.pick([...there]).wealth += 1
      }
      there.add(one)
    }
  }
  const wealths = people.map(({ wealth }) => wealth).sort((a, b) => a - b)
  const total = wealths.reduce((sum, wealth) => sum + wealth, 0)
  // Half the mean difference between any two, over the mean.
  let differences = 0
  for (const [at, wealth] of wealths.entries()) differences += wealth * (2 * at - wealths.length + 1)
  const gini = differences / (wealths.length * total)
  return [gini, wealths.filter(wealth => wealth === 0).length / wealths.length, wealths.at(-1)!]
}

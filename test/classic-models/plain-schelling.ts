/** Schelling written straight from its rules: a square of letters. */
import { randomStream } from '../../src/stats/random-stream.ts'

interface SchellingParameters {
  size: number
  density: number
  minority: number
  similarWanted: number
  radius: number
}

/** People and the share of them who are happy, after each step, from 0 on. */
export function plainSchelling(p: SchellingParameters, seed: number, steps: number): number[][] {
  const random = randomStream(`plain groups ${seed}`)
  const square = Array.from({ length: p.size }, () =>
    Array.from({ length: p.size }, () => {
      if (random.float() >= p.density) return ''
      return random.float() < p.minority ? 'b' : 'a'
    }),
  )
  const isHappy = (x: number, y: number) => {
    let like = 0
    let others = 0
    for (let row = Math.max(0, y - p.radius); row <= Math.min(p.size - 1, y + p.radius); row++)
      for (let column = Math.max(0, x - p.radius); column <= Math.min(p.size - 1, x + p.radius); column++) {
        if (row === y && column === x) continue
        if (square[row]![column] !== '') others++
        if (square[row]![column] === square[y]![x]) like++
      }
    return (others === 0 ? 0 : like / others) >= p.similarWanted
  }
  const places = (wanted: (x: number, y: number) => boolean) =>
    square.flatMap((row, y) => row.map((_, x) => ({ x, y }))).filter(({ x, y }) => wanted(x, y))
  const people = () => places((x, y) => square[y]![x] !== '')
  const figures = () => {
    const all = people()
    return [all.length, all.filter(({ x, y }) => isHappy(x, y)).length / all.length]
  }
  const found = [figures()]
  for (let step = 1; step <= steps; step++) {
    const free = places((x, y) => square[y]![x] === '')
    for (const { x, y } of random.shuffle(people().filter(({ x, y }) => !isHappy(x, y)))) {
      const at = random.int(free.length)
      const to = free[at]!
      square[to.y]![to.x] = square[y]![x]!
      square[y]![x] = ''
      free[at] = { x, y }
    }
    found.push(figures())
  }
  return found
}

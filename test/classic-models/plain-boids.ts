/** Boids written straight from their rules: everybody looks at everybody. */
import { randomStream } from '../../src/stats/random-stream.ts'

interface BoidsParameters {
  size: number
  birds: number
  vision: number
  speed: number
  separation: number
  cohere: number
  separate: number
  match: number
}

/** Length of the mean unit direction after each step, from 0 on. */
export function plainBoids(p: BoidsParameters, seed: number, steps: number): number[][] {
  const random = randomStream(`plain birds ${seed}`)
  const birds = Array.from({ length: p.birds }, () => ({
    at: [random.float() * p.size, random.float() * p.size] as Vector,
    direction: [2 * random.float() - 1, 2 * random.float() - 1] as Vector,
  }))
  const order = () => {
    const sum = birds.reduce<Vector>((all, { direction }) => add(all, unit(direction)), [0, 0])
    return [length(sum) / birds.length]
  }
  const found = [order()]
  for (let step = 1; step <= steps; step++) {
    for (const bird of random.shuffle(birds)) {
      const others: { delta: Vector; direction: Vector }[] = []
      for (const { at, direction } of birds) {
        const delta: Vector = [shortWay(at[0] - bird.at[0]), shortWay(at[1] - bird.at[1])]
        if (at !== bird.at && length(delta) <= p.vision) others.push({ delta, direction })
      }
      if (others.length > 0) {
        let change: Vector = [0, 0]
        for (const { delta, direction } of others) {
          change = add(change, times(delta, p.cohere))
          change = add(change, times(direction, p.match))
          if (length(delta) < p.separation) change = add(change, times(delta, -p.separate))
        }
        bird.direction = unit(add(bird.direction, times(change, 1 / others.length)))
      }
      const [x, y] = add(bird.at, times(bird.direction, p.speed))
      bird.at = [(x + p.size) % p.size, (y + p.size) % p.size]
    }
    found.push(order())
  }
  return found

  function shortWay(difference: number) {
    return difference - p.size * Math.round(difference / p.size)
  }
}

type Vector = [number, number]

const add = ([a, b]: Vector, [c, d]: Vector): Vector => [a + c, b + d]
const times = ([a, b]: Vector, factor: number): Vector => [a * factor, b * factor]
const unit = (vector: Vector): Vector => times(vector, 1 / (length(vector) || 1))
const length = ([a, b]: Vector): number => Math.sqrt(a * a + b * b)

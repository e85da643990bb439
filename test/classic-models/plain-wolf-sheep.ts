/** Wolf–sheep written straight from its rules: plain objects in plain arrays, nothing quick, nothing shared with ours but the random words. */
import { randomStream } from '../../src/stats/random-stream.ts'

interface Animal {
  x: number
  y: number
  energy: number
  alive: boolean
}

interface WolfSheepParameters {
  size: number
  sheep: number
  wolves: number
  sheepReproduce: number
  wolfReproduce: number
  regrowthSteps: number
  sheepGain: number
  wolfGain: number
}

/** Sheep, wolves and grown cells after each step, from 0 on. */
export function plainWolfSheep(p: WolfSheepParameters, seed: number, steps: number): number[][] {
  const random = randomStream(`plain wolves ${seed}`)
  // 0: grown; else so many more steps until it is.
  const grass = Array.from({ length: p.size }, () =>
    Array.from({ length: p.size }, () => (random.float() < 0.5 ? 0 : random.int(p.regrowthSteps))),
  )
  const animals = (count: number, gain: number): Animal[] =>
    Array.from({ length: count }, () => ({
      x: random.int(p.size),
      y: random.int(p.size),
      energy: random.float() * 2 * gain,
      alive: true,
    }))
  let sheep = animals(p.sheep, p.sheepGain)
  let wolves = animals(p.wolves, p.wolfGain)
  const around = ({ x, y }: Animal) =>
    [
      [x + 1, y],
      [x - 1, y],
      [x, y + 1],
      [x, y - 1],
    ].map(([a, b]) => ({ x: (a! + p.size) % p.size, y: (b! + p.size) % p.size }))
  const place = ({ x, y }: { x: number; y: number }) => y * p.size + x
  const crowds = (all: Animal[]) => {
    const found = new Map<number, Set<Animal>>()
    for (const animal of all) enter(found, animal)
    return found
  }
  const enter = (found: Map<number, Set<Animal>>, animal: Animal) => {
    const there = found.get(place(animal)) ?? new Set()
    found.set(place(animal), there.add(animal))
  }
  const isThere = (found: Map<number, Set<Animal>>, at: { x: number; y: number }) =>
    (found.get(place(at))?.size ?? 0) > 0
  const counts = () => [sheep.length, wolves.length, grass.flat().filter(wait => wait === 0).length]
  const found = [counts()]
  for (let step = 1; step <= steps; step++) {
    const sheepAt = crowds(sheep)
    const wolvesAt = crowds(wolves)
    const lambs: Animal[] = []
    for (const one of random.shuffle(sheep)) {
      const safe = around(one).filter(cell => !isThere(wolvesAt, cell))
      const green = safe.filter(({ x, y }) => grass[y]![x] === 0)
      const wanted = green.length > 0 ? green : safe
      if (wanted.length > 0) move(sheepAt, one, random.pick(wanted))
      one.energy -= 1
      if (grass[one.y]![one.x] === 0) {
        one.energy += p.sheepGain
        // The step that goes on counts, too, when the waits are shortened at its end.
        grass[one.y]![one.x] = p.regrowthSteps + 1
      }
      liveOn(one, p.sheepReproduce, lambs, sheepAt)
    }
    const cubs: Animal[] = []
    for (const one of random.shuffle(wolves)) {
      const cells = around(one)
      const rich = cells.filter(cell => isThere(sheepAt, cell))
      move(wolvesAt, one, random.pick(rich.length > 0 ? rich : cells))
      one.energy -= 1
      if (isThere(sheepAt, one)) {
        const eaten = random.pick([...sheepAt.get(place(one))!])
        eaten.alive = false
        sheepAt.get(place(one))!.delete(eaten)
        one.energy += p.wolfGain
      }
      liveOn(one, p.wolfReproduce, cubs, wolvesAt)
    }
    sheep = [...sheep, ...lambs].filter(({ alive }) => alive)
    wolves = [...wolves, ...cubs].filter(({ alive }) => alive)
    for (const row of grass) for (const [x, wait] of row.entries()) if (wait > 0) row[x] = wait - 1
    found.push(counts())
  }
  return found

  function move(crowd: Map<number, Set<Animal>>, one: Animal, to: { x: number; y: number }) {
    crowd.get(place(one))!.delete(one)
    Object.assign(one, to)
    enter(crowd, one)
  }

  function liveOn(one: Animal, chance: number, young: Animal[], crowd: Map<number, Set<Animal>>) {
    if (one.energy < 0) {
      one.alive = false
      crowd.get(place(one))!.delete(one)
    } else if (random.float() < chance) {
      one.energy /= 2
      const born = { ...one }
      young.push(born)
      enter(crowd, born)
    }
  }
}

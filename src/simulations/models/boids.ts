/** Boids: birds that keep together, keep apart and fly as their neighbours do, and so make flocks (Reynolds 1987; the rules of Mesa’s benchmark). */
import { z } from 'zod'
import { pointAgent } from '../agent.ts'
import { agents } from '../marks.ts'
import { Model } from '../model.ts'
import { defineSimulation } from '../simulation.ts'
import type { Near } from '../spaces/near.ts'

const parameters = z.object({
  size: z.number().min(10).max(5000).default(100).describe('Length of each side of the plane'),
  birds: z.int().min(1).max(200_000).default(200).describe('Birds'),
  speed: z.number().min(0).max(10).default(1).describe('How far a bird flies in a step'),
  vision: z.number().min(0.1).max(100).default(5).describe('How far a bird sees others'),
  separation: z.number().min(0).max(50).default(2).describe('How near another is too near'),
  cohere: z.number().min(0).max(1).default(0.03).describe('How strongly they keep together'),
  separate: z.number().min(0).max(1).default(0.015).describe('How strongly they keep apart'),
  match: z.number().min(0).max(1).default(0.05).describe('How strongly they fly as their neighbours do'),
})

class Bird extends pointAgent({ directionX: 'f64', directionY: 'f64' }) {
  step(model: Boids) {
    const { vision, speed } = model.parameters
    const near = model.birds.near(this, vision)
    if (near.length > 0) this.turn(model, near)
    this.moveTo(this.x + speed * this.directionX, this.y + speed * this.directionY)
  }

  turn(model: Boids, near: Near<Bird>) {
    const { separation, cohere, separate, match } = model.parameters
    let [togetherX, togetherY, tooNearX, tooNearY, alikeX, alikeY] = [0, 0, 0, 0, 0, 0]
    for (let at = 0; at < near.length; at++) {
      const other = near.agent(at)
      const dx = near.dx[at]!
      const dy = near.dy[at]!
      togetherX += dx
      togetherY += dy
      alikeX += other.directionX
      alikeY += other.directionY
      if (near.distance[at]! < separation) {
        tooNearX += dx
        tooNearY += dy
      }
    }
    const x = this.directionX + (cohere * togetherX - separate * tooNearX + match * alikeX) / near.length
    const y = this.directionY + (cohere * togetherY - separate * tooNearY + match * alikeY) / near.length
    const length = Math.sqrt(x * x + y * y)
    if (length === 0) return
    this.directionX = x / length
    this.directionY = y / length
  }
}

class Boids extends Model<z.infer<typeof parameters>> {
  readonly plane = this.createPlane({ width: this.parameters.size, torus: true })
  readonly birds = this.createPopulation(Bird, this.plane, 'birds')
  readonly flock = this.createTable(
    'flock',
    { order: { decimals: 4 } },
    { every: 1, row: () => ({ order: this.order() }) },
  )

  override setup() {
    const { random, plane } = this
    this.birds.addMany(this.parameters.birds, bird => {
      bird.moveTo(plane.randomX(), plane.randomY())
      // As in Mesa, slower birds are among them until they meet the first other.
      bird.directionX = random.between(-1, 1)
      bird.directionY = random.between(-1, 1)
    })
  }

  override step() {
    this.birds.shuffleDo(bird => bird.step(this))
  }

  /** Length of the mean unit direction: 1 where all fly the same way, near 0 where everybody flies elsewhere (Vicsek et al. 1995). */
  order() {
    let [x, y] = [0, 0]
    this.birds.do(({ directionX, directionY }) => {
      const length = Math.sqrt(directionX * directionX + directionY * directionY) || 1
      x += directionX / length
      y += directionY / length
    })
    return Math.sqrt(x * x + y * y) / this.birds.size
  }
}

export const boids = defineSimulation({
  name: 'boids',
  version: 1,
  summary: 'Birds that heed only their neighbours, and fly in flocks',
  parameters,
  steps: 500,
  model: Boids,
  view: {
    marks: model => [
      agents(model.birds, {
        colours: ['#1c7ed6'],
        shape: 'arrow',
        size: 2,
        direction: bird => Math.atan2(bird.directionY, bird.directionX),
        legend: ['bird'],
      }),
    ],
    charts: [{ table: 'flock', columns: ['order'], title: 'How much they fly the same way' }],
  },
})

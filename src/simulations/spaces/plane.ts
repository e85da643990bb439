/** A continuous plane, with or without edges. */
import { CultivarError } from '../../model/error.ts'
import type { ModelRandom } from '../model-random.ts'

export interface PlaneOptions {
  width: number
  /** As the width, unless given. */
  height?: number
  torus?: boolean
}

export class Plane {
  readonly width: number
  readonly height: number
  readonly torus: boolean
  protected readonly random: ModelRandom

  /** @throws CultivarError `bad-input` for a plane without extent. */
  constructor({ width, height = width, torus = false }: PlaneOptions, random: ModelRandom) {
    if (!(width > 0 && height > 0 && Number.isFinite(width) && Number.isFinite(height))) {
      throw new CultivarError(
        'bad-input',
        `A plane of ${width} by ${height} cannot be made.`,
        'Width and height are numbers over 0.',
      )
    }
    this.width = width
    this.height = height
    this.torus = torus
    this.random = random
  }

  randomX(): number {
    return this.width * this.random.float()
  }

  randomY(): number {
    return this.height * this.random.float()
  }

  /** From one place to another, agents or points, the short way round a torus. */
  distance(from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }): number {
    let across = Math.abs(to.x - from.x)
    let down = Math.abs(to.y - from.y)
    if (this.torus) {
      across = Math.min(across, this.width - across)
      down = Math.min(down, this.height - down)
    }
    return Math.sqrt(across * across + down * down)
  }

  /** Where a coordinate lies on the plane: round a torus, else at most at the edge. */
  inside(coordinate: number, extent: number): number {
    if (!this.torus) return Math.min(Math.max(coordinate, 0), extent)
    const within = coordinate - extent * Math.floor(coordinate / extent)
    // Rounding may give the far edge, which is the near one, or fall just under it.
    return within >= 0 && within < extent ? within : 0
  }
}

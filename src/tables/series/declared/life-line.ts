/** How long each entity lives, and how far it is worn on the way. */
import type { RandomStream } from '../../../stats/random-stream.ts'
import { openDraw } from './number-draw.ts'
import type { Life } from './series-schema.ts'

export interface EntityLife {
  /** Readings until it fails, the last one included. */
  length: number
  /** Those of them that are in the table. */
  seen: number
  /** From the initial wear at step 0 to 1 at the last one of the life. */
  wear(step: number): number
}

/** Depends on the stream alone; every call opens the same life. */
export function openLives({ length, growth, sharpness, initial, seen }: Life): (random: RandomStream) => EntityLife {
  const [drawLength, drawInitial, drawSeen] = [openDraw(length), openDraw(initial), openDraw(seen)]
  const steepest = Math.expm1(sharpness)
  return random => {
    const own = Math.max(1, Math.round(drawLength(random.fork('length'))))
    const start = Math.min(1, Math.max(0, drawInitial(random.fork('initial'))))
    const share = Math.min(1, Math.max(0, drawSeen(random.fork('seen'))))
    return {
      length: own,
      seen: Math.max(1, Math.round(own * share)),
      wear(step) {
        const passed = own === 1 ? 1 : step / (own - 1)
        const grown = growth === 'linear' ? passed : Math.expm1(sharpness * passed) / steepest
        return start + (1 - start) * grown
      },
    }
  }
}

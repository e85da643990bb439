/** Slows down whoever guesses passwords: each address by itself, and all together. */
import type { Clock } from '../../engine/ports.ts'
import { CultivarError } from '../../model/error.ts'

export interface SignInBrake {
  /**
   * Does what may be a guess. Throws CultivarError `too-many-tries` without doing it while its address, or everybody, has to
   * wait; what `work` throws itself counts as a wrong guess.
   */
  attempt<T>(address: string, work: () => Promise<T>): Promise<T>
}

interface Tries {
  wrong: number
  untilMs: number
}

/** Mistyping costs nothing; then each wrong guess doubles the wait. */
const free = 5
const longestWaitMs = 15 * 60_000
/** All together: so many at once, then one each so often. */
const mostTogether = 60
const oneEachMs = 2000
const mostAddresses = 5000

export function signInBrake(clock: Clock): SignInBrake {
  const byAddress = new Map<string, Tries>()
  let together = 0
  let countedMs = clock.now()
  return {
    async attempt(address, work) {
      const now = clock.now()
      together = Math.max(0, together - (now - countedMs) / oneEachMs)
      countedMs = now
      const known = byAddress.get(address) ?? { wrong: 0, untilMs: 0 }
      const waitMs = Math.max(known.untilMs - now, together >= mostTogether ? oneEachMs : 0)
      if (waitMs > 0) throw tooManyTries(waitMs)
      // Counted before it is known to be wrong: a thousand guesses at once are a thousand guesses.
      together++
      const wrong = known.wrong + 1
      const pauseMs = wrong < free ? 0 : Math.min(longestWaitMs, 1000 * 2 ** (wrong - free))
      byAddress.delete(address)
      byAddress.set(address, { wrong, untilMs: now + pauseMs })
      if (byAddress.size > mostAddresses) byAddress.delete(byAddress.keys().next().value!)
      const result = await work()
      byAddress.delete(address)
      together = Math.max(0, together - 1)
      return result
    },
  }
}

function tooManyTries(waitMs: number): CultivarError {
  const seconds = Math.ceil(waitMs / 1000)
  return new CultivarError(
    'too-many-tries',
    'There were too many wrong tries.',
    `Try again in ${seconds === 1 ? 'a second' : `${seconds.toLocaleString('en')} seconds`}.`,
    { retryAfterSeconds: seconds },
  )
}

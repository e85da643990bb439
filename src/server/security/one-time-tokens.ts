/** Tokens in addresses that sign in whoever opens them first, for a while. */
import { hashOfToken, newSecretToken } from '../../app/accounts/secret-token.ts'
import type { Clock } from '../../engine/ports.ts'

export interface OneTimeTokens {
  make(): string
  /** Whether it is one, and uses it up. */
  spend(token: string): boolean
}

const validMs = 3_600_000

export function oneTimeTokens(clock: Clock): OneTimeTokens {
  const expiry = new Map<string, number>()
  return {
    make() {
      for (const [hash, untilMs] of expiry) if (untilMs <= clock.now()) expiry.delete(hash)
      const token = newSecretToken()
      expiry.set(hashOfToken(token), clock.now() + validMs)
      return token
    },
    spend(token) {
      const hash = hashOfToken(token)
      const untilMs = expiry.get(hash) ?? 0
      return expiry.delete(hash) && untilMs > clock.now()
    },
  }
}

/** Tokens that open something: what is given away, and what is kept to recognise it by. */
import { createHash, randomBytes } from 'node:crypto'

export function newSecretToken(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256 in hexadecimal. Of 32 random bytes it needs no salt, and finding by it tells nothing by its time. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

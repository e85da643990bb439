/** Passwords as scrypt makes them (RFC 7914), with its costs beside them so that they can be raised. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { CultivarError } from '../../model/error.ts'

/** 32 MB of memory and about a tenth of a second: among the costs that OWASP’s password storage cheat sheet gives. */
const costs = { logN: 15, r: 8, p: 3 }
const hashBytes = 32

/** As `scrypt$15$8$3$salt$hash`, in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, costs)
  return ['scrypt', costs.logN, costs.r, costs.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Takes as long where there is nothing to compare with, so that the time does not tell who has an account. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, logN, r, p, salt, hash] = (stored ?? nobodys).split('$')
  const expected = Buffer.from(hash!, 'base64url')
  const given = await derive(password, Buffer.from(salt!, 'base64url'), {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
  })
  return timingSafeEqual(given, expected) && stored !== null
}

const nobodys = [
  'scrypt',
  ...Object.values(costs),
  Buffer.alloc(16).toString('base64url'),
  Buffer.alloc(hashBytes).toString('base64url'),
].join('$')

const mostAtOnce = 2
const mostWaiting = 16
const waiting: (() => void)[] = []
let busy = 0

/** A few at a time: whoever asks for many at once would take all the memory and every thread. */
async function derive(password: string, salt: Buffer, { logN, r, p }: typeof costs): Promise<Buffer> {
  if (waiting.length >= mostWaiting)
    throw new CultivarError('too-many-tries', 'Too many are signing in at once.', 'Try again in a few seconds.')
  if (busy >= mostAtOnce) await new Promise<void>(resolve => waiting.push(resolve))
  else busy++
  try {
    return await new Promise((resolve, reject) => {
      const options = { N: 2 ** logN, r, p, maxmem: 2 ** logN * r * 256 }
      // One text however the keyboard composed it (NIST SP 800-63B).
      scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, hash) =>
        error ? reject(error) : resolve(hash),
      )
    })
  } finally {
    const next = waiting.shift()
    if (next) next()
    else busy--
  }
}

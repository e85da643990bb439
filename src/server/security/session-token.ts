/** Sessions as signed tokens: nothing is stored, and they outlive a restart of the server. */
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Session {
  /** Name of the person. */
  who: string
  expiresMs: number
}

export function sealSession(session: Session, key: Uint8Array): string {
  const body = Buffer.from(JSON.stringify(session)).toString('base64url')
  return `${body}.${signature(body, key)}`
}

/** The session, if the token is one of ours and has not expired. */
export function openSession(token: string, key: Uint8Array, nowMs: number): Session | undefined {
  const [body = '', signed = ''] = token.split('.')
  const expected = Buffer.from(signature(body, key))
  const given = Buffer.from(signed)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const session = JSON.parse(Buffer.from(body, 'base64url').toString()) as Session
  return session.expiresMs > nowMs ? session : undefined
}

function signature(body: string, key: Uint8Array): string {
  // Named, so that what the workspace’s key signs for one purpose is worth nothing for another.
  return createHmac('sha256', key).update(`session\0${body}`).digest('base64url')
}

/** Numbers requests as they arrive: which one it is, and how often its very body came before. */
import { hash } from 'node:crypto'

export function countArrivals(): (body: string) => { ordinal: number; repeat: number } {
  const seen = new Map<string, number>()
  let ordinal = 0
  return body => {
    const key = hash('sha1', body, 'base64')
    const repeat = seen.get(key) ?? 0
    seen.set(key, repeat + 1)
    return { ordinal: ordinal++, repeat }
  }
}

/** A script that replays replies: in the order of the requests, or by what the request says. */
import type { Json } from '../model/json.ts'
import type { Script } from './script.ts'

/**
 * A list gives its n-th reply to the n-th request; an object gives the reply of its first key that occurs in the messages.
 * Where there is none, the answer is a 400 that says so. Requests to embed are answered, and count.
 */
export function recorded(replies: readonly Json[] | Readonly<Record<string, Json>>): Script {
  const find = isList(replies)
    ? (ordinal: number) => replies[ordinal]
    : (_: number, said: string) => Object.entries(replies).find(([key]) => said.includes(key))?.[1]
  return ({ ordinal, messages, embed }) => {
    if (embed) return { kind: 'reply', value: null }
    const value = find(ordinal, messages.map(message => message.content).join('\n'))
    if (value !== undefined) return { kind: 'reply', value }
    return { kind: 'bad-request', message: `No reply is recorded for request ${ordinal}.` }
  }
}

function isList(replies: readonly Json[] | Readonly<Record<string, Json>>): replies is readonly Json[] {
  return Array.isArray(replies)
}

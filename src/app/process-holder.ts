/** This process as the holder of a lease, and whether another holder’s process still lives. */
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Holder } from '../engine/ports.ts'

export function thisProcess(nowMs: number): Holder {
  return { token: randomUUID(), pid: process.pid, host: hostname(), sinceMs: nowMs }
}

/** False only if it is known to be dead: a process of this machine that is gone. */
export function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  try {
    return process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it lives and is another user’s.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Asks a process of this machine to stop as Ctrl-C does; false if it is on another. */
export function interrupt(holder: Holder): boolean {
  return holder.host === hostname() && process.kill(holder.pid, 'SIGINT')
}

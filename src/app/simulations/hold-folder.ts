/** A folder held by one process at a time: whoever comes meanwhile is told who has it, and a dead process holds nothing. */
import { readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Holder } from '../../engine/ports.ts'
import { makeFolder } from '../make-folder.ts'
import { isAlive, thisProcess } from '../process-holder.ts'
import { writeTextFile } from '../write-text-file.ts'

export interface OtherHolder extends Pick<Holder, 'pid' | 'host' | 'sinceMs'> {
  /** What says so. */
  file: string
}

const mostTries = 8
/** By this process: another that had its id before is dead. */
const ownTokens = new Set<string>()

/**
 * Makes the folder unless it is there; giving it back removes it once it is empty. Each process puts a file of its own beside those
 * of others, then looks for others: of two that come at once, at most one goes on, and no file is ever replaced.
 *
 * @param held what is thrown when a living process has it
 * @returns gives it back
 */
export async function holdFolder(folder: string, held: (by: OtherHolder) => Error): Promise<() => Promise<void>> {
  const own = thisProcess(Date.now())
  const file = join(folder, `holder-${own.token}.json`)
  const giveBack = async () => {
    ownTokens.delete(own.token)
    await rm(file, { force: true })
    // Whatever else lies there keeps it.
    await rmdir(folder).catch(() => undefined)
  }
  ownTokens.add(own.token)
  try {
    for (let tries = 1; ; tries++) {
      const before = await othersIn(folder, file)
      if (before[0]) throw held(before[0])
      try {
        await makeFolder(folder)
        await writeTextFile(file, JSON.stringify(own))
      } catch (error) {
        // Its last holder may have removed it just now.
        if (tries === mostTries) throw error
        continue
      }
      const [other] = await othersIn(folder, file)
      if (!other) return giveBack
      await rm(file, { force: true })
      if (tries === mostTries) throw held(other)
      await setTimeout(20 + 100 * Math.random())
    }
  } catch (error) {
    await giveBack()
    throw error
  }
}

/** Those that live; files of the dead are removed. */
async function othersIn(folder: string, ownFile: string): Promise<OtherHolder[]> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter(name => /^holder-[0-9a-f-]{36}\.json$/.test(name)).map(name => join(folder, name))
  const others: OtherHolder[] = []
  for (const file of files) {
    if (file === ownFile) continue
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text === undefined) continue
    const holder = JSON.parse(text) as Holder
    if (lives(holder)) others.push({ pid: holder.pid, host: holder.host, sinceMs: holder.sinceMs, file })
    else await rm(file, { force: true })
  }
  return others
}

function lives(holder: Holder): boolean {
  const isOwnId = holder.pid === process.pid && holder.host === hostname()
  return isOwnId ? ownTokens.has(holder.token) : isAlive(holder)
}

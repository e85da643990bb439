/** One life of the process that grows: born, followed by its marks, and killed when its moment comes. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { RunStore } from '../../src/engine/ports.ts'
import type { Job } from './child.ts'

export type Transaction = Exclude<keyof RunStore, 'streamKnown'>

/** When a life ends: once so many of its calls were acknowledged, at the next beginning of `aim` (at any mark without it), and then a little later. */
export interface Kill {
  afterCalls: number
  aim?: Transaction
  delayMs: number
}

export interface Life {
  /** How the run ended if it came to its own end; else it was killed. */
  end: string | undefined
  /** Units whose calls were reserved, and those whose ledger commit returned, as far as this process was told. */
  opened: Set<number>
  settled: Set<number>
  /** Transactions that had begun and not returned when it ended. */
  within: string[]
  /** From birth to the first transaction. */
  startMs: number
}

/** A kill that waits for its transaction no longer than this many marks. */
const patienceMarks = 80
/** A life that is longer hangs. */
const longestMs = 30_000

/** Runs the child to its end, or to the blow. `cache` is a folder for compiled code, which makes births quicker. */
export function live(job: Job, cache: string, kill?: Kill): Promise<Life> {
  const bornMs = performance.now()
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'child.ts'), JSON.stringify(job)],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: cache } },
  )
  const life: Life = { end: undefined, opened: new Set(), settled: new Set(), within: [], startMs: 0 }
  const running = new Map<string, number>()
  let [complaint, rest, marksWaited, struck] = ['', '', 0, false]

  const strike = (name: string, begins: boolean) => {
    if (!kill || struck || life.settled.size < kill.afterCalls) return
    const { aim, delayMs } = kill
    const tired = aim !== 'closeRun' && ++marksWaited > patienceMarks
    if (aim !== undefined && !(begins && name === aim) && !tired) return
    struck = true
    if (delayMs === 0) child.kill('SIGKILL')
    else setTimeout(() => child.kill('SIGKILL'), delayMs)
  }
  const hear = (line: string) => {
    const [word, name = '', units = ''] = line.split(' ')
    if (word === 'ended') {
      life.end = name
      return
    }
    life.startMs ||= performance.now() - bornMs
    running.set(name, (running.get(name) ?? 0) + (word === 'begin' ? 1 : -1))
    const told = name === 'openAttempts' ? life.opened : name === 'settleAttempts' ? life.settled : undefined
    for (const unit of units.split(',').filter(Boolean)) told?.add(Number(unit))
    strike(name, word === 'begin')
  }
  child.stderr?.on('data', chunk => (complaint += chunk))
  const pipe = child.stdio[3] as Readable
  pipe.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) hear(line)
  })
  return new Promise((resolve, reject) => {
    const overdue = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the child hangs in ${[...running.keys()].at(-1) ?? 'nothing'}: ${complaint}`))
    }, longestMs)
    child.once('error', reject)
    // By then the pipe was read to its end.
    child.once('close', (code, signal) => {
      clearTimeout(overdue)
      if (life.end === undefined && signal !== 'SIGKILL')
        reject(new Error(`the child ended with code ${code}: ${complaint}`))
      life.within = [...running].filter(([, count]) => count > 0).map(([name]) => name)
      resolve(life)
    })
  })
}

/** The terminal of a review: keys in, screens out, and everything as it was when it ends, however it ends. */
import { emitKeypressEvents } from 'node:readline'
import { CultivarError } from '../model/error.ts'
import type { Key } from './line-input.ts'
import { reviewScreen } from './review-screen.ts'
import type { ReviewSession } from './review-session.ts'

/** Alternate screen, cursor hidden, pasted text marked as such; and back. */
const enter = '\u001b[?1049h\u001b[?25l\u001b[?2004h'
const leave = '\u001b[?2004l\u001b[?25h\u001b[?1049l'
const deadlySignals = ['SIGTERM', 'SIGHUP'] as const

interface RawKey {
  name?: string
  ctrl?: boolean
  meta?: boolean
}

/** Throws `bad-input` where there is no terminal to show anything on, or no keyboard. */
export function requireTerminal(): void {
  if (process.stdin.isTTY && process.stderr.isTTY) return
  throw new CultivarError(
    'bad-input',
    'A review needs a terminal: keys are read from it, records shown on it.',
    'Without one, decide with “cultivar records accept”, “reject”, “edit”, “relabel”, “tag” and “undo”.',
  )
}

/** Resolves when the person quits; whether by Ctrl-C. */
export async function reviewAtTerminal(session: ReviewSession): Promise<{ interrupted: boolean }> {
  const { stdin, stderr: screen } = process
  const paint = () => {
    const lines = reviewScreen(session.state, { columns: screen.columns || 80, rows: screen.rows || 24 })
    screen.write(`\u001b[H${lines.map(line => `${line}\u001b[K`).join('\r\n')}\u001b[J`)
  }
  const restore = () => {
    if (stdin.isRaw) stdin.setRawMode(false)
    screen.write(leave)
  }
  const die = (signal: NodeJS.Signals) => {
    restore()
    process.off('exit', restore)
    process.kill(process.pid, signal)
  }
  screen.write(enter)
  stdin.setRawMode(true)
  process.once('exit', restore)
  for (const signal of deadlySignals) process.once(signal, die)
  screen.on('resize', paint)
  try {
    paint()
    for await (const key of keysOf(stdin)) {
      const { over, interrupted } = await session.press(key)
      if (over) return { interrupted }
      paint()
    }
    // The terminal is gone.
    return { interrupted: true }
  } finally {
    screen.off('resize', paint)
    for (const signal of deadlySignals) process.off(signal, die)
    process.off('exit', restore)
    restore()
  }
}

/** Keys in the order they were pressed; those pressed while one is worked on wait. */
async function* keysOf(stdin: NodeJS.ReadStream): AsyncGenerator<Key> {
  const waiting: Key[] = []
  let pasting = false
  let ended = false
  let wake: () => void = () => undefined
  const onKey = (text: string | undefined, { name = '', ctrl = false, meta = false }: RawKey) => {
    if (name === 'paste-start') pasting = true
    else if (name === 'paste-end') pasting = false
    else waiting.push(pasting ? pasted(text ?? '') : { name, text: typed(text), ctrl, alt: meta })
    wake()
  }
  const onEnd = () => {
    ended = true
    wake()
  }
  emitKeypressEvents(stdin)
  stdin.on('keypress', onKey).once('end', onEnd).once('error', onEnd)
  stdin.resume()
  try {
    for (;;) {
      const key = waiting.shift()
      if (key) yield key
      else if (ended) return
      else await new Promise<void>(resolve => (wake = resolve))
    }
  } finally {
    stdin.off('keypress', onKey).off('end', onEnd).off('error', onEnd)
    stdin.pause()
  }
}

function pasted(text: string): Key {
  return { name: /[\r\n]/.test(text) ? 'enter' : '', text, ctrl: false, alt: false, pasted: true }
}

function typed(text = ''): string {
  return /^[\p{Cc}]/u.test(text) ? '' : text
}

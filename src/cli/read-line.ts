/** One line asked for at the terminal. */
import { createInterface } from 'node:readline/promises'

/** What was typed, trimmed; empty where nobody answered (Enter, end of input). Questions go to stderr, so that data stays clean. */
export async function readLine(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const ended = new Promise<string>(resolve => lines.once('close', () => resolve('')))
    return (await Promise.race([lines.question(question), ended])).trim()
  } finally {
    lines.close()
  }
}

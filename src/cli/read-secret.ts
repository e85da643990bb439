/** A secret typed without being shown, or read from what is piped in. */
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CultivarError } from '../model/error.ts'

export async function readSecret(question: string): Promise<string> {
  const secret = process.stdin.isTTY ? await askSecret(question) : await piped()
  if (secret !== '') return secret
  throw new CultivarError(
    'bad-input',
    'The key is empty.',
    'Pipe it in (… --key < key.txt), or run this in a terminal to be asked.',
  )
}

/** Asks at the terminal; empty if nothing was typed. */
export function askSecret(question: string): Promise<string> {
  // What is typed would be echoed to the output: this one keeps it to itself.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  // Once nothing is echoed any more: a fast answer would be seen.
  process.stderr.write(question)
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      lines.close()
      process.stderr.write('\n')
      settle()
    }
    lines.once('line', line => finish(() => resolve(line.trim())))
    lines.once('SIGINT', () => finish(() => reject(new CultivarError('interrupted', 'Nothing was typed.'))))
  })
}

async function piped(): Promise<string> {
  let text = ''
  process.stdin.setEncoding('utf8')
  for await (const chunk of process.stdin) text += chunk
  return text.trim()
}

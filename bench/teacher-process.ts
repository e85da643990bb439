/** A scripted OpenAI-compatible server in a process of its own, so that its work is not counted as the client's. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { randomStream } from '../src/stats/random-stream.ts'
import type { Latency } from '../src/testing/latency.ts'
import { saying } from '../src/testing/saying.ts'
import type { Script } from '../src/testing/script.ts'
import { scriptedServer } from '../src/testing/scripted-server.ts'
import { teacher } from '../src/testing/teacher.ts'

const file = fileURLToPath(import.meta.url)

/** The server says another sentence to each different question, as `{ text }`; or, of `forms`, in whatever form it is asked to. */
export async function startTeacher(
  latency: Latency,
  says: 'sentences' | 'forms' = 'sentences',
): Promise<{ url: string } & AsyncDisposable> {
  // No flags are passed on: a profile is of the client.
  const child = fork(file, [JSON.stringify(latency), says], { execArgv: [] })
  const [url] = (await once(child, 'message')) as [string]
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

const sentences: Script = ({ messages }) => ({
  kind: 'reply',
  value: { text: saying(randomStream(messages.map(message => message.content).join('\n'))) },
})

if (process.argv[1] === file) {
  const { url } = await scriptedServer({
    latency: JSON.parse(process.argv[2] ?? '') as Latency,
    retain: false,
    script: process.argv[3] === 'forms' ? teacher() : sentences,
  })
  process.send?.(url)
  process.once('disconnect', () => process.exit())
}

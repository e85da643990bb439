/** Answers of the API: JSON, problems, streams of events, downloads. */
import type { z } from 'zod'
import type { Problem } from '../model/api/problem.ts'
import type { Download } from './handler.ts'

/** Proxies and browsers give up a silent connection after a minute or so. */
const heartbeatMs = 15_000

export function problemAnswer(problem: Problem): Response {
  return Response.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })
}

export function jsonAnswer(value: unknown): Response {
  return Response.json(value, { headers: { 'cache-control': 'no-store' } })
}

/** Each value as an event `value`; after the last an event `end`, so that the browser does not ask again; a fault is an event `problem`. */
export function eventsAnswer(
  values: AsyncIterable<unknown>,
  schema: z.ZodType,
  options: { signal: AbortSignal; problem: (error: unknown) => Problem },
): Response {
  const encoder = new TextEncoder()
  const event = (name: string, data: unknown) => encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
  const iterator = values[Symbol.asyncIterator]()
  let heartbeat: NodeJS.Timeout
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode('retry: 1000\n\n'))
        heartbeat = setInterval(() => controller.enqueue(encoder.encode(': still here\n\n')), heartbeatMs)
        options.signal.addEventListener('abort', () => clearInterval(heartbeat), { once: true })
      },
      async pull(controller) {
        try {
          const next = await iterator.next()
          if (!next.done) return controller.enqueue(event('value', schema.parse(next.value)))
          controller.enqueue(event('end', null))
        } catch (error) {
          controller.enqueue(event('problem', options.problem(error)))
        }
        clearInterval(heartbeat)
        controller.close()
      },
      async cancel() {
        clearInterval(heartbeat)
        await iterator.return?.()
      },
    },
    { highWaterMark: 1 },
  )
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}

export function fileAnswer({ name, type, content }: Download): Response {
  const body = typeof content === 'string' ? content : bytesOf(content)
  const ascii = name.replaceAll(/[^\w.() -]/g, '_')
  return new Response(body, {
    headers: {
      'content-type': type,
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  })
}

function bytesOf(content: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = content[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) return controller.close()
      controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}

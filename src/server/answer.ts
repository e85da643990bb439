/** Answers of the API: JSON, problems, streams of events, downloads. */
import type { z } from 'zod'
import type { Problem } from '../model/api/problem.ts'
import type { Download } from './handler.ts'
import { downloadPolicy } from './security/strict-headers.ts'

/** Proxies and browsers give up a silent connection after a minute or so. */
const usualHeartbeatMs = 15_000

export function problemAnswer(problem: Problem): Response {
  const { retryAfterSeconds } = problem.details
  return Response.json(problem, {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(typeof retryAfterSeconds === 'number' && { 'retry-after': String(retryAfterSeconds) }),
    },
  })
}

export function jsonAnswer(value: unknown): Response {
  return Response.json(value, { headers: { 'cache-control': 'no-store' } })
}

/** Each value as an event `value`; after the last an event `end`, so that the browser does not ask again; a fault is an event `problem`. */
export function eventsAnswer(
  values: AsyncIterable<unknown>,
  schema: z.ZodType,
  options: {
    /** Aborted when whoever watched has left. */
    left: AbortController
    problem: (error: unknown) => Problem
    /** Asked with each heartbeat: a stream outlives no session. */
    mayGoOn: () => Promise<boolean>
    /** Called once, however it ends. */
    onEnd: () => void
    heartbeatMs?: number
  },
): Response {
  const { left, problem, mayGoOn, onEnd, heartbeatMs = usualHeartbeatMs } = options
  const encoder = new TextEncoder()
  const event = (name: string, data: unknown) => encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
  const iterator = values[Symbol.asyncIterator]()
  let heartbeat: NodeJS.Timeout | undefined
  const end = () => {
    if (heartbeat === undefined) return
    clearInterval(heartbeat)
    heartbeat = undefined
    left.abort()
    onEnd()
  }
  const beat = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const goesOn = await mayGoOn().catch(() => false)
    if (heartbeat === undefined) return
    // To whoever does not read, nothing is piled up.
    if (goesOn && (controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': still here\n\n'))
    if (goesOn) return
    end()
    controller.close()
  }
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode('retry: 1000\n\n'))
        heartbeat = setInterval(beat, heartbeatMs, controller)
      },
      async pull(controller) {
        let last: Uint8Array
        try {
          const next = await iterator.next()
          if (heartbeat === undefined) return
          if (!next.done) return controller.enqueue(event('value', schema.parse(next.value)))
          last = event('end', null)
        } catch (error) {
          if (heartbeat === undefined) return
          last = event('problem', problem(error))
        }
        end()
        controller.enqueue(last)
        controller.close()
      },
      async cancel() {
        end()
        await iterator.return?.()
      },
    },
    { highWaterMark: 2 },
  )
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}

/** A file to save, never to show: what is in it may be anybody's. What fails before its first bytes is thrown. */
export async function fileAnswer(
  { name, type, content }: Download,
  options: { left: AbortController; report: (error: unknown) => void },
): Promise<Response> {
  const body = typeof content === 'string' ? content : await bytesOf(content, options)
  const named = name.toWellFormed()
  const extended = encodeURIComponent(named).replaceAll(/['()*]/g, mark => `%${mark.charCodeAt(0).toString(16)}`)
  return new Response(body, {
    headers: {
      'content-type': type,
      'cache-control': 'no-store',
      'content-security-policy': downloadPolicy,
      'content-disposition': `attachment; filename="${named.replaceAll(/[^\w.() -]/g, '_')}"; filename*=UTF-8''${extended}`,
    },
  })
}

async function bytesOf(
  content: AsyncIterable<string | Uint8Array>,
  { left, report }: { left: AbortController; report: (error: unknown) => void },
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  const iterator = content[Symbol.asyncIterator]()
  // The status of an answer is sent with its first bytes: only until then can it be a problem.
  let next: Promise<IteratorResult<string | Uint8Array>> | undefined = Promise.resolve(await iterator.next())
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await (next ?? iterator.next())
        next = undefined
        if (done) return controller.close()
        controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
      } catch (error) {
        report(error)
        controller.error(error)
      }
    },
    async cancel() {
      left.abort()
      await iterator.return?.()
    },
  })
}

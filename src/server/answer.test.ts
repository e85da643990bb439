/** Streams of events and downloads: watched, left, reconnected to, broken. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inProcessStudio } from '../../test/in-process-studio.ts'
import { temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { CultivarError } from '../model/error.ts'
import { eventsAnswer, fileAnswer } from './answer.ts'
import { arriving } from './arriving.ts'
import { latestValue } from './latest-value.ts'
import { problemOf } from './problem-of.ts'

/** A job that goes on until it is stopped, and the signals of all who watch jobs. */
async function watchedJob() {
  const workspace = await temporaryWorkspace()
  const watchers: AbortSignal[] = []
  const studio = await inProcessStudio(workspace, {
    watchedJobs: jobs => ({
      ...jobs,
      watch: (id, signal) => {
        watchers.push(signal)
        return jobs.watch(id, signal)
      },
    }),
  })
  const control = Promise.withResolvers<{ tell: (progress: { done: number }) => void }>()
  const job = studio.jobs.start({ kind: 'undo', project: null, title: 'Taking decisions back' }, async given => {
    control.resolve(given)
    await new Promise(resolve => given.signal.addEventListener('abort', resolve))
    return { undone: 0, kept: 0 }
  })
  const watch = (headers: Record<string, string> = {}) => studio.request(`/api/jobs/${job.id}/events`, { headers })
  return { ...studio, ...(await control.promise), workspace, job, watch, watchers }
}

async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const { value } = await reader.read()
  return new TextDecoder().decode(value)
}

describe('a stream of events', () => {
  it('begins with the whole value, whatever a reconnecting browser says it saw last', async () => {
    const { watch, job, jobs } = await watchedJob()
    for (const last of ['', '-1', 'NaN', '9'.repeat(5000), '<script>', '../../x', '{"a":1}']) {
      const answer = await watch({ 'last-event-id': last, accept: 'text/event-stream' })
      expect(answer.headers.get('content-type')).toBe('text/event-stream')
      const reader = answer.body!.getReader()
      expect(await nextOf(reader)).toBe('retry: 1000\n\n')
      expect(await nextOf(reader)).toContain(`event: value\ndata: {"id":"${job.id}"`)
      await reader.cancel()
    }
    jobs.cancel(job.id)
    const ended = await (await watch()).text()
    expect(ended).toMatch(/"state":"done"[^\n]*\n\nevent: end\ndata: null\n\n$/)
  })

  it('that is left leaves nothing behind, in a storm of reconnects too', async () => {
    const { watch, watchers, tell } = await watchedJob()
    for (let at = 0; at < 600; at++) {
      const reader = (await watch()).body!.getReader()
      if (at % 3 > 0) await reader.read()
      if (at % 3 > 1) await reader.read()
      await reader.cancel()
    }
    tell({ done: 1 })
    // More than may watch at once came and went.
    expect(watchers).toHaveLength(600)
    expect(watchers.every(({ aborted }) => aborted)).toBe(true)
  })

  it('is refused to more than the server bears, until others leave', async () => {
    const { watch } = await watchedJob()
    const open = await Promise.all(Array.from({ length: 500 }, () => watch()))
    const refused = await watch()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
    await open[0]!.body!.cancel()
    expect((await watch()).status).toBe(200)
  })

  it('ends with its session', async () => {
    const left = new AbortController()
    const ends: string[] = []
    let inside = true
    const answer = eventsAnswer(latestValue({ done: 1 }).watch(left.signal), z.object({ done: z.int() }), {
      ...{ left, problem: problemOf, mayGoOn: async () => inside, onEnd: () => ends.push('end'), heartbeatMs: 5 },
    })
    const reader = answer.body!.getReader()
    const said: string[] = []
    for (let part = await nextOf(reader); part !== ''; part = await nextOf(reader)) {
      said.push(part)
      if (said.length === 5) inside = false
    }
    expect(said.slice(2, 5)).toEqual([': still here\n\n', ': still here\n\n', ': still here\n\n'])
    expect([left.signal.aborted, ends]).toEqual([true, ['end']])
  })

  it('tells of a fault as a problem that gives nothing away', async () => {
    const failing = async function* () {
      yield { done: 1 }
      throw new Error('password=hunter2')
    }
    const options = {
      left: new AbortController(),
      problem: problemOf,
      mayGoOn: async () => true,
      onEnd: () => undefined,
    }
    const said = await eventsAnswer(failing(), z.object({ done: z.int() }), options).text()
    expect(said).toContain('event: problem\ndata: {"type":"urn:cultivar:bug"')
    expect(said).not.toContain('hunter2')
  })
})

describe('a value that is watched', () => {
  it('comes to each watcher as it is, as it becomes, and last; whoever stops gets no more', async () => {
    const latest = latestValue(0)
    const [stays, leaves] = [new AbortController(), new AbortController()]
    const seen = async (signal: AbortSignal) => Array.fromAsync(latest.watch(signal))
    const [one, two] = [seen(stays.signal), seen(leaves.signal)]
    await Promise.resolve()
    latest.set(1)
    await new Promise(setImmediate)
    leaves.abort()
    latest.set(2)
    latest.set(3)
    latest.close()
    expect(await one).toEqual([0, 1, 3])
    expect(await two).toEqual([0, 1])
    expect(await seen(stays.signal)).toEqual([3])
  })
})

describe('a download', () => {
  const options = { left: new AbortController(), report: () => undefined }

  it('is saved and never shown, whatever it is called and holds', async () => {
    const name = '"><script>\r\nset-cookie: a=b é\ud800’.svg'
    const { headers } = await fileAnswer({ name, type: 'image/svg+xml', content: '<svg onload=alert(1)>' }, options)
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\w.() -]+"; filename\*=UTF-8''[\w.%-]+$/,
    )
    expect(headers.get('content-security-policy')).toMatch(/(^|; )sandbox(;|$)/)
    expect([...headers.keys()]).not.toContain('set-cookie')
  })

  it('that fails before its first bytes is a problem, not a file', async () => {
    // biome-ignore lint/correctness/useYield: what fails before it begins
    const failing = async function* (): AsyncIterable<string> {
      throw new CultivarError('not-found', 'There is no run.')
    }
    const given = { name: 'x', type: 'text/csv', content: failing() }
    await expect(fileAnswer(given, options)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('stops what makes it when whoever asked has gone', async () => {
    let stopped = false
    const endless = async function* () {
      try {
        for (;;) yield 'row\n'
      } finally {
        stopped = true
      }
    }
    const answer = await fileAnswer({ name: 'x', type: 'text/csv', content: endless() }, options)
    const reader = answer.body!.getReader()
    await reader.read()
    await reader.cancel()
    expect(stopped).toBe(true)
  })
})

describe('a body', () => {
  it('that stands still is not waited for', async () => {
    let cancelled = false
    const stuck = new ReadableStream<Uint8Array>({
      start: controller => controller.enqueue(new Uint8Array(3)),
      cancel: () => {
        cancelled = true
      },
    })
    await expect(Array.fromAsync(arriving(stuck, 20))).rejects.toMatchObject({ code: 'too-slow' })
    expect(cancelled).toBe(true)
  })

  it('that is slow but moves is read to its end', async () => {
    const slow = new ReadableStream<Uint8Array>({
      async start(controller) {
        for (let at = 0; at < 5; at++) {
          await new Promise(resolve => setTimeout(resolve, 10))
          controller.enqueue(new Uint8Array(1))
        }
        controller.close()
      },
    })
    expect(await Array.fromAsync(arriving(slow, 1000))).toHaveLength(5)
  })
})

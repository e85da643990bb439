/** Endpoints as they are: slow, broken, wrong, gone; what can be had of them is had. */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { labelsOf, numbered, opened, type Received, rejection, right, serving } from '../../test/prediction-server.ts'

describe('a bad text costs only itself:', () => {
  const spoil: Record<string, (response: ServerResponse, got: Received) => unknown> = {
    'too few predictions': (_, { texts }) => ({ predictions: texts.slice(1).map(() => 'x') }),
    'too many': (_, { texts }) => [...texts, 'more'].map(() => 'x'),
    NaN: () => '{"predictions": [{"label": "x", "score": NaN}]}',
    'a web page': () => '<!doctype html><title>Oops</title>',
    nothing: () => '',
    'half an answer': () => '{"predictions": [{"label"',
    'invalid UTF-8': () => Buffer.from([0x22, 0xc3, 0x28, 0x22]),
    'status 400': response => {
      response.statusCode = 400
      return { error: 'too long' }
    },
    'status 500': response => {
      response.statusCode = 500
      return 'Internal Server Error'
    },
    'a reset': response => void response.socket!.destroy(),
    'a reset in the middle': response => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"predictions": [', () => response.socket!.destroy())
    },
    'no end': response => void response.write('{"predictions": ['),
    'no answer': () => undefined,
  }
  it.each(Object.entries(spoil))('%s', async (name, spoiled) => {
    const { url, received } = await serving((got, response) =>
      got.texts.includes('t5') ? spoiled(response, got) : right(got),
    )
    const target = await opened({ url, batch: 8, timeoutMs: 400 })
    const texts = numbered(20)
    const labels = labelsOf(await target.predict(texts))
    const late = ['no end', 'no answer'].includes(name) ? 'timed-out' : undefined
    expect(labels[5]).toBe(late ?? (/status|reset/.test(name) ? 'no-answer' : 'bad-answer'))
    expect(labels.toSpliced(5, 1)).toEqual(texts.toSpliced(5, 1).map(text => `is ${text}`))
    expect(received).toHaveLength(3 + 8)
  })

  it('what is read but cannot be right, without asking again', async () => {
    const answers = [{ label: 'good' }, { label: 'fine' }, { label: 'bad', score: 7 }, null, { labels: ['bad'] }]
    const { url, received } = await serving(() => ({ predictions: answers }))
    const labels = ['good', 'bad'].map(label => ({ label, meaning: '' }))
    const predicted = await (await opened({ url }, { labels })).predict(numbered(5))
    expect(labelsOf(predicted)).toEqual(['good', 'unknown-label', 'bad-score', 'no-answer', 'bad'])
    expect(received).toHaveLength(1)
  })

  it('the first ones, where fewer than a batch of them can be served', async () => {
    const { url } = await serving((got, response) => {
      if (!got.texts.some(text => Number(text.slice(1)) < 14)) return right(got)
      response.statusCode = 422
      return {}
    })
    const predicted = await (await opened({ url, batch: 2 })).predict(numbered(20))
    expect(labelsOf(predicted).slice(12)).toEqual([
      'no-answer',
      'no-answer',
      ...numbered(20)
        .slice(14)
        .map(text => `is ${text}`),
    ])
  })
})

describe('sent again', () => {
  it.each([408, 425, 500, 503])('is what status %i may not mean', async status => {
    const { url, received } = await serving((got, response, ordinal) => {
      if (ordinal > 1) return right(got)
      response.statusCode = status
      return 'later'
    })
    expect(labelsOf(await (await opened({ url, retries: 1 })).predict(['a']))).toEqual(['is a'])
    expect(received).toHaveLength(2)
  })

  it('is nothing at once, and each time later', async () => {
    const { url, received } = await serving((_, response) => {
      response.statusCode = 502
      return 'later'
    })
    await rejection((await opened({ url, retries: 2 })).predict(['a']))
    const [first, second, third] = received.map(({ atMs }) => atMs) as [number, number, number]
    expect(received).toHaveLength(3)
    expect(second - first).toBeGreaterThan(490)
    expect(third - second).toBeGreaterThan(990)
  })

  it('is what was lost', async () => {
    const { url, received } = await serving((got, response, ordinal) =>
      ordinal === 1 ? void response.socket!.destroy() : right(got),
    )
    expect(labelsOf(await (await opened({ url, retries: 1 })).predict(['a']))).toEqual(['is a'])
    expect(received).toHaveLength(2)
  })

  it.each(['retry-after', 'estimated_time'])('is nothing before the server’s %s, which takes no retry', async way => {
    const { url, received } = await serving((got, response, ordinal) => {
      if (ordinal > 1) return right(got)
      response.statusCode = way === 'retry-after' ? 429 : 503
      if (way === 'retry-after') response.setHeader('retry-after', '1')
      return way === 'retry-after' ? 'slower' : { error: 'loading', estimated_time: 1 }
    })
    expect(labelsOf(await (await opened({ url, retries: 1 })).predict(['a']))).toEqual(['is a'])
    expect(received[1]!.atMs - received[0]!.atMs).toBeGreaterThan(990)
    expect(received).toHaveLength(2)
  })

  it('is nothing where the server asks to wait for longer than anybody would', async () => {
    const { url, received } = await serving((_, response) => {
      response.writeHead(429, { 'retry-after': '86400' })
      return 'tomorrow'
    })
    const error = await rejection((await opened({ url, retries: 3 })).predict(['a']))
    expect(error.message).toMatch(/tomorrow.*86400 s/)
    expect(received).toHaveLength(1)
  })

  it.each([400, 404, 413, 422])('is nothing that status %i refused', async status => {
    const { url, received } = await serving((_, response) => {
      response.statusCode = status
      return { detail: [{ msg: 'field required' }] }
    })
    const error = await rejection((await opened({ url, retries: 3 })).predict(['a']))
    expect(error).toMatchObject({ code: 'provider-failed', message: expect.stringContaining('field required') })
    expect(error.hint).not.toBe('')
    expect(received).toHaveLength(1)
  })
})

describe('where nothing can be had, it says so:', () => {
  it('nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    await new Promise(closed => server.close(closed))
    const error = await rejection((await opened({ url: `http://127.0.0.1:${port}` })).predict(numbered(500)))
    expect(error).toMatchObject({ code: 'provider-failed', message: expect.stringContaining('nothing listens there') })
  })

  it.each<[string, (response: ServerResponse) => unknown, RegExp]>([
    ['web pages', () => '<html><title>Log in</title></html>', /web page.*Log in/],
    ['another shape', () => ({ result: 'x' }), /no list of predictions/],
    [
      'one prediction for many texts',
      () => [{ label: 'x' }, { label: 'y' }, { label: 'z' }],
      /3 predictions came for 1/,
    ],
    ['an error with status 200', () => ({ error: 'model not found' }), /model not found/],
  ])('%s', async (_, answer, words) => {
    const { url, received } = await serving((_, response) => answer(response))
    const error = await rejection((await opened({ url, body: 'inputs', batch: 4 })).predict(numbered(400)))
    expect(error.code).toBe('provider-failed')
    expect(error.message).toMatch(words)
    expect(received.length).toBeLessThan(40)
  })

  it('a redirect to another host, which gets nothing', async () => {
    const elsewhere = await serving(right)
    const { url } = await serving((_, response) => {
      response.writeHead(307, { location: `${elsewhere.url}/there?secret=1` })
      return ''
    })
    const error = await rejection((await opened({ url })).predict(['a']))
    expect(error.message).toContain(`${elsewhere.url}/there)`)
    expect(elsewhere.received).toHaveLength(0)
  })

  it('a redirect on the same host is followed, though not round and round', async () => {
    const { url, received } = await serving((got, response) => {
      const { url = '' } = got.request
      if (url === '/predict') return right(got)
      response.writeHead(308, { location: url === '/predict/' ? '/predict' : '/round' })
      return ''
    })
    expect(labelsOf(await (await opened({ url: `${url}/predict/` })).predict(['a']))).toEqual(['is a'])
    const before = received.length
    expect(await rejection((await opened({ url: `${url}/round` })).predict(['a']))).toMatchObject({
      code: 'provider-failed',
    })
    expect(received.length - before).toBeLessThan(6)
  })

  it('an answer without end, of which no more is taken in than makes sense', async () => {
    let sent = 0
    const endless = function* () {
      for (; sent < 300; sent++) yield Buffer.alloc(1 << 20, ' ')
    }
    const { url } = await serving((_, response) => void Readable.from(endless()).pipe(response))
    const error = await rejection((await opened({ url })).predict(['a']))
    expect(error.message).toContain('larger than 64 MiB')
    expect(sent).toBeLessThan(100)
  })
})

it('keeps the good part of an endpoint that dies, and does not flog it', async () => {
  const { url, received } = await serving((got, response, ordinal) =>
    ordinal > 3 ? void response.socket!.destroy() : right(got),
  )
  const predicted = await (await opened({ url, batch: 10, concurrency: 1 })).predict(numbered(1000))
  expect(labelsOf(predicted)).toEqual([...numbered(30).map(text => `is ${text}`), ...Array(970).fill('no-answer')])
  expect(received.length).toBeLessThan(10)
})

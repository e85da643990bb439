/** What each fault of a model comes to: an outcome of its unit, or the end of the run. */
import { describe, expect, it } from 'vitest'
import { openGrove, unitAsked, type Wish } from '../../test/grove.ts'
import { unique } from '../critics/unique.ts'
import { faulty } from '../testing/faulty.ts'
import { flaws, type Script, type ScriptedAnswer } from '../testing/script.ts'
import { type ScriptedModelOptions, scriptedModel } from '../testing/scripted-model.ts'
import { teacher } from '../testing/teacher.ts'

const willing = teacher()

/** Answers unit 3 with `answer` (the first `times` times, else always) and everything else as a willing teacher. */
function faultAtThree(answer: (value: ScriptedAnswer) => ScriptedAnswer, times = Number.POSITIVE_INFINITY): Script {
  let given = 0
  return request =>
    unitAsked(request.messages).ordinal === 3 && given++ < times ? answer(willing(request)) : willing(request)
}

async function growWith(script: Script, wish: Partial<Wish> = {}, options: Partial<ScriptedModelOptions> = {}) {
  const grove = await openGrove()
  const model = scriptedModel({ script, clock: grove.clock, latency: { kind: 'fixed', ms: 200 }, ...options })
  const grown = await grove.grow({
    teacher: model,
    perUnit: 2,
    target: 20,
    ...wish,
    critics: [{ critic: unique, params: unique.params.parse({}) }, ...(wish.critics ?? [])],
  })
  const texts = await grove.texts()
  await grove.database.close()
  return { ...grown, model, texts, tally: grown.tallies['oak']! }
}

const again = (answer: ScriptedAnswer) => () => answer

describe('A fault that is over when asked again', () => {
  it.each<[string, ScriptedAnswer]>([
    ['a 500', { kind: 'server-error', status: 500 }],
    ['a 502', { kind: 'server-error', status: 502 }],
    ['a 503', { kind: 'server-error', status: 503 }],
    ['a 504', { kind: 'server-error', status: 504 }],
    ['a reset', { kind: 'reset' }],
    ['a reset in mid-reply', { kind: 'reset', midReply: true }],
    ['a hang', { kind: 'hang' }],
    ['a page of HTML', { kind: 'garbage' }],
    ['a rate limit', { kind: 'rate-limit' }],
  ])('costs %s no unit', async (_, answer) => {
    const { end, tally, texts } = await growWith(faultAtThree(again(answer), 3))
    expect(end.state).toBe('done')
    expect(tally.failed).toEqual({})
    expect(texts).toHaveLength(20)
  })
})

describe('A fault that stays', () => {
  it.each<[string, ScriptedAnswer]>([
    ['a 500', { kind: 'server-error' }],
    ['a reset', { kind: 'reset' }],
    ['a hang', { kind: 'hang' }],
    ['a page of HTML', { kind: 'garbage' }],
  ])('makes the unit give up after its attempts, and refill replaces it: %s', async (_, answer) => {
    const { end, tally, texts, model } = await growWith(faultAtThree(again(answer)))
    expect(end.state).toBe('done')
    expect(tally.failed).toEqual({ 'gave-up': 1 })
    expect(texts).toHaveLength(20)
    expect(model.calls.filter(call => call.answer === answer.kind)).toHaveLength(4)
  })

  it.each<[string, ScriptedAnswer]>([
    ['400', { kind: 'bad-request', status: 400 }],
    ['413', { kind: 'bad-request', status: 413 }],
    ['422', { kind: 'bad-request', status: 422 }],
  ])('fails the unit at once and is never sent again, if the request is at fault: %s', async (_, answer) => {
    const { end, tally, texts, model } = await growWith(faultAtThree(again(answer)))
    expect(end.state).toBe('done')
    expect(tally.failed).toEqual({ 'request-refused': 1 })
    expect(texts).toHaveLength(20)
    expect(model.calls.filter(call => call.answer === 'bad-request')).toHaveLength(1)
  })

  it.each<[string, ScriptedAnswer, RegExp]>([
    ['401', { kind: 'unauthorized', status: 401 }, /providers check/],
    ['402', { kind: 'unauthorized', status: 402 }, /credit/],
    ['403', { kind: 'unauthorized', status: 403 }, /providers check/],
    ['404', { kind: 'not-found' }, /providers check/],
    ['an exhausted quota', { kind: 'quota-exhausted' }, /quota/],
  ])('stops the run with a hint, if no request can succeed: %s', async (_, answer, hint) => {
    const { end, model, tally, texts } = await growWith(faultAtThree(again(answer)), { limits: { concurrency: 1 } })
    expect(end.state).toBe('provider-failed')
    expect(end.hint).toMatch(hint)
    expect(tally.failed).toEqual({})
    expect(texts).toHaveLength(6)
    expect(model.calls).toHaveLength(4)
  })

  it('stops the run when three calls in a row gave up with no reply in between', async () => {
    const { end, model, texts } = await growWith(() => ({ kind: 'server-error' }), { limits: { concurrency: 1 } })
    expect(end.state).toBe('provider-failed')
    expect(end.hint).toMatch(/providers check/)
    expect(model.calls).toHaveLength(12)
    expect(texts).toEqual([])
  })
})

describe('A reply that leaves something to be desired', () => {
  it.each(flaws)('is repaired without another call if it is malformed: %s', async flaw => {
    const { end, tally, model } = await growWith(
      faultAtThree(answer => ({ ...(answer as { kind: 'reply'; value: string }), kind: 'malformed', flaw })),
    )
    expect(end.state).toBe('done')
    expect(tally.failed).toEqual({})
    expect(model.calls.filter(call => call.request.kind === 'chat' && call.request.messages.length > 1)).toEqual([])
  })

  it('is asked for again with what was wrong if it cannot be read, and fails its unit the third time', async () => {
    const asked: number[] = []
    const { end, tally } = await growWith(request => {
      if (unitAsked(request.messages).ordinal !== 3) return willing(request)
      asked.push(request.messages.length)
      return { kind: 'reply', value: 'Gladly! Which ones?' }
    })
    expect(end.state).toBe('done')
    expect(tally.failed).toEqual({ 'invalid-reply': 1 })
    expect(asked).toEqual([1, 3, 5])
  })

  it('gives what it holds if the output limit cut it off', async () => {
    const texts = ['The first one is whole.', 'The second one is whole too.', 'The third one breaks off.']
    const cut = faultAtThree(again({ kind: 'truncated', value: { texts }, keep: 0.8 }))
    const { end, tally, texts: kept } = await growWith(cut)
    expect(end.state).toBe('done')
    expect(tally.failed).toEqual({})
    expect(kept).toEqual(expect.arrayContaining(texts.slice(0, 2)))
  })

  it.each<[string, ScriptedAnswer]>([
    ['a refusal', { kind: 'refusal' }],
    ['a reply that a filter stopped', { kind: 'moderation' }],
    ['a request that a filter stopped', { kind: 'moderation', of: 'request' }],
  ])('is rejected as refused, paid and not asked again: %s', async (_, answer) => {
    const { end, tally, model, run } = await growWith(faultAtThree(again(answer)))
    expect(end.state).toBe('done')
    expect(tally.rejected).toEqual({ refused: 1 })
    expect(tally.failed).toEqual({})
    expect(model.calls.filter(call => call.answer === answer.kind)).toHaveLength(1)
    expect(run.spent.calls).toBe(model.calls.length)
  })
})

describe('Refusals', () => {
  const refusing =
    (share: number): Script =>
    request =>
      unitAsked(request.messages).cell === 'elm' && unitAsked(request.messages).ordinal % 10 < 10 * share
        ? { kind: 'refusal' }
        : willing(request)
  const wish = { cells: ['oak', 'elm'], perUnit: 1, target: { oak: 30, elm: 30 } }

  it('above a fifth of a cell are said, with what else to try', async () => {
    const { end, notes } = await growWith(refusing(0.3), wish)
    expect(end.state).toBe('done')
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatch(/^elm: the model refused \d+ of \d+ requests\. .*another teacher/)
  })

  it('up to a fifth are not worth a word', async () => {
    const { notes } = await growWith(refusing(0.1), wish)
    expect(notes).toEqual([])
  })
})

describe('A rate limit', () => {
  it('takes no attempt: as many as come, the unit does not fail', async () => {
    const { end, tally, texts } = await growWith(faultAtThree(again({ kind: 'rate-limit', retryAfterS: 3 }), 25), {
      limits: { attempts: 1 },
    })
    expect(end.state).toBe('done')
    expect(tally.failed).toEqual({})
    expect(texts).toHaveLength(20)
  })

  it('slows a run down, and never stops it, in a storm', async () => {
    const wish = { target: 200, limits: { concurrency: 32 } }
    const calm = await growWith(willing, wish, { limits: { concurrency: 32 } })
    const storm = faulty(willing, { 'rate-limit': { rate: 0.5, retryAfterS: 2 } }, 7)
    const stormy = await growWith(storm, wish, { limits: { concurrency: 32 } })
    expect(stormy.end.state).toBe('done')
    expect(stormy.texts).toHaveLength(200)
    expect(stormy.tally.failed).toEqual({})
    expect(stormy.tookMs).toBeGreaterThan(2 * calm.tookMs)
    expect(stormy.run.spent.calls).toBe(stormy.model.calls.filter(call => call.answer === 'reply').length)
  })

  it('is waited out as long as the server says, by all calls', async () => {
    const grove = await openGrove()
    const pausedUntilMs = grove.clock.now() + 90_000
    const model = scriptedModel({
      script: request =>
        grove.clock.now() < pausedUntilMs ? { kind: 'rate-limit', retryAfterS: 90 } : willing(request),
      clock: grove.clock,
    })
    const { end, events } = await grove.grow({ teacher: model, target: 20 })
    expect(end.state).toBe('done')
    expect(model.calls.filter(call => call.answer === 'rate-limit').length).toBeLessThanOrEqual(8)
    expect(model.calls.filter(({ sentMs, answer }) => sentMs < pausedUntilMs && answer === 'reply')).toEqual([])
    expect(events).toContainEqual(expect.objectContaining({ kind: 'waiting', untilMs: pausedUntilMs }))
    await grove.database.close()
  })

  it('with Retry-After: 120 lets go within a second of being stopped', async () => {
    const grove = await openGrove()
    const model = scriptedModel({ script: () => ({ kind: 'rate-limit', retryAfterS: 120 }), clock: grove.clock })
    const stop = new AbortController()
    grove.after(5000, () => stop.abort())
    const { end, tookMs } = await grove.grow({ teacher: model, target: 20, signal: stop.signal })
    expect(end.state).toBe('cancelled')
    expect(tookMs).toBeLessThan(6000)
    await grove.database.close()
  })

  it('answered for half an hour and more ends the run, with what to do', async () => {
    const { end, tookMs } = await growWith(() => ({ kind: 'rate-limit' }))
    expect(end.state).toBe('provider-failed')
    expect(end.hint).toMatch(/rpm/)
    expect(tookMs).toBeGreaterThan(30 * 60_000)
    expect(tookMs).toBeLessThan(35 * 60_000)
  })
})

describe('One call that always hangs', () => {
  it.each([1, 8, 64])('never holds a run, at concurrency %d', async concurrency => {
    const { end, texts, tookMs, tally } = await growWith(faultAtThree(again({ kind: 'hang' })), {
      target: 100,
      limits: { concurrency },
    })
    expect(end.state).toBe('done')
    expect(texts).toHaveLength(100)
    expect(tally.failed).toEqual({ 'gave-up': 1 })
    // Four time-outs of two minutes, the pauses between them, and the calls of 200 ms themselves.
    expect(tookMs).toBeLessThan(4 * 120_000 + 4000 + 60 * 200)
  })

  it('is given up once the target is met without it', async () => {
    const script: Script = request => (unitAsked(request.messages).ordinal >= 10 ? { kind: 'hang' } : willing(request))
    const { end, texts, tookMs } = await growWith(script, { limits: { concurrency: 64, drainMs: 1000 } })
    expect(end.state).toBe('done')
    expect(texts).toHaveLength(20)
    expect(tookMs).toBeLessThan(5000)
  })
})

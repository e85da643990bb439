/** The laws of a language model: faults are data, stopping is prompt, and what is stored of a reply adds up. */
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { LanguageModel } from '../engine/ports.ts'
import type { ModelRequest } from '../model/request.ts'
import { type Law, promptly } from './law.ts'

const request: ModelRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: 'Say something short.' }],
  maxOutputTokens: 64,
}

/**
 * Each law opens a model of its own, which must answer any chat, and not before 1.2 s: `latency` makes a scripted server wait.
 * To be run as tests: `it.each(modelLaws(open))('$title', ({ check }) => check())`.
 */
export function modelLaws(open: () => Promise<LanguageModel>): Law[] {
  return [
    {
      title: 'a call that was given up before it began is lost, at once, and does not throw',
      async check() {
        const model = await open()
        await lostPromptly(model.send(request, AbortSignal.abort()))
      },
    },

    {
      title: 'a call that is given up while under way is lost, at once, and does not throw',
      async check() {
        const model = await open()
        const controller = new AbortController()
        const sending = model.send(request, controller.signal)
        const early = await Promise.race([sending, pause(50)])
        assert.equal(early, undefined, 'it answered before it could be given up: make its replies take 1.2 s')
        controller.abort()
        await lostPromptly(sending)
      },
    },

    {
      title: 'a reply has its text, how it ended, and whole numbers of tokens',
      async check() {
        const { reply, fault } = await (await open()).send(request, new AbortController().signal)
        assert.ok(reply, `no reply came: ${fault?.message}`)
        assert.equal(typeof reply.text, 'string')
        assert.ok(['stop', 'length', 'refused'].includes(reply.finish), `it ended with ${reply.finish}`)
        for (const tokens of [reply.inputTokens, reply.outputTokens])
          assert.ok(Number.isSafeInteger(tokens) && tokens >= 0, `${tokens} tokens`)
      },
    },

    {
      title: 'what it is known by has no query but the version of an API, and no user or password',
      async check() {
        const { name, endpoint, model } = await open()
        assert.ok(name && endpoint && model, 'name, endpoint and model are part of what calls are known by')
        const [address = '', query = ''] = endpoint.split('?')
        const parameters = [...new URLSearchParams(query).keys()]
        assert.deepEqual(
          parameters.filter(parameter => parameter !== 'api-version'),
          [],
        )
        assert.doesNotMatch(address, /\/\/[^/]*@/)
      },
    },
  ]
}

async function lostPromptly(sending: ReturnType<LanguageModel['send']>): Promise<void> {
  const { fault } = await promptly(sending)
  assert.equal(fault?.kind, 'lost')
}

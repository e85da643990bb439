/** A model file in this process: the laws of models, and what only it promises. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Json } from '../../src/model/json.ts'
import { provider as providerSchema } from '../../src/model/provider.ts'
import { checkLocalModel } from '../../src/providers/local/check.ts'
import { identifyModel } from '../../src/providers/local/gguf-file.ts'
import { findLlama } from '../../src/providers/local/install.ts'
import { modelLaws } from '../../src/testing/model-laws.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { llamaFolder, openTiny, replyOf, saying } from './open-tiny.ts'
import { writeTinyModel } from './tiny-model.ts'

const prompts = ['a dog', 'the fox and the bird', 'Tim saw the moon', 'rain', 'a long way home', 'who ate the cake']
const texts = z.object({ texts: z.array(z.string()).min(1) })
const schema = z.toJSONSchema(texts) as { [key: string]: Json }

describe.each([
  ['without a chat template', false],
  ['with a chat template', true],
])('a model %s', (_, template) => {
  const open = (concurrency = 2) => openTiny({ concurrency }, writeTinyModel(temporaryFolder(), { template }))

  it.each(modelLaws(() => open()))('$title', ({ check }) => check())

  it.each([0, 0.9])(
    'says the same to the same call at temperature %d, in another process’s place too',
    async temperature => {
      const request = saying('a dog', { temperature })
      const [one, other] = [await open(), await open()]
      const reply = await replyOf(one, request)
      expect(reply.text.length).toBeGreaterThan(0)
      expect(await replyOf(one, request)).toEqual(reply)
      await one.close()
      expect(await replyOf(other, request)).toEqual(reply)
    },
  )

  it.each([0, 0.9])(
    'says at temperature %d beside others what it says alone, with other threads too',
    async temperature => {
      const model = await open(3)
      const single = await openTiny({ concurrency: 1, threads: 1 }, writeTinyModel(temporaryFolder(), { template }))
      const ask = (prompt: string, of = model) => replyOf(of, saying(prompt, { temperature, maxOutputTokens: 200 }))
      const alone = []
      for (const prompt of prompts) alone.push(await ask(prompt, single))
      expect(new Set(alone.map(({ text }) => text)).size).toBe(prompts.length)
      expect(await Promise.all(prompts.map(prompt => ask(prompt)))).toEqual(alone)
      expect(await Promise.all(prompts.toReversed().map(prompt => ask(prompt)))).toEqual(alone.toReversed())
    },
  )

  it('samples anew for another call, and not at temperature 0', async () => {
    const model = await open()
    const warm = saying('a dog', { temperature: 0.9 })
    expect((await replyOf(model, warm, 'call 1')).text).not.toBe((await replyOf(model, warm, 'call 2')).text)
    const cold = saying('a dog', { temperature: 0 })
    expect(await replyOf(model, cold, 'call 1')).toEqual(await replyOf(model, cold, 'call 2'))
  })

  it('keeps to a schema, whatever it babbles', async () => {
    const model = await open()
    for (const prompt of prompts) {
      const reply = await replyOf(model, saying(prompt, { schema, temperature: 1, maxOutputTokens: 2000 }))
      expect(reply.finish).toBe('stop')
      expect(texts.parse(JSON.parse(reply.text)).texts.length).toBeGreaterThan(0)
    }
  })

  it('writes any JSON where no grammar can be made of the schema', async () => {
    const model = await open()
    const strange = { type: 'object', allOf: [{ required: ['a'] }] }
    const { text, finish } = await replyOf(
      model,
      saying('a dog', { schema: strange, maxOutputTokens: 2000, temperature: 1 }),
    )
    if (finish === 'stop') expect(() => JSON.parse(text)).not.toThrow()
    expect(text.trim()[0]).toBe('{')
  })

  it('says that a reply was cut, and how long it and its prompt were', async () => {
    const model = await open()
    const reply = await replyOf(model, saying('a dog', { schema, temperature: 1, maxOutputTokens: 8 }))
    expect(reply.finish).toBe('length')
    expect(reply.outputTokens).toBeLessThanOrEqual(9)
    const longer = await replyOf(model, saying('a dog and a fox', { maxOutputTokens: 8 }))
    expect(longer.inputTokens).toBeGreaterThan(reply.inputTokens)
  })

  it('refuses a prompt that leaves no room for a reply, and says how to make room', async () => {
    const model = await openTiny({ contextTokens: 256 }, writeTinyModel(temporaryFolder(), { template }))
    const { fault } = await model.send(saying('x'.repeat(400)), new AbortController().signal)
    expect(fault).toMatchObject({ kind: 'request', message: expect.stringContaining('--context 1024') })
    const short = await replyOf(model, saying('a dog', { maxOutputTokens: 4000, temperature: 1, schema }))
    expect(short.inputTokens + short.outputTokens).toBeLessThanOrEqual(256)
  })
})

it('gives a call up at once, and nothing of it stays behind', async () => {
  const model = await openTiny({ concurrency: 1 })
  const request = saying('a dog', { temperature: 0, maxOutputTokens: 200 })
  const before = await replyOf(model, request)
  const controller = new AbortController()
  const given = model.send(saying('the fox '.repeat(100), { maxOutputTokens: 3000 }), controller.signal)
  setTimeout(() => controller.abort(), 30)
  const started = performance.now()
  expect((await given).fault?.kind).toBe('lost')
  expect(performance.now() - started).toBeLessThan(300)
  expect(await replyOf(model, request)).toEqual(before)
})

it('gives a call up when its time is over', async () => {
  const model = await openTiny({ timeoutMs: 20 })
  await model.load()
  const { fault } = await model.send(
    saying('a dog', { maxOutputTokens: 3900, schema: { type: 'array' } }),
    new AbortController().signal,
  )
  expect(fault).toMatchObject({ kind: 'lost', message: expect.stringContaining('0.02 s') })
})

it('embeds texts, equal ones equally, and refuses those that are too long', async () => {
  const model = await openTiny({ contextTokens: 256 })
  const embed = (texts: string[]) => model.send({ kind: 'embed', texts }, new AbortController().signal)
  const [dog, fox, again] = JSON.parse(
    (await embed(['the dog', 'the fox', 'the dog'])).reply?.text ?? '[]',
  ) as number[][]
  expect(dog).toHaveLength(32)
  expect(again).toEqual(dog)
  expect(fox).not.toEqual(dog)
  expect((await embed(['x'.repeat(500)])).fault?.kind).toBe('request')
})

it('opens again after it was closed', async () => {
  const model = await openTiny()
  const before = await replyOf(model, saying('a dog'))
  await model.close()
  await model.close()
  expect(await replyOf(model, saying('a dog'))).toEqual(before)
})

it('shares the weights of a file among those who use it, and frees them with the last', async () => {
  const path = writeTinyModel(temporaryFolder())
  const [one, other] = [await openTiny({}, path), await openTiny({ contextTokens: 512 }, path)]
  const expected = await replyOf(one, saying('a dog'))
  await replyOf(other, saying('a dog'))
  await one.close()
  expect((await replyOf(other, saying('a dog'))).text).toBe(expected.text)
})

it('ends a run, and says why, when a file is broken within', async () => {
  const whole = writeTinyModel(temporaryFolder())
  const cut = join(temporaryFolder(), 'cut.gguf')
  writeFileSync(cut, readFileSync(whole).subarray(0, 100_000))
  const signal = new AbortController().signal
  const broken = await (await openTiny({}, cut)).send(saying('a dog'), signal)
  expect(broken.fault).toMatchObject({ kind: 'account', message: expect.stringMatching(/cannot be loaded.*corrupted/) })
})

it('checks a model: what it is, how fast it is', async () => {
  const path = writeTinyModel(temporaryFolder(), { template: true })
  const provider = providerSchema.parse({ name: 'tiny', kind: 'local', model: path, contextTokens: 8192 })
  const file = await identifyModel(path, { cacheFile: join(temporaryFolder(), 'hashes.json') })
  const entry = await findLlama({ chosen: llamaFolder, own: '' })
  const check = await checkLocalModel(provider, { entry, file, modelName: 'tiny.gguf' })
  expect(check).toMatchObject({ ok: true, serves: 'chat', jsonMode: 'schema', endpoint: `sha256:${file.sha256}` })
  expect(check.message).toMatch(/^tiny\.gguf \(llama, 0\.2 MB\) .* chat template\. It writes \d+ tokens a second\.$/)
  expect(check.hint).toContain('4096')
})

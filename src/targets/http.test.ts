/** Endpoints are asked in the form they take, and understood in the dialect they answer in. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { labelsOf, numbered, opened, rejection, right, serving } from '../../test/prediction-server.ts'
import { targetContext } from '../../test/target-context.ts'
import { openTarget, targetSettings } from './open-target.ts'

describe('what is sent', () => {
  it.each([
    ['texts', { texts: ['a', 'b'], parameters: { truncation: true } }],
    ['inputs', { inputs: ['a', 'b'], parameters: { truncation: true } }],
  ])('has the form `%s`', async (body, expected) => {
    const { url, received } = await serving(right)
    const target = await opened({ url, body, parameters: { truncation: true } })
    expect(labelsOf(await target.predict(['a', 'b']))).toEqual(['is a', 'is b'])
    expect(received.map(({ body }) => body)).toEqual([expected])
  })

  it('is one text a request where the endpoint takes one', async () => {
    const { url, received } = await serving(({ texts }) => ({ label: `is ${texts[0]}` }))
    const target = await opened({ url, body: 'one' })
    expect(labelsOf(await target.predict(['a', 'b', 'a']))).toEqual(['is a', 'is b', 'is a'])
    expect(received.map(({ body }) => body)).toContainEqual({ text: 'b' })
  })

  it('comes in batches, as many at once as allowed, and is answered in order', async () => {
    let now = 0
    let most = 0
    const { url, received } = await serving(async got => {
      most = Math.max(most, ++now)
      await sleep(got.texts[0] === 't0' ? 60 : 15)
      now--
      return right(got)
    })
    const texts = numbered(25)
    const target = await opened({ url, batch: 4, concurrency: 3 })
    expect(labelsOf(await target.predict(texts))).toEqual(texts.map(text => `is ${text}`))
    expect(received.map(({ texts }) => texts.length).toSorted()).toEqual([1, 4, 4, 4, 4, 4, 4])
    expect(most).toBe(3)
  })

  it('is no more at once where batches are asked again text by text', async () => {
    let now = 0
    let most = 0
    const { url } = await serving(async got => {
      most = Math.max(most, ++now)
      await sleep(10)
      now--
      return got.texts.length > 1 ? [] : right(got)
    })
    const texts = numbered(24)
    expect(labelsOf(await (await opened({ url, batch: 6, concurrency: 3 })).predict(texts))).toEqual(
      texts.map(text => `is ${text}`),
    )
    expect(most).toBe(3)
  })

  it('carries headers and keys of the environment, and shows none of them', async () => {
    const environment = { MODEL_KEY: 'very-secret-key', TEAM: 'blue-team-token' }
    const { url, received } = await serving(({ request }, response) => {
      response.statusCode = 401
      const { authorization, 'x-team': team } = request.headers
      return { error: { message: `no access for ${authorization} of ${team}${' .'.repeat(70)} ${team}` } }
    })
    const settings = {
      url: `${url}/predict?token=abcdef123`,
      keyEnv: 'MODEL_KEY',
      headers: { 'X-Team': 'env:TEAM', 'x-plain': 'yes' },
    }
    const target = await opened({ ...settings, retries: 5 }, { environment })
    const error = await rejection(target.predict(numbered(80)))
    expect(error).toMatchObject({ code: 'provider-failed', details: { status: 401 } })
    expect(error.message).toContain('no access')
    expect(`${target.name} ${JSON.stringify(error)}`).not.toMatch(/very-secret|blue-team|abcdef123/)
    expect(received.length).toBeLessThanOrEqual(4)
    const { authorization, 'x-team': team, 'x-plain': yes } = received[0]!.request.headers
    expect({ authorization, team, yes }).toEqual({
      authorization: 'Bearer very-secret-key',
      team: 'blue-team-token',
      yes: 'yes',
    })
  })

  it('needs what the environment does not hold', async () => {
    const error = await rejection(opened({ url: 'http://127.0.0.1:1', keyEnv: 'NO_SUCH_KEY' }))
    expect(error).toMatchObject({ code: 'bad-input', message: expect.stringContaining('NO_SUCH_KEY') })
    const broken = opened({ url: 'http://127.0.0.1:1', headers: { 'x-y': 'env:Y' } }, { environment: { Y: 'a“b' } })
    expect(await rejection(broken)).toMatchObject({ code: 'bad-input' })
  })

  it('goes only where an http url says', () => {
    for (const url of ['ftp://example.org', 'example.org/predict', '']) {
      expect(targetSettings.safeParse({ kind: 'http', url }).success, url).toBe(false)
    }
  })
})

describe('answers are understood', () => {
  it.each<[string, number, unknown]>([
    ['a bare list', 2, [{ label: 'x' }, 'y']],
    [
      'lists of scores (Hugging Face)',
      2,
      [
        [
          { label: 'x', score: 0.9 },
          { label: 'y', score: 0.1 },
        ],
        [{ label: 'y', score: 1 }],
      ],
    ],
    [
      'two labels for two texts',
      2,
      [
        { label: 'x', score: 0.9 },
        { label: 'y', score: 1 },
      ],
    ],
    [
      'all scores of one text',
      1,
      [
        { label: 'y', score: 0.1 },
        { label: 'x', score: 0.9 },
      ],
    ],
    [
      'all scores of one text, in a list',
      1,
      [
        [
          { label: 'y', score: 0.1 },
          { label: 'x', score: 0.9 },
        ],
      ],
    ],
    ['one prediction without a list', 1, { label: 'x', score: 0.9 }],
    ['one label', 1, '"x"'],
  ])('%s', async (_, count, answer) => {
    const { url } = await serving(() => answer)
    const predicted = await (await opened({ url })).predict(numbered(count))
    expect(labelsOf(predicted)).toEqual(['x', 'y'].slice(0, count))
  })

  it.each<[string, number, unknown]>([
    ['a list for each text', 2, [[{ entity_group: 'PER', start: 0, end: 1, score: 0.9 }], []]],
    ['the list of one text', 1, [{ entity: 'B-PER', start: 0, end: 1, score: 0.9 }]],
    [
      'predictions',
      2,
      { predictions: [{ entities: [{ label: 'PER', start: 0, end: 1, score: 0.9 }] }, { entities: [] }] },
    ],
  ])('for entities, %s', async (_, count, answer) => {
    const { url } = await serving(() => answer)
    const settings = targetSettings.parse({ kind: 'http', url })
    const predicted = await (await openTarget(settings, targetContext('entities'))).predict(numbered(count))
    const [first, second] = [[{ start: 0, end: 1, label: 'PER', score: 0.9 }], []]
    expect(predicted).toEqual([first, second].slice(0, count).map(entities => ({ labels: [], entities })))
  })

  it('for entities, an empty list as that there are none', async () => {
    const { url } = await serving(() => [])
    const target = await openTarget(targetSettings.parse({ kind: 'http', url }), targetContext('entities'))
    expect(await target.predict(['a'])).toEqual([{ labels: [], entities: [] }])
  })
})

/** What breaks a law of targets is found out, by the law that says so and by no other. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { CultivarError } from '../model/error.ts'
import type { Predicted, Target } from '../model/prediction.ts'
import { targetLaws } from './target-laws.ts'

const stopped = () => new CultivarError('interrupted', 'Stopped.', '')
const failure: Predicted = { failed: { code: 'no-answer', message: 'I do not know' } }

/** Finds the first character of a text, and no text that says `fail`. */
function finds(text: string): Predicted {
  if (text === 'fail') return failure
  const [first] = text
  return { labels: [], entities: first ? [{ start: 0, end: first.length, label: 'FIRST', score: 0.5 }] : [] }
}

const sound: Target = {
  ...{ name: 'sound', kind: 'sound', task: 'entities', labels: ['FIRST'] },
  async predict(texts, { signal, observe } = {}) {
    if (signal?.aborted) throw stopped()
    if (texts.includes('slow')) {
      await sleep(1200, undefined, { ...(signal && { signal }) }).catch(() => {
        throw stopped()
      })
    }
    for (const at of texts.keys()) observe?.({ done: at + 1, all: texts.length })
    return texts.map(finds)
  },
}

const changed =
  (change: (predicted: Predicted[], texts: readonly string[]) => Predicted[]): Target['predict'] =>
  async (texts, options) =>
    change(await sound.predict(texts, options), texts)
const entity = (start: number, end: number, score = 0.5): Predicted => ({
  labels: [],
  entities: [{ start, end, label: 'FIRST', score }],
})
const answering = (answer: (text: string) => Predicted) => ({
  predict: changed((_, texts) => texts.map(text => (text === 'fail' ? failure : answer(text)))),
})

let calls = 0

it.each<[string, Partial<Target>, RegExp[]]>([
  ['nothing', {}, []],
  ['answers in the wrong order', { predict: changed(all => all.toReversed()) }, [/order/, /any text/, /leaves/]],
  ['moods', answering(text => (text ? entity(0, text.length, ++calls / 1e6) : finds(text))), [/order/, /leaves/]],
  [
    'an answer for nothing',
    { predict: changed((all, texts) => (texts.length ? all : [failure])) },
    [/nothing is asked/],
  ],
  ['spans past the end', answering(text => entity(0, text.length + 1)), [/any text/]],
  ['half a character', answering(text => (text.startsWith('🌳') ? entity(0, 1) : finds(text))), [/any text/]],
  ['scores above 1', answering(text => (text ? entity(0, 1, 1.5) : finds(text))), [/any text/]],
  ['labels for entities', answering(() => ({ labels: [{ label: 'FIRST' }], entities: [] })), [/any text/]],
  ['foreign labels', { labels: ['LAST'] }, [/any text/]],
  ['no failures', { predict: changed((_, texts) => texts.map(() => entity(0, 1))) }, [/any text/, /leaves/]],
  ['a name of nothing', { name: '' }, [/called/]],
  ['deaf ears', { predict: texts => sound.predict(texts) }, [/progress/, /aborted/, /meanwhile/]],
])('a target with %s', async (_, change, titles) => {
  const laws = targetLaws(async () => ({
    target: { ...sound, ...change },
    texts: ['one', 'two', 'three'],
    failing: 'fail',
    slow: ['slow'],
  }))
  const results = await Promise.allSettled(laws.map(({ check }) => check()))
  const broken = laws.flatMap(({ title }, at) => (results[at]!.status === 'rejected' ? [title] : []))
  expect(broken).toHaveLength(titles.length)
  for (const [at, title] of titles.entries()) expect(broken[at]).toMatch(title)
})

it('finds out what is left under way', async () => {
  const open = async () => ({ target: sound, texts: ['one', 'two'], slow: ['slow'], underWay: () => 1 })
  const law = targetLaws(open).find(({ title }) => title.includes('under way'))!
  await expect(law.check()).rejects.toThrow()
})

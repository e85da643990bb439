/** The laws of a target: an answer for each text whatever it is, spans that stand in it, and an end as soon as it is wanted. */
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { CultivarError } from '../model/error.ts'
import type { Entity } from '../model/example.ts'
import { isFailed, type Predicted, type Target } from '../model/prediction.ts'
import { type Law, promptly } from './law.ts'
import { strangeTexts } from './strange-texts.ts'

export interface TargetUnderTest {
  target: Target
  /** Texts it has answers for, two at least. */
  texts: string[]
  /** A text that it has no usable answer for; absent if it has one for any. */
  failing?: string
  /** Texts that take it 1.2 s at least, all together; absent if it is done before it could be stopped. */
  slow?: string[]
  /** How many requests and processes it has under way. */
  underWay?(): number | Promise<number>
}

/** To be run as tests: `it.each(targetLaws(open))('$title', ({ check }) => check())`. Each law opens a target of its own and closes it. */
export function targetLaws(open: () => Promise<TargetUnderTest>): Law[] {
  const law = (title: string, holds: (subject: TargetUnderTest) => Promise<void>): Law => ({
    title,
    async check() {
      const subject = await open()
      try {
        await holds(subject)
      } finally {
        await subject.target.close?.()
      }
    },
  })

  return [
    law('it answers every text in the order asked, equal texts alike, whatever else is asked', async subject => {
      const { target, texts, failing } = subject
      const alone = new Map<string, Predicted>()
      for (const text of texts) alone.set(text, (await target.predict([text]))[0]!)
      assert.ok(
        [...alone.values()].every(each => !isFailed(each)),
        'give `texts` that it has answers for',
      )
      const others = failing === undefined ? [] : [failing]
      const asked = [...texts, ...others, ...texts.toReversed(), ...texts]
      const predicted = await target.predict(asked)
      assert.equal(predicted.length, asked.length)
      for (const [at, text] of asked.entries()) if (alone.has(text)) assert.deepEqual(predicted[at], alone.get(text))
    }),

    law('it answers nothing if nothing is asked', async ({ target }) => {
      assert.deepEqual(await target.predict([]), [])
    }),

    law('it has an answer or a failure for any text, also an empty and a long one', async ({ target, texts }) => {
      const strange = [
        ...Object.values(strangeTexts),
        ' \n\t',
        'long 🌳 '.repeat(12_500),
        'مرحبا بالعالم',
        '東京は晴れ',
        'e\u0301',
      ]
      const asked = [...texts, ...strange]
      const predicted = await target.predict(asked)
      assert.equal(predicted.length, asked.length)
      for (const [at, each] of predicted.entries()) checkAnswer(target, asked[at]!, each)
    }),

    law(
      'a text without a usable answer says why, and leaves the others as they are',
      async ({ target, texts, failing }) => {
        if (failing === undefined) return
        const usual = await target.predict(texts)
        const asked = texts.flatMap(text => [failing, text])
        const predicted = await target.predict(asked)
        for (const [at, each] of predicted.entries()) {
          if (at % 2 === 1) assert.deepEqual(each, usual[(at - 1) / 2])
          else assert.ok(isFailed(each) && each.failed.code !== '' && each.failed.message !== '', 'a failure says why')
        }
      },
    ),

    law('its progress never goes back, and ends with all', async ({ target, texts }) => {
      const asked = Array.from({ length: 5 }, () => texts).flat()
      const seen: number[] = []
      const observe = ({ done, all }: { done: number; all: number }) => {
        assert.equal(all, asked.length)
        seen.push(done)
      }
      await target.predict(asked, { observe })
      assert.deepEqual(
        seen,
        seen.toSorted((a, b) => a - b),
      )
      assert.equal(seen.at(-1), asked.length)
    }),

    law('asked with a signal that is aborted, it stops at once', async ({ target, texts }) => {
      await stopsPromptly(target.predict(texts, { signal: AbortSignal.abort() }))
    }),

    law('stopped meanwhile, it rejects at once, has nothing under way soon, and answers again', async subject => {
      const { target, texts, slow, underWay } = subject
      if (!slow) return
      const controller = new AbortController()
      const predicting = target.predict(slow, { signal: controller.signal })
      const early = await Promise.race([predicting.then(() => 'over'), pause(150, 'waiting')])
      assert.equal(early, 'waiting', 'it was done before it could be stopped: make `slow` take 1.2 s')
      controller.abort()
      await stopsPromptly(predicting)
      for (let waits = 0; (await underWay?.()) && waits < 20; waits++) await pause(50)
      assert.equal((await underWay?.()) ?? 0, 0)
      assert.equal((await target.predict(texts)).length, texts.length)
    }),

    law('it says what it is called and what it does', async ({ target }) => {
      assert.match(target.kind, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
      assert.notEqual(target.name, '')
      assert.ok(['classification', 'entities'].includes(target.task))
    }),
  ]
}

async function stopsPromptly(predicting: Promise<unknown>): Promise<void> {
  await assert.rejects(promptly(predicting), error => error instanceof CultivarError && error.code === 'interrupted')
}

function checkAnswer({ task, labels: known }: Target, text: string, predicted: Predicted): void {
  if (isFailed(predicted)) {
    assert.notEqual(predicted.failed.code, '')
    assert.notEqual(predicted.failed.message, '')
    return
  }
  const { labels, scores = [], entities } = predicted
  if (task === 'classification') assert.deepEqual(entities, [])
  else assert.deepEqual({ labels, scores }, { labels: [], scores: [] })
  assert.equal(new Set(labels.map(({ label }) => label)).size, labels.length, 'a label is given twice')
  for (const { label, score } of [...labels, ...scores, ...entities]) {
    assert.ok(score === undefined || (score >= 0 && score <= 1), `the score of ${label} is ${score}`)
    assert.ok(!known || known.includes(label), `${label} is none of its labels`)
  }
  for (const list of [labels, scores]) checkOrder(list.map(({ score }) => -(score ?? 0)))
  checkPlaces(text, entities)
}

function checkOrder(numbers: number[]): void {
  assert.deepEqual(
    numbers,
    numbers.toSorted((a, b) => a - b),
    'the surest stands first',
  )
}

function checkPlaces(text: string, entities: readonly Entity[]): void {
  let from = 0
  for (const { start, end } of entities) {
    assert.ok(Number.isInteger(start) && Number.isInteger(end), `${start}–${end} are no offsets`)
    assert.ok(start < end && end <= text.length, `${start}–${end} does not stand in a text of ${text.length}`)
    assert.ok(start >= from, `${start}–${end} stands before, or overlaps, what was named before it`)
    for (const at of [start, end]) {
      const pair = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1))
      assert.ok(at === 0 || !pair, `${at} is within a character`)
    }
    from = end
  }
}

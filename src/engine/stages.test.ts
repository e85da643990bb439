/** Generators that ask in stages, several rows at once: the same promises as for one question a unit. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openGrove, type Wish } from '../../test/grove.ts'
import type { ModelRequest } from '../model/request.ts'
import type { Script, ScriptedAnswer } from '../testing/script.ts'
import { type ScriptedModel, scriptedModel } from '../testing/scripted-model.ts'
import { type Ask, defineGenerator, type Proposal } from './define.ts'

const maxOutputTokens = 100
const schema = z.object({ text: z.string() })
const grade = z.object({ score: z.int() })

/** Prepares the cell once, asks for questions, has each judged, and those that pass answered. */
const staged = (answering = 'answer') =>
  defineGenerator({
    kind: 'staged',
    summary: 'asks in stages',
    params: z.strictObject({}),
    usesModel: true,
    usesCritic: true,
    plan: () => ({ cells: ['oak', 'elm'], material: null, perUnit: 3, notes: [] }),
    async propose({ ask, cell, cellOrdinal, asks }): Promise<Proposal[]> {
      const put = (place: string, content: string, more = {}) => say(ask, place, content, more)
      await put('prepare', `prepare ${cell}`, { once: true })
      const questions = Array.from({ length: asks }, (_, at) => `${cell} ${cellOrdinal} question ${at}`)
      await put('questions', `ask ${questions.join(', ')}`)
      return Promise.all(
        questions.map(async (question, index) => {
          const judged = await ask({
            ...{ prompt: 'judge@1', role: 'critic', place: `judge ${index}`, schema: grade, maxOutputTokens },
            messages: [{ role: 'user', content: `judge ${question}` }],
          })
          const score = judged.kind === 'reply' ? judged.value.score : 0
          const verdicts = [{ critic: 'quality', pass: score > 0, score, calls: [judged.call] }]
          if (score === 0) return { fields: { text: question }, verdicts }
          const { text, call } = await put(`answer ${index}`, `${answering} ${question}`)
          return { fields: { text: `${question} ${text}` }, verdicts, call, split: index === 0 ? 'test' : 'train' }
        }),
      )
    },
  })

async function say(ask: Ask, place: string, content: string, more: object): Promise<{ text: string; call: string }> {
  const answer = await ask({
    prompt: 'say@1',
    place,
    schema,
    maxOutputTokens,
    messages: [{ role: 'user', content }],
    ...more,
  })
  if (answer.kind === 'refused') throw new TypeError('refused')
  return { text: answer.value.text, call: answer.call }
}

/** Every seventh question is bad. */
const script: Script = ({ messages: [message] }): ScriptedAnswer => {
  const said = message!.content
  if (!said.startsWith('judge')) return { kind: 'reply', value: { text: `re: ${said}` } }
  const [unit, question] = [...said.matchAll(/\d+/g)].map(Number)
  return { kind: 'reply', value: { score: (3 * unit! + question!) % 7 === 0 ? 0 : 1 } }
}

const sentTo = ({ calls }: ScriptedModel) => calls.map(({ request }) => contentOf(request))
const contentOf = (request: ModelRequest) => (request.kind === 'chat' ? request.messages[0]!.content : '')

async function plant(seed = 0) {
  const grove = await openGrove()
  const model = (name: string) =>
    scriptedModel({ script, clock: grove.clock, name, seed, latency: { kind: 'log-normal', meanMs: 200, sigma: 1 } })
  const [teacher, critic] = [model('teacher'), model('critic')]
  const wish: Wish = { generator: staged(), teacher, critic, target: 20, limits: { concurrency: 5 } }
  return { grove, teacher, critic, wish }
}

describe('A generator in stages', () => {
  it('keeps the same, to the byte, whatever comes back first and however many units are under way', async () => {
    const { grove, wish } = await plant()
    await grove.grow(wish)
    const kept = await grove.kept()
    await grove.database.close()
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 12 }),
        async (seed, concurrency) => {
          const other = await plant(seed)
          await other.grove.grow({ ...other.wish, limits: { concurrency } })
          expect(await other.grove.kept()).toEqual(kept)
          await other.grove.database.close()
        },
      ),
      { numRuns: 25 },
    )
  })

  it('pays nothing twice when it is stopped between stages, wherever that is, and ends the same', async () => {
    const whole = await plant()
    const { tookMs } = await whole.grove.grow(whole.wish)
    const kept = await whole.grove.kept()
    const asked = [...sentTo(whole.teacher), ...sentTo(whole.critic)].toSorted()
    expect(new Set(asked).size).toBe(asked.length)
    await whole.grove.database.close()
    for (let at = 1; at <= 9; at++) {
      const { grove, wish, teacher, critic } = await plant()
      const stop = new AbortController()
      grove.after((tookMs * at) / 10, () => stop.abort())
      const first = await grove.grow({ ...wish, signal: stop.signal })
      // Late enough, what is in flight completes it.
      if (at < 6) expect(first.end.state).toBe('cancelled')
      await grove.grow(wish)
      expect(await grove.kept()).toEqual(kept)
      const replied = [teacher, critic].flatMap(({ calls }) => calls.filter(({ result }) => result?.reply))
      const contents = replied.map(({ request }) => contentOf(request))
      expect(new Set(contents).size).toBe(contents.length)
      await grove.database.close()
    }
  })

  it('asks only answers again when the prompt of answers has changed', async () => {
    const { grove, wish, teacher, critic } = await plant()
    await grove.grow(wish)
    const before = { teacher: teacher.calls.length, critic: critic.calls.length }
    const earlier = new Set([...sentTo(teacher), ...sentTo(critic)])
    // The same recipe with another prompt is another run.
    await grove.grow({ ...wish, generator: { ...staged('reply to'), version: 2 } })
    expect(critic.calls).toHaveLength(before.critic)
    const again = sentTo(teacher).slice(before.teacher)
    expect(again.length).toBeGreaterThan(0)
    expect(again.filter(content => !content.startsWith('reply to'))).toEqual([])
    expect(again.filter(content => earlier.has(content))).toEqual([])
  })

  it('asks what is to be asked once a single time, though every unit asks it', async () => {
    const { grove, wish, teacher } = await plant()
    await grove.grow(wish)
    expect(
      sentTo(teacher)
        .filter(content => content.startsWith('prepare'))
        .toSorted(),
    ).toEqual(['prepare elm', 'prepare oak'])
  })

  it('counts what its own critic rejects under the critic’s name, with the grade, and keeps the splits it chose', async () => {
    const { grove, wish } = await plant()
    const { tallies } = await grove.grow(wish)
    const rejected = Object.values(tallies).flatMap(tally => Object.entries(tally.rejected))
    expect(rejected.length).toBeGreaterThan(0)
    expect(new Set(rejected.map(([critic]) => critic))).toEqual(new Set(['quality']))
    const rows = (await grove.kept()).map(row => JSON.parse(row))
    expect(rows).toHaveLength(20)
    for (const { content, split, verdicts } of rows) {
      expect(split).toBe(JSON.parse(content).fields.text.includes('question 0') ? 'test' : 'train')
      expect(JSON.parse(verdicts)[0]).toMatchObject({ critic: 'quality', pass: true, score: 1 })
    }
  })
})

/** Every kind of target keeps the laws of targets. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { httpServer } from '../../test/http-server.ts'
import { targetContext } from '../../test/target-context.ts'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import { said, scoresIn, wordsIn } from '../../test/word-model.ts'
import type { Ask } from '../engine/define.ts'
import { UnitFault } from '../engine/run-stop.ts'
import type { Task } from '../model/example.ts'
import { strangeTexts } from '../testing/strange-texts.ts'
import { type TargetUnderTest, targetLaws } from '../testing/target-laws.ts'
import * as kinds from './index.ts'
import { openTarget, type TargetSettings, targetSettings } from './open-target.ts'
import type { TrainedModel } from './target-kind.ts'

const texts = ['a good day', 'bad weather 🌧 in Oslo', 'good, bad and Oslo', '']
const failing = 'nobody knows'
const slowText = 'wait'
const slow = Array.from({ length: 40 }, () => slowText)

const opened = (settings: TargetSettings, ...context: Parameters<typeof targetContext>) =>
  openTarget(settings, targetContext(...context))
const parse = (settings: object) => targetSettings.parse(settings)

const ways: Record<string, (task: Task) => Promise<TargetUnderTest>> = {
  async model(task) {
    const busy = (text: string) => {
      const untilMs = performance.now() + 35
      while (text === slowText && performance.now() < untilMs);
      return text
    }
    const model: TrainedModel =
      task === 'entities'
        ? { kind: 'sequence-tagger', labels: ['WORD'], predict: text => wordsIn(busy(text), 'utf16') }
        : {
            ...{ kind: 'text-classifier', labels: ['good', 'bad'], multiLabel: false },
            predict: text => scoresIn(busy(text)),
          }
    const target = await opened(parse({ kind: 'model', model: 'weather' }), task, { readModel: async () => model })
    return { target, texts, slow }
  },

  async http(task) {
    let underWay = 0
    const url = await httpServer(async (request, response) => {
      underWay++
      response.on('close', () => underWay--)
      const { texts } = JSON.parse(await new Response(request as never).text()) as { texts: string[] }
      if (texts.includes(slowText)) await sleep(1200)
      response.end(JSON.stringify({ predictions: texts.map(text => said(task, text, failing)) }))
    })
    const target = await opened(parse({ kind: 'http', url, batch: 3 }), task)
    return { target, texts, failing, slow, underWay: () => underWay }
  },

  async command(task) {
    const folder = temporaryFolder()
    const script = join(folder, 'predict.mjs')
    writeFileSync(
      script,
      `import { createInterface } from 'node:readline'
       import { writeFileSync } from 'node:fs'
       import { said } from ${JSON.stringify(join(import.meta.dirname, '../../test/word-model.ts'))}
       writeFileSync(import.meta.dirname + '/' + process.pid + '.pid', '')
       for await (const line of createInterface({ input: process.stdin })) {
         const { id, text } = JSON.parse(line)
         if (text === '${slowText}') await new Promise(go => setTimeout(go, 100))
         console.log(JSON.stringify({ id, ...said('${task}', text, '${failing}') }))
       }`,
    )
    const settings = parse({ kind: 'command', command: [process.execPath, script] })
    const target = await opened(settings, task, { folder, environment: process.env })
    return { target, texts, failing, slow, underWay: () => alive(folder) }
  },

  async predictions(task) {
    const held = [...texts, ...Object.values(strangeTexts)]
    const rows = held.map(text => ({ sentence: text, predicted: said(task, text, failing) }))
    const target = await opened(parse({ kind: 'predictions', path: 'p.jsonl' }), task, { readRows: async () => rows })
    return { target, texts, failing }
  },

  async provider(task) {
    const ask: Ask = async question => {
      const text = JSON.parse(/<text>\n(.*)\n<\/text>/s.exec(question.messages.at(-1)!.content)![1]!) as string
      if (text === slowText) await sleep(1200)
      if (text === failing) throw new UnitFault('gave-up', '3 attempts failed')
      const [sure] = scoresIn(text)
      const entities = wordsIn(text, 'utf16').map(({ start, end }) => ({ words: text.slice(start, end), type: 'WORD' }))
      const reply = task === 'entities' ? { entities } : { label: sure!.label }
      return { kind: 'reply', value: question.schema!.parse(reply), truncated: false, call: 'call' }
    }
    const labels = task === 'entities' ? ['WORD'] : ['good', 'bad']
    const target = await opened(parse({ kind: 'provider', provider: 'gpt', labels }), task, {
      openAsk: async () => ask,
    })
    return { target, texts, failing, slow }
  },
}

/** Of the processes that left their number in a folder, how many there still are. */
function alive(folder: string): number {
  const numbers = readdirSync(folder)
    .filter(name => name.endsWith('.pid'))
    .map(Number.parseFloat)
  return numbers.filter(pid => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }).length
}

it('has every kind under its laws', () => {
  expect(Object.keys(ways).toSorted()).toEqual(
    Object.values(kinds)
      .map(({ kind }) => kind)
      .toSorted(),
  )
  for (const [name, { kind, settings }] of Object.entries(kinds)) {
    expect(kind).toBe(name)
    expect(settings.shape.kind.value).toBe(kind)
    for (const [member, schema] of Object.entries(settings.shape)) {
      if (member !== 'kind') expect(schema.description, `${kind}.${member}`).toBeTruthy()
    }
  }
})

for (const task of ['classification', 'entities'] satisfies Task[]) {
  for (const [kind, open] of Object.entries(ways)) {
    describe(`${kind} for ${task}`, () => {
      it.each(targetLaws(() => open(task)))('$title', ({ check }) => check())
    })
  }
}

/** Recorded replies to the prompts of the target `provider` become the predictions they mean. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { targetContext } from '../../test/target-context.ts'
import type { Ask } from '../engine/define.ts'
import type { Task } from '../model/example.ts'
import type { Prediction } from '../model/prediction.ts'
import { parseJsonReply } from '../text/json-reply.ts'
import { classifyPrompt } from './classify.prompt.ts'
import { openTarget, targetSettings } from './open-target.ts'
import { tagPrompt } from './tag.prompt.ts'

interface Recorded {
  /** `id@version` of the prompt that was answered. */
  prompt: string
  case: string
  task: Task
  /** Of the target. */
  settings: object
  text: string
  /** As it came. */
  reply: string
  prediction: Prediction
}

const folder = join(import.meta.dirname, 'recorded')
const names = readdirSync(folder)
const recorded = names.map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded)

describe('recorded replies', () => {
  it('are there for every prompt', () => {
    expect([...new Set(recorded.map(({ prompt }) => prompt))].toSorted()).toEqual([classifyPrompt.id, tagPrompt.id])
  })

  it.each(recorded)('$prompt, $case', async ({ prompt, task, settings, text, reply, prediction }) => {
    const ask: Ask = async question => {
      expect(question.prompt).toBe(prompt)
      const read = parseJsonReply(reply)
      if (read.error !== undefined) throw new TypeError(read.error)
      return { kind: 'reply', value: question.schema!.parse(read.value), truncated: false, call: 'call' }
    }
    const parsed = targetSettings.parse({ kind: 'provider', provider: 'recorded', ...settings })
    const target = await openTarget(parsed, targetContext(task, { openAsk: async () => ask }))
    expect(await target.predict([text])).toEqual([prediction])
  })
})

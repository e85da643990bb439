/** Records grown in a real workspace: quotas to the last record, hundreds of rows, and targets that agree or are refused. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json } from '../model/json.ts'
import type { RecipeInput } from '../model/recipe.ts'
import type { ChatRequest } from '../model/request.ts'
import type { Script } from '../testing/script.ts'
import { scriptedModel } from '../testing/scripted-model.ts'
import { teacher } from '../testing/teacher.ts'
import { type Cultivar, createCultivar } from './create-cultivar.ts'
import { systemClock } from './system-clock.ts'

let folder: string
let cultivar: Cultivar
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cultivar-records-'))
  cultivar = await createCultivar({ folder })
  await cultivar.createProject({ name: 'plant', kind: 'records' })
})
afterEach(async () => {
  await cultivar.close()
  await rm(folder, { recursive: true })
})

const sentiment = {
  instruction: 'Produce 10 exemplars for sentiment analysis. Produce 2 negative examples and 8 positive examples.',
  fields: { input: 'a sentence', output: { values: ['positive', 'negative'] } },
  quotas: { output: { negative: 2, positive: 8 } },
  label: 'output',
}
const production = {
  role: 'an industrial engineer with extensive expertise in your field',
  instruction: 'Generate synthetic data about production near to be factual. The number of questions is 500.',
}

async function run(params: Record<string, unknown>, rest: Partial<RecipeInput> = {}, script: Script = teacher()) {
  const model = scriptedModel({ script, clock: systemClock, name: 'here' })
  const recipe = { project: 'plant', generator: 'records', params, teacher: 'here', ...rest }
  const report = await cultivar.run(recipe, { models: [model] })
  const records = await Array.fromAsync(cultivar.records('plant'))
  return { report, records, prompts: model.calls.map(({ request }) => promptOf(request as ChatRequest)) }
}

const promptOf = ({ messages }: ChatRequest) => messages.map(({ content }) => content).join('\n')

type Reply = { records: { [name: string]: Json }[] }

/** A teacher whose records someone edits before they are sent. */
function edited(edit: (reply: Reply) => void): Script {
  const inner = teacher()
  return request => {
    const answer = inner(request)
    if (answer.kind === 'reply') edit(answer.value as unknown as Reply)
    return answer
  }
}

function countBy<T>(items: T[], key: (item: T) => unknown): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[String(key(item))] = (counts[String(key(item))] ?? 0) + 1
  return counts
}

describe('quotas', () => {
  it('are exact, are the target where none is given, and give the records their labels', async () => {
    const { report, records } = await run(sentiment)
    expect(report).toMatchObject({ state: 'done', kept: 10, target: 10 })
    expect(countBy(records, ({ fields }) => fields['output'])).toEqual({ negative: 2, positive: 8 })
    for (const { labels, fields, cell } of records)
      expect([labels, cell]).toEqual([[fields['output']], fields['output']])
    expect(report.balance.map(({ label, after }) => [label, after])).toEqual([
      ['positive', 8],
      ['negative', 2],
    ])
  })

  it('stay exact whatever values the teacher says, across fields and a grid', async () => {
    const params = {
      instruction: 'Write work orders.',
      fields: { report: '', severity: '', machine: '', fixed: { type: 'boolean' } },
      quotas: { severity: { low: 31, high: 9 }, fixed: { true: 13, false: 27 } },
      grid: { machine: ['press', 'lathe', 'saw'], shift: ['day', 'night'] },
    }
    let said = 0
    const straying = edited(({ records }) => {
      for (const record of records)
        if (++said % 4 === 0) record['severity'] = ['low', 'HIGH', 'none', ''][(said / 4) % 4]!
    })
    const { report, records } = await run(params, {}, straying)
    expect(report).toMatchObject({ state: 'done', kept: 40, target: 40 })
    expect(countBy(records, ({ fields }) => fields['severity'])).toEqual({ high: 9, low: 31 })
    expect(countBy(records, ({ fields }) => fields['fixed'])).toEqual({ false: 27, true: 13 })
    const machines = Object.values(countBy(records, ({ fields }) => fields['machine']))
    expect(Math.max(...machines) - Math.min(...machines)).toBeLessThanOrEqual(2)
    expect(Object.keys(records[0]!.fields)).not.toContain('shift')
    expect(report.funnel.rejected['valid']).toBeGreaterThan(0)
  })

  it.each([
    [{ target: 12 }, 'The target is 12, but the quotas of generator “records” add up to 10 (negative 2, positive 8).'],
    [{ target: { to: 9 } }, 'The target is 9 in all, of which 9 are not there yet'],
    [
      { target: { negative: 3 } },
      'The target wants 3 records in cell “negative”, but the quotas of generator “records” want 2.',
    ],
    [{ target: { neutral: 2 } }, '“neutral”'],
    [
      { params: { ...sentiment, quotas: { output: { negative: 2 }, input: { a: 1 } } } },
      '“output” adds up to 2 (negative 2), but “input” adds up to 1 (a 1)',
    ],
  ] as [Partial<RecipeInput>, string][])(
    'that are contradicted by %j are refused before a call',
    async (rest, message) => {
      let calls = 0
      const counting: Script = request => {
        calls++
        return teacher()(request)
      }
      await expect(run(sentiment, rest, counting)).rejects.toMatchObject({
        ...{ code: 'bad-recipe', message: expect.stringContaining(message), hint: expect.stringMatching(/./) },
      })
      expect(calls).toBe(0)
    },
  )

  it('agree with a target that says the same, in all or of some cells, and go on with the rest', async () => {
    const some = await run(sentiment, { target: { negative: 2 } })
    expect(some.report).toMatchObject({ state: 'done', kept: 2, target: 2 })
    const all = await run(sentiment, { target: 10 })
    expect(all.report).toMatchObject({ run: some.report.run, state: 'done', kept: 10 })
    expect(countBy(all.records, ({ labels }) => labels[0])).toEqual({ negative: 2, positive: 8 })
  })

  it('leave generators without them their usual target', async () => {
    expect((await run({ instruction: 'Write.' })).report).toMatchObject({ kept: 10, target: 10 })
  })

  it('are shown by a forecast, which sends nothing', async () => {
    await cultivar.addProvider({
      settings: { name: 'gpt', kind: 'openai-compatible', endpoint: 'http://127.0.0.1:9/v1', model: 'm' },
      projects: ['plant'],
    })
    const forecast = await cultivar.forecast({ project: 'plant', generator: 'records', params: sentiment })
    expect(forecast).toMatchObject({ targets: { negative: 2, positive: 8 }, units: 2 })
    expect(forecast.prompt!.messages.at(-1)!.content).toContain('"output": "negative"')
  })
})

describe('500 records', () => {
  it('are kept, all different, although replies repeat themselves, miscount and break off', async () => {
    const script = teacher({ repeatShare: 0.25, wrongCountShare: 0.1, truncatedShare: 0.1, malformedShare: 0.05 })
    const critics = [{ kind: 'unique', fields: ['input'] }]
    const { report, records, prompts } = await run(production, { target: 500, critics }, script)
    expect(report).toMatchObject({ state: 'done', kept: 500, target: 500 })
    expect(records).toHaveLength(500)
    expect(new Set(records.map(({ fields }) => fields['input'])).size).toBe(500)
    for (const { fields } of records) expect(Object.keys(fields)).toEqual(['input', 'context', 'output'])
    expect(report.funnel.rejected['unique']).toBeGreaterThan(50)
    expect(report.funnel.rejected['valid']).toBeGreaterThan(0)
    const later = prompts.at(-1)!
    const written = /<written>\n([\s\S]*?)\n<\/written>/.exec(later)![1]!.split('\n')
    expect(written).toHaveLength(40)
    for (const line of written) {
      const beginning = (JSON.parse(line) as string).slice(0, 40)
      expect(records.some(({ fields }) => String(fields['input']).startsWith(beginning))).toBe(true)
    }
    expect(prompts[0]).not.toContain('<written>')
  })

  it('lose one item for a bad one, never its reply', async () => {
    const spoiling = edited(({ records }) => {
      delete records[1]!['context']
    })
    const { report } = await run({ ...production, perCall: 5 }, { target: 40 }, spoiling)
    expect(report).toMatchObject({ state: 'done', kept: 40 })
    const { units, skipped, rejected, failed } = report.funnel
    expect(rejected).toEqual({ valid: units - skipped })
    expect(failed).toEqual({})
    const { stream } = await cultivar.rejects(report.run)
    expect(JSON.stringify(await Array.fromAsync(stream()))).toContain('`context` is missing')
  })
})

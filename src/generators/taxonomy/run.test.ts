/** Whole runs of `taxonomy`: counted to the last candidate whatever teacher and critic do, stopped between stages, changed in one prompt. */
import { expect, it } from 'vitest'
import { type Grove, openGrove } from '../../../test/grove.ts'
import {
  type Instead,
  leaves,
  plannedTaxonomy,
  shownIn,
  stageOf,
  taxonomyTeacher,
} from '../../../test/taxonomy-tree.ts'
import * as critics from '../../critics/index.ts'
import type { AnyCritic, AnyGenerator } from '../../engine/define.ts'
import { sumTallies } from '../../engine/planner.ts'
import type { ChosenCritic } from '../../engine/run-plugins.ts'
import type { Json } from '../../model/json.ts'
import type { Verdict } from '../../model/record.ts'
import { randomStream } from '../../stats/random-stream.ts'
import type { ScriptedAnswer } from '../../testing/script.ts'
import { type ScriptedModel, scriptedModel } from '../../testing/scripted-model.ts'
import { taxonomy } from '../taxonomy.ts'
import { taxonomyMaterial } from './taxonomy-material.ts'

const latency = { kind: 'log-normal', meanMs: 300, sigma: 1 } as const
const target = { [leaves.freeform]: 12, [leaves.grounded]: 12, [leaves.knowledge]: 12 }

/** The generator with its plan made, as a wish of the grove wants it; `answers` is put before what the answers' prompts say. */
async function growable(params: Record<string, unknown> = {}, answers = ''): Promise<AnyGenerator> {
  const { plan, params: parsed } = await plannedTaxonomy({ perCall: 4, ...params })
  const material = structuredClone(taxonomyMaterial(plan.material))
  for (const { stages } of Object.values(material.pipelines)) {
    for (const stage of stages) {
      if (answers !== '' && 'write' in stage && stage.write === 'answers') {
        stage.prompt = { ...stage.prompt, id: `${stage.prompt.id}-changed`, user: `${answers}\n${stage.prompt.user}` }
      }
    }
  }
  return {
    ...taxonomy,
    prompts: [...taxonomy.prompts, answers],
    plan: () => ({ ...plan, material: material as never }),
    propose: context => taxonomy.propose({ ...context, params: parsed }),
  }
}

const brought = taxonomy.critics!(taxonomy.params.parse({ languages: ['en'] }))
/** Without `valid`: the grove's project is one of texts. */
const chosen: ChosenCritic[] = ['privacy', 'shape', 'language', 'unique'].map(kind => {
  const critic = Object.values(critics).find(each => each.kind === kind) as AnyCritic
  const { kind: _, ...params } = brought.find(each => each.kind === kind) ?? { kind }
  return { critic, params: critic.params.parse(params) }
})

interface Choice {
  instead?: Instead
  generator?: AnyGenerator
  concurrency?: number
  stopAfterMs?: number
  latencySeed?: number
  wanted?: Record<string, number>
}

async function grown(
  grove: Grove,
  { instead, generator, concurrency = 8, stopAfterMs, latencySeed = 0, wanted }: Choice,
) {
  const answer = taxonomyTeacher(instead)
  // The same reply to the same request, whichever life of the run asks.
  const model = scriptedModel({
    ...{ script: request => answer({ ...request, ordinal: 0, repeat: 0 }), clock: grove.clock, latency },
    ...{ seed: latencySeed, limits: { concurrency } },
  })
  const stop = new AbortController()
  if (stopAfterMs !== undefined) grove.after(stopAfterMs, () => stop.abort())
  const result = await grove.grow({
    ...{
      teacher: model,
      critic: model,
      generator: generator ?? (await growable()),
      critics: chosen,
      target: wanted ?? target,
    },
    ...{ signal: stop.signal, limits: { concurrency, drainMs: stopAfterMs === undefined ? 30_000 : 100 } },
  })
  return { ...result, model }
}

const replied = ({ calls }: ScriptedModel) => calls.filter(({ result }) => result?.reply !== undefined)
const stagesOf = (model: ScriptedModel) =>
  model.calls.map(({ request }) => stageOf(request as Parameters<typeof stageOf>[0]))
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0)

async function outcomes(grove: Grove) {
  const rows = await grove.database.read(connection => connection.selectFrom('record').selectAll().execute())
  return rows.map(({ outcome, cell, content, verdicts }) => ({
    ...{ outcome, cell, fields: JSON.parse(content).fields, verdicts: JSON.parse(String(verdicts)) },
  }))
}

/** What was counted is what is stored, and the sums add up. */
async function expectCounted(grove: Grove, run: string, records: Awaited<ReturnType<typeof outcomes>>) {
  const rounds = await grove.database.read(connection =>
    connection.selectFrom('round').selectAll().where('run', '=', run).execute(),
  )
  const tallies = sumTallies(rounds.map(({ tallies }) => ({ tallies: JSON.parse(String(tallies)) })))
  for (const [cell, tally] of Object.entries(tallies)) {
    const ended = (outcome: string) => records.filter(record => record.cell === cell && record.outcome === outcome)
    expect(ended('kept')).toHaveLength(tally.kept)
    expect(ended('rejected')).toHaveLength(sum(tally.rejected))
    expect(ended('surplus')).toHaveLength(tally.surplus)
    expect(tally.candidates).toBe(tally.yielded + sum(tally.rejected) + tally.surplus)
  }
}

it('fills every leaf alike, and tells nobody that a probe is a record', async () => {
  await using grove = await openGrove()
  const { end, run } = await grown(grove, {})
  expect(end.state).toBe('done')
  const records = await outcomes(grove)
  for (const [cell, wanted] of Object.entries(target))
    expect(records.filter(record => record.cell === cell && record.outcome === 'kept')).toHaveLength(wanted)
  expect(records.filter(({ verdicts }) => verdicts.at(-1)?.critic === 'probe')).toHaveLength(9)
  expect(run.targets).toEqual(target)
})

const say = (value: Json): ScriptedAnswer => ({ kind: 'reply', value })
const grade = (score: Json) => say({ explanation: 'so it is', score })
const refuse: ScriptedAnswer = { kind: 'refusal' }

/** What becomes of a question with such a word in it: who goes wrong over it and how, and which critic is to reject it. */
const fates: Record<string, { at: string; answer: ScriptedAnswer; by: string }> = {
  weakish: { at: 'question-check', answer: grade(0), by: 'question-check' },
  unclear: { at: 'question-check', answer: grade('great'), by: 'question-check' },
  beyond: { at: 'question-check', answer: grade(7), by: 'question-check' },
  chatty: { at: 'question-check', answer: say('I like it a lot.'), by: 'question-check' },
  mute: { at: 'question-check', answer: refuse, by: 'refused' },
  hollow: { at: 'answers', answer: say({ answer: ' ' }), by: 'valid' },
  lost: { at: 'answers', answer: say({ text: 'Yes.' }), by: 'answers' },
  declined: { at: 'answers', answer: refuse, by: 'refused' },
  cut: { at: 'answers', answer: { kind: 'reply', value: { answer: 'One could' }, finish: 'length' }, by: 'valid' },
  foreign: {
    at: 'answers',
    answer: say({ answer: 'Das ist hier eine deutsche Antwort, und niemand wollte sie.' }),
    by: 'language',
  },
  endless: { at: 'answers', answer: say({ answer: 'On and on it goes. '.repeat(80) }), by: 'shape' },
  feeble: { at: 'pair-check', answer: grade(1), by: 'pair-check' },
  silent: { at: 'pair-check', answer: say({ score: 3 }), by: 'pair-check' },
  middling: { at: 'pair-check', answer: grade(2), by: 'kept' },
  invented: { at: 'faithful', answer: grade(0), by: 'faithful' },
  garbled: { at: 'faithful', answer: grade('YES'), by: 'faithful' },
  astray: { at: 'relevant', answer: say({ explanation: '', subject: 1, complete: 0 }), by: 'relevant' },
  half: { at: 'relevant', answer: say({ explanation: '', subject: 1 }), by: 'relevant' },
  leaning: { at: 'self-contained', answer: grade(0), by: 'self-contained' },
  ignorant: { at: 'pairs', answer: refuse, by: 'answerable' },
  bare: { at: 'pairs', answer: refuse, by: 'valid' },
}
const ofPairs = new Set(['invented', 'garbled', 'astray', 'half', 'leaning', 'ignorant', 'bare'])
const seedQuestion = 'Which words mean about the same as cold?'
const twin = 'Is this the question that every reply has, word for word or nearly?'

const fateIn = (question: unknown) => Object.keys(fates).find(fate => String(question).includes(`(${fate})`))

/** Four questions a reply: two of some fate, then a good one, and now and then a seed or one that others have too. */
const faulty: Instead = (stage, request) => {
  const random = randomStream(JSON.stringify(request.messages))
  if (stage === 'questions' || stage === 'pairs') {
    const known = Object.keys(fates).filter(fate => ofPairs.has(fate) === (stage === 'pairs'))
    // In turn, by the number of the batch where the prompt says it, so that each comes up.
    const batch = Number(/batch (\d+)/i.exec(JSON.stringify(request.messages))?.[1] ?? random.uint32())
    const drawn = [0, 1].map(at => known[(2 * batch + at) % known.length]!)
    const questions = [
      ...drawn.map(fate => `What of (${fate}) ${random.uint32()}?`),
      `What of ${random.uint32()}, then?`,
    ]
    const fourth = random.pick([seedQuestion, twin, `${twin}!`, `${twin} Well?`, ''])
    return say({ items: [...questions, fourth].map(question => ({ question, ...answerTo(question) })) })
  }
  const fate = fates[fateIn(shownIn(request, 'question')) ?? '']
  return fate?.at === stage ? fate.answer : undefined
}

function answerTo(question: string): Record<string, string> {
  if (fateIn(question) === 'bare') return {}
  return { answer: fateIn(question) === 'ignorant' ? 'UNANSWERABLE.' : 'It is told here that they are there.' }
}

it('gives each candidate the outcome that is right, counts it, and fills the leaves all the same', async () => {
  await using grove = await openGrove()
  const wanted = Object.fromEntries(Object.values(leaves).map(leaf => [leaf, 25]))
  const { end, run } = await grown(grove, { instead: faulty, wanted })
  expect(end.state).toBe('done')
  const records = await outcomes(grove)
  const ends = records.map(({ cell, outcome, fields, verdicts }) => {
    const rejectedBy = verdicts.find(({ pass }: Verdict) => !pass)?.critic
    return { cell, question: fields.question, got: rejectedBy ?? outcome, fate: fateIn(fields.question) }
  })
  const unprobed = ends.filter(({ got }) => got !== 'probe')
  for (const { fate, got, question } of unprobed) {
    const { by } = fates[fate ?? ''] ?? { by: 'kept' }
    const isRepeated = [seedQuestion, twin].some(text => String(question ?? '').startsWith(text.slice(0, -1)))
    if (!question) expect(got).toBe('valid')
    else if (isRepeated) expect(['copy', 'unique', 'kept', 'surplus']).toContain(got)
    else if (by === 'kept') expect(['kept', 'surplus'], question).toContain(got)
    else expect(got, question).toBe(by)
  }
  expect(new Set(unprobed.map(({ fate }) => fate).filter(Boolean))).toEqual(new Set(Object.keys(fates)))
  const keptOf = (text: string, cell: string) =>
    ends.filter(
      each => each.got === 'kept' && each.cell === cell && String(each.question).startsWith(text.slice(0, -1)),
    )
  expect(keptOf(seedQuestion, leaves.freeform)).toEqual([])
  expect([...keptOf(twin, leaves.freeform), ...keptOf(twin, leaves.knowledge)].length).toBeLessThanOrEqual(2)
  expect(ends.filter(({ got }) => got === 'probe')).toHaveLength(9)
  for (const [cell, count] of Object.entries(wanted))
    expect(ends.filter(each => each.cell === cell && each.got === 'kept')).toHaveLength(count)
  await expectCounted(grove, run.id, records)
})

it.each([1, 2, 3, 4])('pays nothing twice when it is stopped between stages, and ends the same (%d)', async seed => {
  await using calm = await openGrove()
  const whole = await grown(calm, { concurrency: 1 })
  await using grove = await openGrove()
  const random = randomStream(`stops ${seed}`)
  const lives: ScriptedModel[] = []
  for (let life = 0; life < 40; life++) {
    const stopping = life < 5 ? { stopAfterMs: 50 + random.int(900) } : {}
    const { end, model } = await grown(grove, { ...stopping, concurrency: [8, 1, 32][life % 3]!, latencySeed: life })
    lives.push(model)
    if (end.state !== 'cancelled') break
  }
  expect(lives.length).toBeGreaterThan(2)
  const stored = await grove.database.read(connection => connection.selectFrom('call').select('key').execute())
  expect(lives.flatMap(replied)).toHaveLength(stored.length)
  expect(await grove.kept()).toEqual(await calm.kept())
  expect(whole.end.state).toBe('done')
})

it('asks for answers alone, and for what is judged of them, when the prompt of the answers changed', async () => {
  await using grove = await openGrove()
  const wanted = { [leaves.freeform]: 12, [leaves.grounded]: 12 }
  const first = await grown(grove, { wanted })
  const again = await grown(grove, { wanted })
  expect(again.model.calls).toEqual([])
  const changed = await grown(grove, {
    wanted,
    generator: await growable({}, 'Answer in one sentence.'),
    instead: (stage, { messages }) =>
      stage === 'answers' && /one sentence/.test(messages[1]!.content)
        ? say({ answer: 'In a sentence, this and that of it.' })
        : undefined,
  })
  const asked = stagesOf(changed.model)
  expect(new Set(asked)).toEqual(new Set(['answers', 'pair-check']))
  expect(asked.filter(stage => stage === 'answers')).toHaveLength(
    stagesOf(first.model).filter(stage => stage === 'answers').length,
  )
  expect(changed.end.state).toBe('done')
})

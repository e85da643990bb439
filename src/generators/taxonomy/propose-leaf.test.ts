/** What a unit proposes: good records whole, and for everything that a teacher can get wrong, a rejection that says so. */
import { describe, expect, it } from 'vitest'
import {
  type Instead,
  leaves,
  plannedTaxonomy,
  shownIn,
  stageOf,
  taxonomyTeacher,
} from '../../../test/taxonomy-tree.ts'
import type { Ask, Proposal } from '../../engine/define.ts'
import { UnitFault } from '../../engine/run-stop.ts'
import type { Json } from '../../model/json.ts'
import type { ScriptedRequest } from '../../testing/script.ts'
import { scriptedAsk } from '../../testing/scripted-ask.ts'
import { taxonomy } from '../taxonomy.ts'

type Kind = keyof typeof leaves

async function proposed(kind: Kind, instead?: Instead, params: Record<string, unknown> = {}, cellOrdinal = 1) {
  const { unit } = await plannedTaxonomy(params)
  const { ask, asked } = scriptedAsk(taxonomyTeacher(instead))
  const tried = unit(leaves[kind], { cellOrdinal })
  const proposals = await taxonomy.propose({ ...tried, ask })
  return { proposals, asked, stages: asked.map(stageOf), preview: taxonomy.preview!(tried) }
}

const rejections = (proposals: Proposal[]) =>
  proposals.map(({ verdicts = [] }) => verdicts.find(({ pass }) => !pass)?.critic ?? 'kept')
const reasons = (proposals: Proposal[]) => proposals.map(({ verdicts }) => verdicts?.at(-1)?.reason)

describe('a good reply', () => {
  it('makes questions and answers of a free-form skill, with what each judge said', async () => {
    const { proposals, stages } = await proposed('freeform')
    expect(proposals).toHaveLength(4)
    expect(Object.keys(proposals[0]!.fields!)).toEqual(['question', 'answer'])
    expect(proposals[0]!.verdicts).toMatchObject([
      { critic: 'question-check', pass: true, score: 1 },
      { critic: 'pair-check', pass: true, score: 3, reason: '3 of 3: It is good.' },
    ])
    expect(stages.slice(0, 5)).toEqual(['questions', ...Array(4).fill('question-check')])
    expect(stages).toHaveLength(13)
  })

  it('makes contexts of a grounded skill, and three questions on each', async () => {
    const { proposals, stages } = await proposed('grounded')
    expect(stages.filter(stage => stage === 'questions')).toHaveLength(2)
    expect(proposals).toHaveLength(6)
    expect(Object.keys(proposals[0]!.fields!)).toEqual(['question', 'answer', 'context'])
    expect(new Set(proposals.map(({ fields }) => fields!['context'])).size).toBe(2)
  })

  it('points from each record of knowledge to its passage, and says which variant of it was asked about', async () => {
    const { proposals, asked } = await proposed('knowledge')
    expect(proposals.map(({ fields }) => fields!['variant'])).toEqual([
      ...Array(2).fill('base_document'),
      ...Array(2).fill('spellcheck'),
    ])
    const [{ fields }] = proposals as [Proposal]
    expect(Object.keys(fields!)).toEqual(['question', 'answer', 'context', 'variant', 'source'])
    expect(fields!['source']).toMatchObject({ document: 'birds/wren.md', headings: expect.any(Array) })
    expect(asked[0]).toMatchObject({ once: true, role: 'teacher' })
    expect(asked.filter(({ role }) => role === 'critic')).toHaveLength(12)
  })

  it.each([
    ['summaries', ['base_document', 'summary_detailed', 'summary_extractive', 'summary_atomic_facts']],
    ['none', [undefined]],
  ])('grows knowledge from %s', async (variants, expected) => {
    const { proposals } = await proposed('knowledge', undefined, { variants })
    expect([...new Set(proposals.map(({ fields }) => fields!['variant']))]).toEqual(expected)
    expect(proposals).toHaveLength(4)
    for (const { fields } of proposals) expect(fields!['context']).toMatch(/wren/)
  })

  it.each<Kind>(['freeform', 'grounded', 'knowledge'])('in one call, with the simple pipeline: %s', async kind => {
    const { proposals, stages } = await proposed(kind, undefined, { pipeline: 'simple' })
    expect(stages).toEqual(['pairs'])
    expect(rejections(proposals)).toEqual(Array(4).fill('kept'))
    const { question, answer, context } = proposals[0]!.fields!
    expect([question, answer].every(Boolean)).toBe(true)
    expect(context === undefined).toBe(kind === 'freeform')
  })

  it('is in the languages that the recipe names, in turn', async () => {
    const said = async (cellOrdinal: number) => {
      const { asked } = await proposed('freeform', undefined, { languages: ['de', 'fr'] }, cellOrdinal)
      return /<language>\n(.*)\n<\/language>/.exec(asked[0]!.messages[1]!.content)?.[1]
    }
    expect([await said(1), await said(2), await said(3)]).toEqual(['French', 'German', 'French'])
    const { asked } = await proposed('freeform')
    expect(asked[0]!.messages[1]!.content).not.toContain('<language>')
  })
})

const item = (fields: Json) => ({ items: [fields, { question: 'A good one?', answer: 'Yes.', context: 'A text.' }] })
const only =
  (wanted: string, reply: Json | ((request: ScriptedRequest) => Json)): Instead =>
  (stage, request) => {
    if (stage !== wanted) return undefined
    if (reply === 'refusal') return { kind: 'refusal' }
    return { kind: 'reply', value: typeof reply === 'function' ? reply(request) : reply }
  }
const grade = (score: number) => ({ explanation: 'so it is', score })

describe('a bad reply', () => {
  it.each<[string, Kind, Instead, string[]]>([
    [
      'a copied seed',
      'freeform',
      only('questions', item({ question: 'WHICH words mean about the same as cold' })),
      ['copy', 'kept'],
    ],
    [
      'nearly a seed',
      'freeform',
      only('questions', item({ question: 'Which words mean about the same as colder?' })),
      ['copy', 'kept'],
    ],
    ['a repeated question', 'freeform', only('questions', item({ question: 'A good one' })), ['kept', 'copy']],
    ['an empty question', 'freeform', only('questions', item({ question: ' ' })), ['valid', 'kept']],
    ['a missing question', 'freeform', only('questions', item({ text: 'A lost one?' })), ['valid', 'kept']],
    ['a weak question', 'freeform', only('question-check', grade(0)), Array(4).fill('question-check')],
    ['an empty answer', 'freeform', only('answers', { answer: '' }), Array(4).fill('valid')],
    ['a weak pair', 'freeform', only('pair-check', grade(1)), Array(4).fill('pair-check')],
    ['a middling pair', 'freeform', only('pair-check', grade(2)), Array(4).fill('kept')],
    ['a refusal', 'freeform', only('answers', 'refusal'), Array(4).fill('refused')],
    ['a judge that refuses', 'freeform', only('pair-check', 'refusal'), Array(4).fill('refused')],
    [
      'a copied context',
      'grounded',
      only('contexts', {
        items: [{ context: 'The cold committee shall convene at its earliest convenience, notwithstanding.' }],
      }),
      ['copy'],
    ],
    [
      'nearly a context',
      'grounded',
      only('contexts', {
        items: [{ context: 'The colder committee shall convene at its earliest convenience, notwithstanding!' }],
      }),
      ['copy', 'copy', 'copy'],
    ],
    [
      'the request of the seeds',
      'grounded',
      only('questions', { items: [{ question: 'Could you say this in plain words?' }] }),
      ['kept', 'kept'],
    ],
    [
      'nothing to ask',
      'knowledge',
      only('pairs', { items: [{ question: 'None', answer: 'UNANSWERABLE.' }] }),
      ['answerable', 'answerable'],
    ],
    ['an empty list', 'knowledge', only('pairs', { items: [] }), []],
    ['an invented fact', 'knowledge', only('faithful', grade(0)), Array(4).fill('faithful')],
    [
      'half an answer',
      'knowledge',
      only('relevant', { explanation: '', subject: 1, complete: 0 }),
      Array(4).fill('relevant'),
    ],
    ['“this passage”', 'knowledge', only('self-contained', grade(0)), Array(4).fill('self-contained')],
    [
      'the same as it was',
      'knowledge',
      only('spelling', request => ({ corrected: shownIn(request, 'passage') })),
      Array(2).fill('kept'),
    ],
  ])('with %s is told apart (%s)', async (_, kind, instead, expected) => {
    const { proposals } = await proposed(kind, instead)
    expect(rejections(proposals)).toEqual(expected)
  })

  it('to the first question about one passage costs the other passages of its unit nothing', async () => {
    const { unit } = await plannedTaxonomy({ perPassage: 2, variants: 'none' })
    const { ask } = scriptedAsk(taxonomyTeacher())
    const failing = (which: (asked: number) => boolean): Ask => {
      let written = 0
      return request => {
        if (!request.messages[1]!.content.includes('with their answers from this') || !which(written++))
          return ask(request)
        return Promise.reject(new UnitFault('invalid-reply', 'nothing could be read'))
      }
    }
    const tried = unit(leaves.knowledge)
    const some = await taxonomy.propose({ ...tried, ask: failing(asked => asked === 0) })
    expect(some.map(({ reject }) => reject?.critic)).toEqual(['valid', undefined, undefined])
    await expect(taxonomy.propose({ ...tried, ask: failing(() => true) })).rejects.toThrow('nothing could be read')
  })

  it('of a passage that cannot be mended leaves the passage as it is to grow from', async () => {
    const { proposals } = await proposed('knowledge', only('spelling', { corrected: '' }))
    expect(proposals.length).toBeGreaterThan(0)
    expect(proposals.map(({ fields }) => fields?.['variant'])).toEqual(proposals.map(() => 'base_document'))
    expect(rejections(proposals)).toEqual(proposals.map(() => 'kept'))
  })

  it('costs no more than it has to: nobody is asked about a row that was rejected', async () => {
    const half = only('question-check', ({ ordinal }) => grade(ordinal % 2))
    const { stages, proposals } = await proposed('freeform', half)
    expect(rejections(proposals).sort()).toEqual(['kept', 'kept', 'question-check', 'question-check'])
    expect(stages.filter(stage => stage === 'answers')).toHaveLength(2)
  })

  it('is kept if the recipe wants no better', async () => {
    const { proposals } = await proposed('freeform', only('pair-check', grade(1)), { keep: { 'pair-check': 1 } })
    expect(rejections(proposals)).toEqual(Array(4).fill('kept'))
  })
})

it('takes as many passages as the records of a unit need, the next unit the next ones', async () => {
  const { unit } = await plannedTaxonomy({ perPassage: 2, perCall: 4 })
  const passagesOf = async (cellOrdinal: number) => {
    const { ask } = scriptedAsk(taxonomyTeacher())
    const proposals = await taxonomy.propose({ ...unit(leaves.knowledge, { cellOrdinal }), ask })
    return proposals.map(({ fields }) => JSON.stringify(fields!['source']))
  }
  const [first, second] = [await passagesOf(1), await passagesOf(2)]
  expect([first.length, second.length]).toEqual([4, 4])
  expect(new Set([...first, ...second]).size).toBe(4)
  const preview = taxonomy.preview!(unit(leaves.knowledge))
  expect(preview.map(({ stage, times }) => [stage, times])).toEqual([
    ['spelling', 2],
    ['pairs', 4],
    ...['faithful', 'relevant', 'self-contained'].map(judge => [judge, 4]),
  ])
})

describe('probes', () => {
  const probes = (proposals: Proposal[]) =>
    proposals.filter(({ verdicts }) => verdicts!.some(({ critic }) => critic === 'probe'))

  it('ask seeds unseen in the first unit alone, and are findings, not records', async () => {
    const { proposals, preview, stages } = await proposed('freeform', undefined, {}, 0)
    const found = probes(proposals)
    expect(found).toHaveLength(3)
    expect(found.map(({ verdicts }) => verdicts!.map(({ critic, pass, score }) => [critic, pass, score]))).toEqual(
      Array(3).fill([['probe', false, 1]]),
    )
    expect(reasons(found)[0]).toMatch(/answered as the seed has it/)
    expect(rejections(proposals)).toEqual([...Array(4).fill('kept'), ...Array(3).fill('probe')])
    expect(preview.find(({ stage }) => stage === 'unseen')).toMatchObject({ times: 3 })
    expect(stages.filter(stage => stage === 'unseen')).toHaveLength(3)
    expect(probes((await proposed('freeform')).proposals)).toEqual([])
    expect(probes((await proposed('freeform', undefined, { probe: 0 }, 0)).proposals)).toEqual([])
  })

  it('score 0 where the teacher does not know, and say so where nobody can tell', async () => {
    const { proposals } = await proposed('freeform', only('probe', grade(0)), {}, 0)
    expect(probes(proposals).map(({ verdicts }) => verdicts![0]!.score)).toEqual([0, 0, 0])
    expect(reasons(probes(proposals))[0]).toMatch(/not answered as the seed has it/)
    const refused = (await proposed('freeform', only('unseen', 'refusal'), {}, 0)).proposals
    expect(rejections(refused)).toEqual([...Array(4).fill('kept'), ...Array(3).fill('refused')])
  })

  it('that bring no usable reply cost the others and the records nothing', async () => {
    const { unit } = await plannedTaxonomy()
    const { ask } = scriptedAsk(taxonomyTeacher())
    const failing: Ask = request =>
      request.messages[1]!.content.includes('same as cold?\n</question>\n\nAnswer it as well')
        ? Promise.reject(new UnitFault('invalid-reply', 'nothing could be read'))
        : ask(request)
    const proposals = await taxonomy.propose({ ...unit(leaves.freeform, { cellOrdinal: 0 }), ask: failing })
    const ends = proposals.map(({ reject, verdicts }) => reject?.reason ?? verdicts!.at(-1)!.score)
    expect(ends.slice(4)).toEqual(['no usable reply: nothing could be read', 1, 1])
    expect(proposals[4]!.reject!.critic).toBe('probe')
  })

  it('show neither answers nor, of knowledge, the context; of a grounded skill, the context', async () => {
    const unseen = async (kind: Kind) => {
      const { asked } = await proposed(kind, undefined, { probe: 7 }, 0)
      return asked.filter(request => stageOf(request) === 'unseen').map(({ messages }) => messages[1]!.content)
    }
    const knowledge = await unseen('knowledge')
    expect(knowledge).toHaveLength(7)
    for (const text of knowledge) {
      expect(text).not.toMatch(/singing|Context \d/)
      expect(text).toMatch(/robin/)
    }
    for (const text of await unseen('grounded')) expect(text).toMatch(/<context>\nThe \w+ committee shall/)
  })
})

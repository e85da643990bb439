/** Suites put to a target. */
import { describe, expect, it } from 'vitest'
import type { Entity, Example } from '../model/example.ts'
import type { Predicted, Target } from '../model/prediction.ts'
import { casesText, readCases } from './cases-file.ts'
import { generateCases } from './generate-cases.ts'
import { type RunCasesOptions, runCases } from './run-cases.ts'
import { readSuite } from './suite.ts'
import { suiteReport } from './suite-report.ts'

function targetOf(task: Target['task'], predict: (text: string) => Predicted) {
  const asked: string[] = []
  const target: Target = {
    ...{ name: 'fake', kind: 'fake', task },
    predict: async texts => {
      asked.push(...texts)
      return texts.map(predict)
    },
  }
  return { target, asked }
}

const labelled = (...labels: string[]): Predicted => ({ labels: labels.map(label => ({ label })), entities: [] })
const found = (text: string, ...words: [string, string][]): Predicted => ({
  labels: [],
  entities: words.flatMap(([word, label]) => entitiesOf(text, word, label)),
})

function entitiesOf(text: string, word: string, label: string): Entity[] {
  const start = text.indexOf(word)
  return start < 0 ? [] : [{ start, end: start + word.length, label }]
}

const topics: Example[] = [
  { id: '1', text: 'Where is my card', labels: ['card'], entities: [] },
  { id: '2', text: 'My Card is lost', labels: ['loss'], entities: [] },
  { id: '3', text: 'Thank you', labels: ['thanks'], entities: [] },
]
const people: Example[] = ['Ada lives in Paris', 'Nobody is here', 'Eve met Bob'].map((text, at) => ({
  ...{ id: String(at), text, labels: [] },
  entities: [...entitiesOf(text, 'Ada', 'PER'), ...entitiesOf(text, 'Paris', 'LOC'), ...entitiesOf(text, 'Eve', 'PER')],
}))

async function run(
  tests: string,
  examples: Example[],
  target: Target | undefined,
  more: Partial<RunCasesOptions> = {},
) {
  const suite = readSuite(`tests: {${tests}}`, 's')
  const task = target?.task ?? 'classification'
  const generated = await generateCases(suite, examples, { task })
  const made = await runCases({ suite, cases: generated.cases, examples, task, target, ...more })
  return { ...suiteReport(suite, made, generated), run: made }
}

const outcomes = ({ run: { tests } }: Awaited<ReturnType<typeof run>>, test = 0) =>
  Object.fromEntries(tests[test]!.results.map(({ id, outcome }) => [id.split('/')[1], outcome]))

describe('runCases, for labels', () => {
  const bySmallLetters = (text: string) =>
    labelled(text.includes('card') ? 'card' : text.includes('Card') ? 'loss' : 'other')

  it('expects what the model says of the original, unless gold labels are asked for', async () => {
    const { target } = targetOf('classification', bySmallLetters)
    expect(outcomes(await run('robustness: {lowercase: }', topics, target))).toEqual({
      1: 'pass',
      2: 'fail',
      3: 'pass',
    })
    const gold = await run('robustness: {lowercase: }', topics, target, { expected: 'gold' })
    expect(outcomes(gold)).toEqual({ 1: 'pass', 2: 'fail', 3: 'fail' })
    expect(gold.meaning).toBe('what the data say of the original text')
    expect(gold.results.find(({ id }) => id === 'lowercase/2')).toMatchObject({
      ...{ original: 'My Card is lost', test_case: 'my card is lost', expected_result: 'loss', actual_result: 'card' },
      pass: false,
    })
  })

  it('asks for each text once, however many tests it stands in', async () => {
    const { target, asked } = targetOf('classification', bySmallLetters)
    await run(
      'robustness: {lowercase: , uppercase: }, accuracy: {min_micro_f1_score: }',
      [...topics, { ...topics[0]!, id: '4' }],
      target,
    )
    expect(asked.length).toBe(new Set(asked).size)
    expect(asked.length).toBe(9)
  })

  it('compares several labels as a set', async () => {
    const { target } = targetOf('classification', text =>
      /[a-z]/.test(text) ? labelled('a', 'b') : labelled('b', 'a'),
    )
    expect(outcomes(await run('robustness: {uppercase: }', topics, target))).toEqual({
      1: 'pass',
      2: 'pass',
      3: 'pass',
    })
    const { target: fewer } = targetOf('classification', text =>
      /[a-z]/.test(text) ? labelled('a', 'b') : labelled('a'),
    )
    expect(outcomes(await run('robustness: {uppercase: }', topics, fewer))[1]).toBe('fail')
  })

  it('keeps what has no answer apart, for the case or its original, so that it never passes', async () => {
    const failed = { failed: { code: 'timeout', message: 'no answer in 30 s' } }
    const { target } = targetOf('classification', text =>
      text === 'WHERE IS MY CARD' || text === 'Thank you' ? failed : labelled('same'),
    )
    const made = await run('robustness: {uppercase: {min_pass_rate: 0.5}}', topics, target)
    expect(outcomes(made)).toEqual({ 1: 'error', 2: 'pass', 3: 'error' })
    expect(made.rows[0]).toMatchObject({ pass_count: 1, fail_count: 0, errors: 2, pass_rate: 1, pass: false })
    expect(made.notes).toContain('2 cases have no answer: no answer in 30 s')
    expect(made.results.filter(({ error }) => error === 'no answer in 30 s')).toHaveLength(2)
  })

  it('scores the originals against the data', async () => {
    const { target } = targetOf('classification', text => labelled(text.startsWith('Thank') ? 'card' : 'loss'))
    const made = await run(
      'accuracy: {min_accuracy_score: {min_score: 0.3}, min_f1_score: {min_score: {loss: 0.6, card: 0.1}}}',
      topics,
      target,
    )
    expect(
      made.rows.map(({ test_type, pass_rate, minimum_pass_rate, pass }) => [
        test_type,
        pass_rate,
        minimum_pass_rate,
        pass,
      ]),
    ).toEqual([
      ['min_accuracy_score', 1, 1, true],
      ['min_f1_score', 0.5, 1, false],
    ])
    expect(
      made.results.map(({ test_case, expected_result, actual_result }) => [test_case, expected_result, actual_result]),
    ).toEqual([
      ['all', '≥ 0.3', '0.3333'],
      ['loss', '≥ 0.6', '0.6667'],
      ['card', '≥ 0.1', '0'],
    ])
  })

  it('needs no target for tests of the data alone', async () => {
    const made = await run(
      'representation: {min_label_representation_count: {min_count: {card: 1, refund: 1}}}',
      topics,
      undefined,
    )
    expect(made).toMatchObject({ target: null, pass: false })
    expect(made.rows[0]).toMatchObject({ pass_count: 1, fail_count: 1, minimum_pass_rate: 0.65, interval: null })
    await expect(run('robustness: {uppercase: }', topics, undefined)).rejects.toThrow('none is given')
  })

  it('refuses gold labels where there are none, and cases of other texts', async () => {
    const { target } = targetOf('classification', () => labelled('a'))
    const bare = topics.map(each => ({ ...each, labels: [] }))
    await expect(run('robustness: {uppercase: }', bare, target, { expected: 'gold' })).rejects.toThrow(
      'None of the 3 texts',
    )
    const other = topics.map(each => ({ ...each, text: `${each.text}!` }))
    await expect(
      run('robustness: {uppercase: }', topics, target, { expected: 'gold', examples: other }),
    ).rejects.toThrow('another text than the data now have')
  })

  it('stops when it is told to, and tells how far it is', async () => {
    const { target } = targetOf('classification', () => labelled('a'))
    const seen: number[] = []
    await run('robustness: {uppercase: }', topics, target, { observe: ({ done, all }) => seen.push(done / all) })
    expect(seen.at(-1)).toBe(1)
    await expect(
      run('robustness: {uppercase: }', topics, target, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({
      code: 'interrupted',
    })
  })

  it('refuses a target that gives fewer answers than there are texts', async () => {
    const target: Target = { name: 'short', kind: 'fake', task: 'classification', predict: async () => [] }
    await expect(run('robustness: {uppercase: }', topics, target)).rejects.toThrow('short gave 0 answers for 6 texts.')
  })
})

describe('runCases, for entities', () => {
  const names: [string, string][] = [
    ['Ada', 'PER'],
    ['Paris', 'LOC'],
    ['Eve', 'PER'],
    ['Description', 'MISC'],
  ]
  const context = 'add_context: {parameters: {starting_context: ["Description:"], strategy: start}}'

  it('moves what is expected with the edits, and passes over what is found in added context', async () => {
    const { target } = targetOf('entities', text => found(text, ...names))
    expect(outcomes(await run(`robustness: {${context}}`, people, target))).toEqual({ 0: 'pass', 1: 'pass', 2: 'pass' })
    const then =
      'multiple_perturbations: {parameters: {add_context: {starting_context: ["Description:"], strategy: start}}, perturbations1: [add_context, uppercase]}'
    const upper = targetOf('entities', text =>
      found(text, ...names, ...names.map(([word, label]): [string, string] => [word.toUpperCase(), label])),
    )
    expect(outcomes(await run(`robustness: {${then}}`, people, upper.target))).toEqual({
      0: 'pass',
      1: 'pass',
      2: 'pass',
    })
  })

  it('fails on another label, a missing entity, one too many, or one a letter off', async () => {
    const inSmall = (text: string, changed: [string, string][]) =>
      targetOf('entities', each =>
        found(each, ...(each === text ? changed : names.map(([w, l]): [string, string] => [w, l]))),
      ).target
    const upper = 'ADA LIVES IN PARIS'
    const right: [string, string][] = [
      ['ADA', 'PER'],
      ['PARIS', 'LOC'],
    ]
    const wrong: [string, string][][] = [
      [right[0]!],
      [right[0]!, ['PARIS', 'PER']],
      [...right, ['LIVES', 'PER']],
      [right[0]!, ['PARI', 'LOC']],
    ]
    const outcome = async (changed: [string, string][]) =>
      outcomes(await run('robustness: {uppercase: }', people, inSmall(upper, changed)))[0]
    expect(await outcome(right)).toBe('pass')
    for (const changed of wrong) expect(await outcome(changed)).toBe('fail')
  })

  it('compares with the entities of the data where gold is expected', async () => {
    const { target } = targetOf('entities', text => found(text.toLowerCase(), ['ada', 'PER'], ['paris', 'LOC']))
    expect(outcomes(await run('robustness: {lowercase: }', people, target, { expected: 'gold' }))).toEqual({
      ...{ 0: 'pass', 1: 'pass', 2: 'fail' },
    })
  })

  it('gives the rate over texts where either side has an entity beside the plain one', async () => {
    const { target } = targetOf('entities', text => found(text, ['Ada', 'PER'], ['EVE', 'PER']))
    const made = await run('robustness: {uppercase: }', people, target)
    expect(made.rows[0]).toMatchObject({ pass_count: 1, fail_count: 2, entity_cases: 2, entity_pass_rate: 0 })
    expect(made.results[0]).toMatchObject({ expected_result: 'ADA: PER', actual_result: '' })
  })

  it('does not compare what a person’s edit took apart, and compares the rest', async () => {
    const suite = readSuite('tests: {robustness: {uppercase: }}', 's')
    const { cases } = await generateCases(suite, people, { task: 'entities' })
    const edited = cases.map(each => ({ ...each, testCase: each.testCase.replace('PARIS', 'PAR') }))
    const read = await readCases(casesText(edited, 'csv'), 'f', 'csv', cases)
    const outcome = async (...words: [string, string][]) => {
      const { target } = targetOf('entities', text => found(text, ...names, ...words))
      const { tests } = await runCases({ suite, cases: read.cases, examples: people, task: 'entities', target })
      return tests[0]!.results[0]!.outcome
    }
    expect(await outcome(['ADA', 'PER'], ['PAR', 'LOC'])).toBe('pass')
    expect(await outcome(['ADA', 'PER'])).toBe('pass')
    expect(await outcome(['PAR', 'LOC'])).toBe('fail')
  })
})

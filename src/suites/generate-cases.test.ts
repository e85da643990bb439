/** Test cases made from examples. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Example } from '../model/example.ts'
import { replaySteps } from '../perturbations/perturb-example.ts'
import { generateCases } from './generate-cases.ts'
import { readSuite } from './suite.ts'

function example(id: string, text: string, marks: [word: string, label: string][] = []): Example {
  const entities = marks.map(([word, label]) => {
    const start = text.indexOf(word)
    return { start, end: start + word.length, label }
  })
  return { id, text, labels: ['topic'], entities }
}

const examples = [
  example('a', 'Ada Lovelace went to Paris', [
    ['Ada Lovelace', 'PER'],
    ['Paris', 'LOC'],
  ]),
  example('b', 'ALL IN CAPITALS'),
  example('c', 'Where is my card?'),
  example('d', 'Bob met Ada in Rome', [
    ['Bob', 'PER'],
    ['Ada', 'PER'],
    ['Rome', 'LOC'],
  ]),
]
const suiteOf = (tests: string, more = '') => readSuite(`${more}\ntests: {robustness: {${tests}}}`, 's')

describe('generateCases', () => {
  it('drops what equals the original, and counts it', async () => {
    const { cases, tests, notes } = await generateCases(suiteOf('uppercase: '), examples, { task: 'classification' })
    expect(cases.map(({ id, testCase }) => [id, testCase])).toEqual([
      ['uppercase/a', 'ADA LOVELACE WENT TO PARIS'],
      ['uppercase/c', 'WHERE IS MY CARD?'],
      ['uppercase/d', 'BOB MET ADA IN ROME'],
    ])
    expect(tests).toEqual([{ test: 'uppercase', cases: 3, unchanged: 1 }])
    expect(notes).toEqual(['Removed, since the test left them as they were: uppercase 1 of 4.'])
  })

  it('gives each example the same case whatever else is in the suite or the data', async () => {
    const prob = '{prob: 0.5}'
    const alone = await generateCases(suiteOf(`lowercase: ${prob}`), examples, { task: 'classification', seed: 3 })
    const among = await generateCases(
      suiteOf(`uppercase: ${prob}, lowercase: ${prob}, add_typo: `),
      [example('new', 'Something New'), ...examples.toReversed()],
      { task: 'classification', seed: 3 },
    )
    const byId = new Map(among.cases.map(each => [each.id, each]))
    expect(alone.cases.length).toBeGreaterThan(1)
    for (const each of alone.cases) expect(byId.get(each.id)).toEqual(each)
  })

  it('gives other cases for another seed, and takes the suite’s where none is given', async () => {
    const texts = async (more: string, seed?: number) => {
      const options = { task: 'classification' as const, ...(seed !== undefined && { seed }) }
      return (await generateCases(suiteOf('lowercase: {prob: 0.5}', more), examples, options)).cases
    }
    expect(await texts('', 1)).not.toEqual(await texts('', 2))
    expect(await texts('seed: 2')).toEqual(await texts('', 2))
  })

  it('names a chain by its tests, and moves entities through all of them', async () => {
    const chain = 'multiple_perturbations: {perturbations1: [add_context, uppercase]}'
    const { cases } = await generateCases(suiteOf(chain), examples, { task: 'entities' })
    expect(new Set(cases.map(({ test }) => test))).toEqual(new Set(['add_context-uppercase']))
    const made = cases.find(each => each.example === 'a')!
    expect(made.entities.map(({ start, end }) => made.testCase.slice(start, end))).toEqual(['ADA LOVELACE', 'PARIS'])
    expect(made.steps.map(({ kind }) => kind)).toEqual(['add_context', 'uppercase'])
  })

  it('has steps that replay to each case, with its entities', async () => {
    const tests = 'add_context: , swap_entities: , titlecase: {prob: 0.5}, add_typo: '
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), async seed => {
        const { cases } = await generateCases(suiteOf(tests), examples, { task: 'entities', seed })
        for (const { original, originalEntities, testCase, entities, steps } of cases) {
          expect(replaySteps({ text: original, entities: originalEntities }, steps)).toEqual({
            text: testCase,
            entities,
          })
        }
      }),
      { numRuns: 20 },
    )
  })

  it('stops at the most texts a test, the same ones for all tests, and passes over those that make no case', async () => {
    const many = Array.from({ length: 50 }, (_, at) => example(String(at), at % 2 === 0 ? `Text ${at}` : 'CAPITALS'))
    const { cases, tests } = await generateCases(suiteOf('uppercase: , titlecase: ', 'count: 10'), many, {
      task: 'classification',
    })
    expect(tests.map(each => each.cases)).toEqual([10, 10])
    const upper = cases.filter(({ test }) => test === 'uppercase').map(each => Number(each.example))
    expect(upper).toEqual(upper.toSorted((a, b) => a - b))
    expect(upper).not.toEqual(Array.from({ length: 10 }, (_, at) => 2 * at))
  })

  it('refuses tests that do not suit the task', async () => {
    const made = generateCases(suiteOf('swap_entities: '), examples, { task: 'classification' })
    await expect(made).rejects.toThrow('Not for models that give labels, but entities: swap_entities.')
  })

  it('rewords by the provider that is given, keeps what failed apart, and refuses without one', async () => {
    const suite = suiteOf('paraphrase: ')
    const paraphrase = async (texts: readonly string[]) =>
      texts.map((text, at) => [`${text}, in other words`, undefined, text, 'New'][at])
    const { cases, tests, notes } = await generateCases(suite, examples, { task: 'classification', paraphrase })
    expect(cases.map(({ id, testCase }) => [id, testCase])).toEqual([
      ['paraphrase/a', 'Ada Lovelace went to Paris, in other words'],
      ['paraphrase/d', 'New'],
    ])
    expect(tests).toEqual([{ test: 'paraphrase', cases: 2, unchanged: 1 }])
    expect(notes.at(-1)).toContain('failed for 1')
    await expect(generateCases(suite, examples, { task: 'classification' })).rejects.toThrow('needs a provider')
  })
})

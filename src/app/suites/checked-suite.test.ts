/** A suite from elsewhere than a file: the rules of files, told in its own members. */
import { expect, it } from 'vitest'
import type { Suite, SuiteEntry } from '../../suites/suite.ts'
import { checkedSuite } from './checked-suite.ts'

const suiteOf = (tests: SuiteEntry[], more: Partial<Suite> = {}): Suite => ({ tests, other: {}, notes: [], ...more })
const uppercase: SuiteEntry = { category: 'robustness', kind: 'uppercase' }

it.each<[string, SuiteEntry]>([
  ['tests.1.prob', { category: 'robustness', kind: 'add_typo', prob: 2 }],
  ['tests.1.minPassRate', { category: 'robustness', kind: 'add_typo', minPassRate: -1 }],
  ['tests.1.parameters.count', { category: 'robustness', kind: 'add_typo', parameters: { count: 'many' } }],
  ['tests.1.parameters.nothing', { category: 'accuracy', kind: 'min_micro_f1_score', parameters: { nothing: 1 } }],
  [
    'tests.1.chains.0.1',
    { category: 'robustness', kind: 'multiple_perturbations', chains: [['lowercase', 'nonsense']] },
  ],
  ['tests.1.kind', uppercase],
])('names %s where that is wrong', (path, entry) => {
  const fault = () => checkedSuite(suiteOf([uppercase, entry]))
  expect(fault).toThrow(expect.objectContaining({ code: 'bad-input' }))
  try {
    fault()
  } catch (error) {
    const paths = (error as { details: { errors: { path: string }[] } }).details.errors.map(each => each.path)
    expect(paths).toContain(path)
  }
})

it('keeps all that a suite says where nothing is wrong', () => {
  const given = suiteOf([uppercase, { category: 'robustness', kind: 'add_typo', minPassRate: 0.9, prob: 0.5 }], {
    ...{ name: 's', minPassRate: 0.8, count: 10, seed: 3, expected: 'gold' },
  })
  expect(checkedSuite(given)).toEqual(given)
})

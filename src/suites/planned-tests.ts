/** A suite as the list of tests it comes to: chains apart, minimums settled, each one row of a report. */
import { CultivarError } from '../model/error.ts'
import type { Task } from '../model/example.ts'
import type { Json } from '../model/json.ts'
import type { Suite, SuiteEntry } from './suite.ts'
import { findSuiteTest, type SuiteTest } from './suite-tests.ts'

const defaultMinPassRate = 0.65

export interface PlannedTest {
  /** As reports name it: of a chain the names of its tests, joined by “-”. */
  name: string
  test: SuiteTest
  /** The test’s own, else the suite’s, else .65; for accuracy always 1, since each score has its own bound. */
  minPassRate: number
  prob: number
  parameters: Record<string, Json>
  /** The perturbations put to a text, in order; absent where no text is changed by one. */
  chain?: string[]
  /** Whether its texts may have other labels than the originals. */
  mayChangeLabel: boolean
}

/**
 * In the order of the suite.
 *
 * @throws CultivarError `bad-input` for tests that do not exist or do not suit the task.
 */
export function plannedTests(suite: Suite, task: Task): PlannedTest[] {
  const planned = suite.tests.flatMap(entry => plannedOf(suite, entry))
  const unsuitable = planned.filter(({ test, chain }) => ![test, ...(chain ?? []).map(knownTest)].every(suits))
  if (unsuitable.length === 0) return planned
  const names = unsuitable.map(({ name }) => name).join(', ')
  const [own, other] = task === 'entities' ? ['entities', 'labels'] : ['labels', 'entities']
  throw new CultivarError(
    'bad-input',
    `Not for models that give ${own}, but ${other}: ${names}.`,
    'Take these out of the suite, or put it to the other kind of model.',
    { tests: unsuitable.map(({ name }) => name), task },
  )

  function suits({ tasks }: SuiteTest): boolean {
    return tasks.includes(task)
  }
}

function plannedOf(suite: Suite, { kind, minPassRate, prob = 1, parameters = {}, chains }: SuiteEntry): PlannedTest[] {
  const test = knownTest(kind)
  const least = test.category === 'accuracy' ? 1 : (minPassRate ?? suite.minPassRate ?? defaultMinPassRate)
  const shared = { test, minPassRate: least, prob: test.prob ? prob : 1 }
  const ofChain = (name: string, chain: string[], own: PlannedTest['parameters']): PlannedTest => {
    const mayChangeLabel = chain.some(each => knownTest(each).mayChangeLabel)
    return { ...shared, name, chain, parameters: own, mayChangeLabel }
  }
  if (chains) {
    return chains.map(chain => {
      const own = Object.entries(parameters).filter(([name]) => chain.includes(name))
      return ofChain(chain.join('-'), chain, Object.fromEntries(own))
    })
  }
  if (test.way === 'perturbation') return [ofChain(kind, [kind], parameters)]
  return [{ ...shared, name: kind, parameters, mayChangeLabel: test.mayChangeLabel ?? false }]
}

function knownTest(kind: string): SuiteTest {
  const test = findSuiteTest(kind)
  if (test) return test
  throw new CultivarError('bad-input', `There is no test “${kind}”.`, '“cultivar suites tests” lists them all.')
}

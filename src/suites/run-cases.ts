/** Puts a suite to a target: asks it for every text once, and compares case by case. */
import { CultivarError } from '../model/error.ts'
import type { Example, Task } from '../model/example.ts'
import { isFailed, type Predicted, type Prediction, type Target } from '../model/prediction.ts'
import { compareCase } from './compare-case.ts'
import { drawnOrder, type TestCase } from './generate-cases.ts'
import type { AnyMeasuredTest } from './measured-test.ts'
import { type PlannedTest, plannedTests } from './planned-tests.ts'
import { predictTexts } from './predict-texts.ts'
import type { Expected, Suite } from './suite.ts'

/** One test case with what came of it, or one group of a measured test. */
export interface CaseResult {
  /** Of the case; of a group its test and name. */
  id: string
  original: string
  testCase: string
  expected: string
  actual: string
  /** `error`: the target gave no usable answer, for the case or for its original. */
  outcome: 'pass' | 'fail' | 'error'
  /** Why there is no answer. */
  reason?: string
  /** For entities: whether either side has one. */
  hasEntities?: boolean
}

export interface TestRun {
  planned: PlannedTest
  results: CaseResult[]
}

export interface SuiteRun {
  task: Task
  expected: Expected
  seed: number
  /** Undefined where the suite looks at the data alone. */
  target?: string
  tests: TestRun[]
  /** Texts there were, and texts the target was asked for, each once. */
  sizes: { examples: number; cases: number; texts: number }
  notes: string[]
}

export interface RunCasesOptions {
  suite: Suite
  /** As `generateCases` made them and a person may have edited them since. */
  cases: readonly TestCase[]
  /** The texts that they were made from. */
  examples: readonly Example[]
  task: Task
  /** Not needed where the suite looks at the data alone. */
  target?: Target | undefined
  /** Default: that of the suite, else `prediction`. */
  expected?: Expected | undefined
  /** Default: that of the suite, else 0. Decides which texts are scored where the suite takes only some. */
  seed?: number | undefined
  signal?: AbortSignal | undefined
  observe?: ((progress: { done: number; all: number }) => void) | undefined
}

/**
 * A text that the target has no answer for never passes and never fails: it is an `error`, and the others count.
 *
 * @throws CultivarError `bad-input` where a target or labels are missing; what the target throws.
 */
export async function runCases(options: RunCasesOptions): Promise<SuiteRun> {
  const { suite, cases, examples, task, target } = options
  const { expected = suite.expected ?? 'prediction', seed = suite.seed ?? 0 } = options
  const planned = plannedTests(suite, task)
  const scores = planned.some(({ test }) => test.way === 'measure' && test.test.needs === 'predictions')
  if (scores || (expected === 'gold' && cases.length > 0)) requireLabels(examples, task)
  const scored = scores
    ? drawnOrder(examples.length, suite, seed)
        .slice(0, suite.count)
        .map(at => examples[at]!)
    : []
  const answers = await askedOnce(options, expected, scored)
  const byId = new Map(examples.map(example => [example.id, example]))
  const byTest = Map.groupBy(cases, ({ test }) => test)
  const notes: string[] = []
  const tests = planned.map((each): TestRun => {
    const { test, name } = each
    if (test.way === 'measure') {
      const own = test.test.needs === 'data' ? examples : scored
      return { planned: each, results: measuredResults(test.test, each, own, answers, task, notes) }
    }
    const results = (byTest.get(name) ?? []).map(testCase => caseResult(testCase, byId, answers, task, expected))
    return { planned: each, results }
  })
  return {
    ...{ task, expected, seed, tests, notes: [...new Set(notes)] },
    ...(target && answers.size > 0 && { target: target.name }),
    sizes: { examples: examples.length, cases: cases.length, texts: answers.size },
  }
}

async function askedOnce(
  { cases, target, signal, observe }: RunCasesOptions,
  expected: Expected,
  scored: readonly Example[],
): Promise<Map<string, Predicted>> {
  const originals = expected === 'prediction' ? cases.map(({ original }) => original) : []
  const texts = [...scored.map(({ text }) => text), ...originals, ...cases.map(({ testCase }) => testCase)]
  if (texts.length === 0) return new Map()
  if (target) return predictTexts(target, texts, { ...(signal && { signal }), ...(observe && { observe }) })
  throw new CultivarError(
    'bad-input',
    'This suite asks a model, and none is given.',
    'Name the model to be tested. Without one, a suite may hold tests of representation only.',
  )
}

function requireLabels(examples: readonly Example[], task: Task): void {
  const labelled = examples.some(({ labels, entities }) => (task === 'entities' ? entities : labels).length > 0)
  if (labelled) return
  const [what, where] = task === 'entities' ? ['an entity', 'mark some'] : ['a label', 'label some']
  throw new CultivarError(
    'bad-input',
    `None of the ${examples.length} texts has ${what} to compare with.`,
    `Take labelled texts (or ${where}), leave out tests of fairness and accuracy, and expect what the model says of the originals.`,
  )
}

function caseResult(
  testCase: TestCase,
  examples: ReadonlyMap<string, Example>,
  answers: ReadonlyMap<string, Predicted>,
  task: Task,
  expected: Expected,
): CaseResult {
  const { id, original, testCase: text } = testCase
  const shown = { id, original, testCase: text }
  const [onOriginal, actual] = [answers.get(original), answers.get(text)!]
  const needed = expected === 'prediction' ? [onOriginal!, actual] : [actual]
  const missing = needed.find(isFailed)
  if (missing) return { ...shown, expected: '', actual: '', outcome: 'error', reason: missing.failed.message }
  const right = expected === 'gold' ? goldOf(testCase, examples) : predictedLabels(onOriginal as Prediction)
  const { pass, ...compared } = compareCase(task, testCase, right, actual as Prediction)
  return { ...shown, ...compared, outcome: pass ? 'pass' : 'fail' }
}

function predictedLabels({ labels, entities }: Prediction) {
  return { labels: labels.map(({ label }) => label), entities }
}

function goldOf({ id, example, original }: TestCase, examples: ReadonlyMap<string, Example>): Example {
  const found = examples.get(example)
  if (found?.text === original) return found
  throw new CultivarError(
    'bad-input',
    `The test case “${id}” is of another text than the data now have.`,
    'Generate the test cases anew.',
    { id, example },
  )
}

function measuredResults(
  test: AnyMeasuredTest,
  { name, parameters }: PlannedTest,
  examples: readonly Example[],
  answers: ReadonlyMap<string, Predicted>,
  task: Task,
  notes: string[],
): CaseResult[] {
  const answered = test.needs === 'data' ? examples : examples.filter(({ text }) => !isFailed(answers.get(text)!))
  const predictions = test.needs === 'data' ? [] : answered.map(({ text }) => answers.get(text) as Prediction)
  const missing = examples.length - answered.length
  if (missing > 0) notes.push(`${missing} of ${examples.length} texts have no answer and no part in the scores.`)
  if (answered.length === 0) {
    const reason = examples.length === 0 ? 'there is no text' : 'no text has an answer'
    return [{ ...groupShown(name, '-'), expected: '', actual: '', outcome: 'error', reason }]
  }
  const { measured, notes: said = [] } = test.measure({
    params: test.params.parse(parameters),
    task,
    examples: answered,
    predictions,
  })
  notes.push(...said)
  return measured.map(({ group, bound, actual }) => ({
    ...groupShown(name, group),
    expected: `${test.atMost ? '≤' : '≥'} ${bound}`,
    actual: String(Number(actual.toFixed(4))),
    outcome: (test.atMost ? actual <= bound : actual >= bound) ? 'pass' : 'fail',
  }))
}

function groupShown(name: string, group: string) {
  return { id: `${name}/${group}`, original: '-', testCase: group }
}

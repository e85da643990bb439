/** Makes the test cases of a suite: each example as each test changes it. */
import { CultivarError } from '../model/error.ts'
import type { Entity, Example, Task } from '../model/example.ts'
import type { Json } from '../model/json.ts'
import { openChain } from '../perturbations/find-perturbation.ts'
import { type PerturbationStep, perturbExample } from '../perturbations/perturb-example.ts'
import { type RandomStream, randomStream } from '../stats/random-stream.ts'
import { type PlannedTest, plannedTests } from './planned-tests.ts'
import type { Suite } from './suite.ts'

/** One text to be put to a model beside its original. */
export interface TestCase {
  /** Of the test and the example, so that it is the same again whatever else the suite holds. */
  id: string
  category: 'robustness' | 'bias'
  /** As reports name it. */
  test: string
  /** The example it is made from. */
  example: string
  original: string
  originalEntities: Entity[]
  testCase: string
  /** Where those of the original stand in it. */
  entities: Entity[]
  /** Replaying them on the original gives `testCase`. */
  steps: PerturbationStep[]
  /** Whether a person changed it; the last step is theirs. */
  edited?: true
}

/** How many cases a test came to. */
interface GeneratedTest {
  test: string
  cases: number
  /** Texts that it was put to and left as they were; they make no case. */
  unchanged: number
}

export interface GeneratedCases {
  cases: TestCase[]
  tests: GeneratedTest[]
  /** What a person should know, as that a test removed cases. */
  notes: string[]
}

/** One rewording a text, in the same order; undefined where none could be had. */
export type Paraphrase = (
  texts: readonly string[],
  parameters: Record<string, Json>,
) => Promise<readonly (string | undefined)[]>

export interface GenerateOptions {
  task: Task
  /** Default: that of the suite, else 0. */
  seed?: number
  /** Needed for the test of that name. */
  paraphrase?: Paraphrase
}

/**
 * Cases in the order of the suite and of the examples. What one example becomes depends on the seed, the test’s name and the
 * example’s id alone, where a test does not draw on the other texts, so that adding a test or a text changes no other case. With
 * `count`, a test takes texts in one random order, the same for all tests, until it has as many cases.
 *
 * @throws CultivarError `bad-input` for a test that does not suit the task, or that needs a provider and has none.
 */
export async function generateCases(
  suite: Suite,
  examples: readonly Example[],
  { task, seed = suite.seed ?? 0, paraphrase }: GenerateOptions,
): Promise<GeneratedCases> {
  const random = randomStream(seed)
  const order = drawnOrder(examples.length, suite, seed)
  const made: GeneratedCases = { cases: [], tests: [], notes: [] }
  for (const planned of plannedTests(suite, task)) {
    if (planned.test.way === 'measure') continue
    const most = suite.count ?? examples.length
    const found =
      planned.test.way === 'paraphrase'
        ? await rewordedCases(planned, examples, order.slice(0, most), paraphrase)
        : perturbedCases(planned, examples, order, most, task, random.fork(planned.name))
    const cases = found.places.sort((a, b) => a.at - b.at).map(({ testCase }) => testCase)
    const { unchanged, missing = 0 } = found
    const test = planned.name
    for (const each of cases) made.cases.push(each)
    made.tests.push({ test, cases: cases.length, unchanged })
    if (missing > 0)
      made.notes.push(`${test}: the provider reworded ${cases.length + unchanged} texts and failed for ${missing}.`)
  }
  const removed = made.tests.filter(({ unchanged }) => unchanged > 0)
  if (removed.length > 0) {
    const counts = removed.map(each => `${each.test} ${each.unchanged} of ${each.cases + each.unchanged}`)
    made.notes.unshift(`Removed, since the test left them as they were: ${counts.join(', ')}.`)
  }
  return made
}

/** Places of examples: all of them, or in random order where only some are to be taken. */
export function drawnOrder(length: number, { count }: Pick<Suite, 'count'>, seed: number): number[] {
  const places = Array.from({ length }, (_, at) => at)
  return count === undefined || count >= length ? places : randomStream(seed).fork('order of texts').shuffle(places)
}

interface FoundCases {
  places: { at: number; testCase: TestCase }[]
  unchanged: number
  /** Texts for which the provider gave nothing. */
  missing?: number
}

function perturbedCases(
  planned: PlannedTest,
  examples: readonly Example[],
  order: readonly number[],
  most: number,
  task: Task,
  random: RandomStream,
): FoundCases {
  const { prob, parameters } = planned
  const chain = openChain(planned.chain ?? [], { parameters, prob, task, examples })
  const found: FoundCases = { places: [], unchanged: 0 }
  for (const at of order) {
    if (found.places.length >= most) break
    const example = examples[at]!
    const entities = task === 'entities' ? example.entities : []
    const { text, steps, ...moved } = perturbExample({ text: example.text, entities }, chain, random.fork(example.id))
    if (text === example.text) found.unchanged++
    else found.places.push({ at, testCase: caseOf(planned, example, entities, text, moved.entities, steps) })
  }
  return found
}

async function rewordedCases(
  planned: PlannedTest,
  examples: readonly Example[],
  order: readonly number[],
  paraphrase: Paraphrase | undefined,
): Promise<FoundCases> {
  if (!paraphrase) {
    throw new CultivarError(
      'bad-input',
      `The test “${planned.name}” needs a provider that rewords texts.`,
      'Name one, or take the test out of the suite.',
    )
  }
  const drawn = order.map(at => ({ at, example: examples[at]! }))
  const texts = await paraphrase(
    drawn.map(({ example }) => example.text),
    planned.parameters,
  )
  const places = drawn.flatMap(({ at, example }, position) => {
    const text = texts[position]
    if (text === undefined || text === example.text) return []
    const edits = [{ start: 0, end: example.text.length, text }]
    return [{ at, testCase: caseOf(planned, example, [], text, [], [{ kind: planned.name, edits }]) }]
  })
  const missing = drawn.length - texts.filter(text => text !== undefined).length
  return { places, unchanged: drawn.length - places.length - missing, missing }
}

function caseOf(
  { name, test }: PlannedTest,
  example: Example,
  originalEntities: Entity[],
  testCase: string,
  entities: Entity[],
  steps: PerturbationStep[],
): TestCase {
  const category = test.category === 'bias' ? 'bias' : 'robustness'
  const { id, text } = example
  return {
    ...{ id: `${name}/${id}`, category, test: name, example: id, original: text },
    ...{ originalEntities, testCase, entities, steps },
  }
}

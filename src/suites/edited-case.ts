/** A test case as a person rewrote it. */
import type { Entity } from '../model/example.ts'
import { replaySteps } from '../perturbations/perturb-example.ts'
import type { Edit } from '../text/edits.ts'
import { moveSpans } from '../text/move-spans.ts'
import type { TestCase } from './generate-cases.ts'

const editedKind = 'edited'

/** The case as its test made it, whatever a person did since. */
export function unedited(testCase: TestCase): TestCase {
  if (!testCase.edited) return testCase
  const { edited: _, steps, ...rest } = testCase
  const own = steps.filter(({ kind }) => kind !== editedKind)
  const { text, entities } = replaySteps({ text: rest.original, entities: rest.originalEntities }, own)
  return { ...rest, testCase: text, entities, steps: own }
}

/** The case with another text, and the entities that are lost by it: those of which nobody can say where they stand now. */
export function editedCase(testCase: TestCase, text: string): { testCase: TestCase; cut: Entity[] } {
  const made = unedited(testCase)
  if (sameLines(text) === sameLines(made.testCase)) return { testCase: made, cut: [] }
  const { moved, cut } = moveSpans(made.entities, made.testCase, text)
  const step = { kind: editedKind, edits: [changedStretch(made.testCase, text)] }
  return { testCase: { ...made, testCase: text, entities: moved, steps: [...made.steps, step], edited: true }, cut }
}

/**
 * Where entities of the original stand in the case. Those whose words are gone are left out; those that a person’s edit cut are
 * `uncertain`: the stretch that their words came to.
 */
export function entitiesInCase(
  testCase: TestCase,
  entities: readonly Entity[],
): { moved: Entity[]; uncertain: Entity[] } {
  const made = unedited(testCase)
  const own = replaySteps({ text: made.original, entities }, made.steps).entities.filter(hasWords)
  if (!testCase.edited) return { moved: own, uncertain: [] }
  const { moved, cut } = moveSpans(own, made.testCase, testCase.testCase)
  const last = testCase.steps.slice(made.steps.length)
  return { moved, uncertain: replaySteps({ text: made.testCase, entities: cut }, last).entities }
}

function hasWords({ start, end }: Entity): boolean {
  return start < end
}

/** Spreadsheets write line breaks their own way. */
function sameLines(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** One edit from the first difference to the last. */
function changedStretch(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let rest = 0
  while (rest < most - start && before.at(-1 - rest) === after.at(-1 - rest)) rest++
  return { start, end: before.length - rest, text: after.slice(start, after.length - rest) }
}

/** One text perturbed: by one perturbation or by a chain of them, each on what the one before made. */
import type { Entity } from '../model/example.ts'
import type { RandomStream } from '../stats/random-stream.ts'
import { applyEdits, cutsSpan, type Edit, moveSpan } from '../text/edits.ts'
import type { Perturb } from './perturbation.ts'

/** What one perturbation did: edits in the offsets of the text it was given. */
export interface PerturbationStep {
  kind: string
  edits: Edit[]
}

export interface Perturbed {
  text: string
  entities: Entity[]
  /** Empty where nothing was changed. Replaying them on the original gives `text` and `entities`. */
  steps: PerturbationStep[]
}

/** A step that changes nothing is left out; an edit that would cut an entity is too, and those that would leave nothing of one. */
export function perturbExample(
  example: { text: string; entities: readonly Entity[] },
  chain: readonly { kind: string; perturb: Perturb }[],
  random: RandomStream,
): Perturbed {
  let { text } = example
  let entities = [...example.entities]
  const steps: PerturbationStep[] = []
  for (const { kind, perturb } of chain) {
    const own = chain.length === 1 ? random : random.fork(kind)
    const edits = harmless(perturb(text, entities, own), entities)
    const changed = edits.length === 0 ? text : applyEdits(text, edits)
    if (changed === text) continue
    entities = entities.map(entity => moveSpan(entity, edits))
    text = changed
    steps.push({ kind, edits })
  }
  return { text, entities, steps }
}

function harmless(edits: Edit[], entities: readonly Entity[]): Edit[] {
  if (entities.length === 0) return edits
  const whole = edits.filter(edit => !entities.some(entity => cutsSpan(edit, entity)))
  const lost = entities.filter(entity => {
    const { start, end } = moveSpan(entity, whole)
    return start === end
  })
  if (lost.length === 0) return whole
  return whole.filter(edit => !lost.some(({ start, end }) => edit.start < end && start < edit.end))
}

/** What the steps make of their source: the inverse of asking what was done. */
export function replaySteps(
  source: { text: string; entities: readonly Entity[] },
  steps: readonly PerturbationStep[],
): { text: string; entities: Entity[] } {
  let { text } = source
  let entities = [...source.entities]
  for (const { edits } of steps) {
    text = applyEdits(text, edits)
    entities = entities.map(entity => moveSpan(entity, edits))
  }
  return { text, entities }
}

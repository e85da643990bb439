/** Models, their tests and proofs as the API shows them. */
import type { ShownModel, ShownModelTest, ShownProof } from '../../model/api/models.ts'
import { type Arm, verdictOf } from './prove.ts'
import { shownDifference, shownInterval } from './shown-figures.ts'
import type { ModelFacts } from './stored-models.ts'
import type { StoredProof } from './stored-proofs.ts'
import type { ModelTest } from './test-model.ts'

export function shownModel({ training, ...facts }: ModelFacts): ShownModel {
  return {
    ...{ ...facts, id: `${facts.name}@${facts.version}` },
    training: { ...training, heldOut: training.heldOut.length },
  }
}

export function shownModelTest({ texts, scores, intervals, confusions, calibration }: ModelTest): ShownModelTest {
  const ofLabel = new Map(intervals.labels.map(({ label, f1 }) => [label, f1]))
  const figure = (value: number, interval: typeof intervals.accuracy) => ({ value, interval: shownInterval(interval) })
  return {
    texts,
    figures: {
      accuracy: figure(scores.accuracy, intervals.accuracy),
      microF1: figure(scores.micro.f1, intervals.microF1),
      macroF1: figure(scores.macro.f1, intervals.macroF1),
      weightedF1: figure(scores.weighted.f1, intervals.weightedF1),
    },
    labels: scores.labels
      .map(label => ({ ...label, interval: shownInterval(ofLabel.get(label.label)) }))
      .sort((a, b) => a.f1 - b.f1),
    confusions,
    calibration: calibration ?? null,
  }
}

export function shownProof({ id, createdMs, proof }: StoredProof): ShownProof {
  const { task, seeds, records, scores, differences, labels, verdict, words, notes } = proof
  const byArm = (of: (arm: Arm) => number) => ({
    ...{ real: of('real'), weights: of('weights'), duplicated: of('duplicated'), grown: of('grown') },
  })
  return {
    ...{ id, createdMs, task, seeds, records, verdict, words, notes },
    macroF1: byArm(arm => scores[arm].macro.f1),
    microF1: byArm(arm => scores[arm].micro.f1),
    accuracy: byArm(arm => scores[arm].accuracy),
    differences: {
      real: shownDifference(differences.real),
      weights: shownDifference(differences.weights),
      duplicated: shownDifference(differences.duplicated),
    },
    labels: labels.map(label => ({
      ...label,
      difference: shownDifference(label.difference),
      verdict: verdictOf(label.difference),
    })),
  }
}

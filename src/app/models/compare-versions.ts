/** Two trained models on the records that were held out from both. */
import { type Difference, type Scores, scoreDifferences, scoresOf } from '../../metrics/scores.ts'
import { CultivarError } from '../../model/error.ts'
import type { Example } from '../../model/example.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { openModelTarget } from '../../targets/model.ts'
import { openTargetFor } from '../open-target.ts'
import type { Workspace } from '../workspace.ts'
import { findModel, loadModel, type ModelFacts } from './stored-models.ts'
import { outcomeOf } from './test-model.ts'

export interface VersionComparison {
  before: string
  after: string
  texts: number
  figures: { figure: 'accuracy' | 'micro F1' | 'macro F1'; before: number; after: number; difference: Difference }[]
  /** The largest change first, for the worse or for the better. */
  labels: { label: string; support: number; before: number; after: number; difference: Difference }[]
}

/** @throws CultivarError `not-found`, or `bad-input` where no record was held out from both. */
export async function compareVersions(
  workspace: Workspace,
  { before, after }: { before: string; after: string },
): Promise<VersionComparison> {
  const [first, second] = [await findModel(workspace, before), await findModel(workspace, after)]
  const { task, project } = second
  if (first.task !== task) throw nothingInCommon(first, second, 'one labels texts and the other finds entities')
  const common = new Set(first.training.heldOut).intersection(new Set(second.training.heldOut))
  const opened = await openTargetFor(workspace, { settings: { kind: 'model', model: idOf(second) } }, { project })
  const { examples } = await opened.heldOut()
  const tested = examples.filter(({ id }) => common.has(id))
  if (tested.length === 0) throw nothingInCommon(first, second, 'no record was held out from both')
  const [was, is] = [await answersOf(workspace, first, tested), await answersOf(workspace, second, tested)]
  const [old, now] = [scoresOf(was), scoresOf(is)]
  const { accuracy, microF1, macroF1, labels } = scoreDifferences(was, is, randomStream('versions'))
  const figure = (
    name: VersionComparison['figures'][number]['figure'],
    difference: Difference,
    of: (scores: Scores) => number,
  ) => ({ figure: name, before: of(old), after: of(now), difference })
  const [oldLabels, newLabels] = [byLabel(old), byLabel(now)]
  return {
    ...{ before: idOf(first), after: idOf(second), texts: tested.length },
    figures: [
      ...(task === 'classification' ? [figure('accuracy', accuracy, scores => scores.accuracy)] : []),
      figure('micro F1', microF1, ({ micro }) => micro.f1),
      figure('macro F1', macroF1, ({ macro }) => macro.f1),
    ],
    labels: labels
      .map(({ label, value, interval }) => ({
        label,
        support: newLabels.get(label)?.support ?? oldLabels.get(label)?.support ?? 0,
        before: oldLabels.get(label)?.f1 ?? 0,
        after: newLabels.get(label)?.f1 ?? 0,
        difference: { value, interval },
      }))
      .sort((a, b) => Math.abs(b.difference.value) - Math.abs(a.difference.value)),
  }
}

async function answersOf(workspace: Workspace, facts: ModelFacts, examples: readonly Example[]) {
  const target = openModelTarget(await loadModel(workspace, facts), idOf(facts))
  const answers = await target.predict(examples.map(({ text }) => text))
  return examples.map((example, at) => {
    const answer = answers[at]!
    return outcomeOf(facts.task, example, 'failed' in answer ? { labels: [], entities: [] } : answer)
  })
}

function byLabel({ labels }: Scores) {
  return new Map(labels.map(each => [each.label, each]))
}

function idOf({ name, version }: ModelFacts): string {
  return `${name}@${version}`
}

function nothingInCommon(first: ModelFacts, second: ModelFacts, why: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `${idOf(first)} and ${idOf(second)} cannot be compared: ${why}.`,
    'Compare models of the same records, divided in the same way.',
  )
}

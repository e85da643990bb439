/** Tests a trained model on the records that were held out from it, and keeps what came of it. */
import { openTargetFor } from '../open-target.ts'
import type { Workspace } from '../workspace.ts'
import { findModel, type ModelReport, readModelReport, saveModelReport } from './stored-models.ts'
import { testTarget } from './test-model.ts'

/** @throws CultivarError `not-found`, and `bad-input` where nothing is left to test on. */
export async function testStoredModel(
  workspace: Workspace,
  named: string,
  {
    signal,
    observe,
  }: {
    signal?: AbortSignal | undefined
    observe?: ((progress: { stage: string; share: number }) => void) | undefined
  } = {},
): Promise<ModelReport> {
  const facts = await findModel(workspace, named)
  const model = `${facts.name}@${facts.version}`
  const opened = await openTargetFor(workspace, { settings: { kind: 'model', model } }, signal ? { signal } : {})
  try {
    const { examples } = await opened.heldOut()
    const test = await testTarget(opened.target, examples, {
      seed: facts.training.seed,
      ...(signal && { signal }),
      observe: ({ done, all }) => observe?.({ stage: 'testing', share: all === 0 ? 1 : done / all }),
    })
    const known = await readModelReport(workspace, facts)
    const report = { learningCurve: known?.learningCurve ?? [], warnings: known?.warnings ?? [], test }
    await saveModelReport(workspace, facts, report)
    return report
  } finally {
    await opened.close()
  }
}

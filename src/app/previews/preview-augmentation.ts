/** What augmenting would make of a project's records: how many of each test, and one of them. */
import type { Proposal } from '../../engine/define.ts'
import type { AugmentMaterial } from '../../generators/augment.ts'
import type { AugmentationPreview } from '../../model/api/previews.ts'
import { randomStream } from '../../stats/random-stream.ts'
import type { Workspace } from '../workspace.ts'
import { type PreviewChoice, planPreview } from './plan-preview.ts'

/** Throws what `planPreview` throws; `bad-recipe` where no test makes anything new. */
export async function previewAugmentation(workspace: Workspace, choice: PreviewChoice): Promise<AugmentationPreview> {
  const { generator, params, project, plan } = await planPreview(workspace, 'augment', choice)
  const { sources, places } = plan.material as AugmentMaterial
  const tests: AugmentationPreview['tests'] = []
  for (const [at, test] of plan.cells.entries()) {
    const making = plan.targets?.[test] ?? 0
    const [first]: Proposal[] = await generator.propose({
      ...{ params, material: plan.material, project, cell: test, cellOrdinal: 0, asks: Math.min(1, making) },
      feedback: { kept: [], disliked: [] },
      random: randomStream(`${choice.seed}`),
      ask: () => Promise.reject(new Error('A preview asks nobody.')),
    })
    const source = first && sources.find(({ id }) => id === first.seeds?.[0])
    tests.push({
      test,
      requested: Math.max(1, Math.round(params.tests[at]!.proportion * sources.length)),
      possible: places[test]!.length,
      making,
      ...(source && {
        sample: { before: String(source.fields[params.text]), after: String(first.fields![params.text]) },
      }),
    })
  }
  const making = tests.reduce((sum, test) => sum + test.making, 0)
  return { records: sources.length, tests, making, notes: plan.notes }
}

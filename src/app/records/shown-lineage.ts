/** The lineage of a record as the API shows it: with the texts that its edits began from and led to. */
import type { ShownLineage } from '../../model/api/record-shapes.ts'
import type { Json } from '../../model/json.ts'
import type { EditStep, StoredRecord } from '../../model/record.ts'
import { applyEdits } from '../../text/edits.ts'
import { lineageOf } from '../lineage.ts'
import type { Workspace } from '../workspace.ts'

/** Takes an id or its beginning. Throws CultivarError `not-found`, or `bad-input` where it fits several. */
export async function shownLineage(workspace: Workspace, id: string): Promise<ShownLineage> {
  const { record, run, unit, seeds, ...lineage } = await lineageOf(workspace, id)
  const versioned = await workspace.store.versionedRecords([record.id, ...seeds.map(seed => seed.id)])
  const [shown = { ...record, version: 0 }, ...shownSeeds] = versioned
  return {
    ...lineage,
    record: shown,
    run: run && {
      id: run.id,
      generator: run.snapshot.recipe.generator,
      state: run.state,
      createdMs: run.createdMs,
      recipe: run.snapshot.recipe as unknown as Record<string, Json>,
      versions: run.snapshot.versions,
    },
    unit,
    seeds: shownSeeds,
    steps: shownSteps(
      record.steps,
      seeds.find(seed => seed.id === record.seeds[0]),
    ),
  }
}

/** Each step begins from the text that the one before left; a source that is gone leaves nothing to begin from. */
function shownSteps(steps: EditStep[], source: StoredRecord | undefined): ShownLineage['steps'] {
  const texts = { ...source?.fields }
  return steps.map(({ kind, field, edits }) => {
    const before = texts[field]
    if (typeof before !== 'string') return { kind, field, edits, before: null, after: null }
    const after = applyEdits(before, edits)
    texts[field] = after
    return { kind, field, edits, before, after }
  })
}

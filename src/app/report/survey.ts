/** Samples of a project’s texts, measured: what a run kept beside what it grew from, and the dataset as a whole. */
import type { StoredRecord } from '../../model/record.ts'
import type { RunRow } from '../../model/run.ts'
import type { SampleFilter } from '../../stores/survey-queries.ts'
import type { Workspace } from '../workspace.ts'
import { type NearCopies, type Quality, type SampledText, sampledText, sampleLimits } from './quality.ts'
import { measured } from './quality-worker.ts'

/** What the run kept, beside the real training records it saw. Undefined if it kept nothing. */
export async function qualityOfRun(
  workspace: Workspace,
  { id, project, snapshot }: RunRow,
): Promise<Quality | undefined> {
  const statuses: StoredRecord['status'][] = ['pending', 'accepted', 'rejected']
  const grown = await sample(workspace, project, { real: false, run: id, statuses })
  const seeds: SampleFilter = { real: true, splits: ['train'], before: snapshot.position }
  const real = grown.length === 0 ? [] : await sample(workspace, project, seeds)
  return (await measured({ grown, real })).quality
}

export interface DatasetQuality extends Quality {
  /** Grown texts that resemble a real one held out for evaluation, and how many of these were looked at. */
  ofHeldOut?: NearCopies & { heldOut: number }
}

/** All grown records of the dataset, beside the real ones. Undefined if there are no grown ones. */
export async function qualityOfProject(workspace: Workspace, project: string): Promise<DatasetQuality | undefined> {
  const grown = await sample(workspace, project, { real: false })
  if (grown.length === 0) return undefined
  const heldOut = await sample(workspace, project, { real: true, splits: ['validation', 'test'] })
  const real = await sample(workspace, project, { real: true, splits: ['train'] })
  const { quality, ofHeldOut } = await measured({ grown, real, ...(heldOut.length > 0 && { heldOut }) })
  return quality && { ...quality, ...(ofHeldOut && { ofHeldOut: { ...ofHeldOut, heldOut: heldOut.length } }) }
}

async function sample({ store }: Workspace, project: string, filter: SampleFilter): Promise<SampledText[]> {
  const texts: SampledText[] = []
  const most = filter.real ? sampleLimits.real : sampleLimits.grown
  for await (const record of store.sampleRecords(project, filter, most)) texts.push(sampledText(record))
  // Records of numbers alone have no text to be long, diverse or alike.
  return texts.filter(({ characters }) => characters > 0)
}

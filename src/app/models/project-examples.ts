/** A project's records as examples to train and test models with. */
import { CultivarError } from '../../model/error.ts'
import type { Example, Task } from '../../model/example.ts'
import type { Project } from '../../model/project.ts'
import { ownTags, type Split, textOf } from '../../model/record.ts'
import type { TracedRecord } from '../../stores/record-queries.ts'
import { foldText } from '../../text/normalize.ts'
import { requireProject } from '../projects.ts'
import type { Workspace } from '../workspace.ts'
import { divideExamples, type SplitChoice } from './divide-examples.ts'

/** An example with what decides where it may be used. */
export interface ProjectExample extends Example {
  /** Whether a person brought it, as it is. Only these are tested on. */
  real: boolean
  split: Split
  tags: string[]
  /** Examples of one group are never divided. */
  group: string
  /** Ids of the records it was made from, and of those that these were made from. */
  seeds: string[]
}

export interface ProjectExamples {
  project: Project
  task: Task
  train: ProjectExample[]
  validation: ProjectExample[]
  test: ProjectExample[]
  /** How they were divided, and what was left out, in words. */
  notes: string[]
}

/**
 * Reads the records that are not rejected and have a text and, for classification, a label; `made` ones whose label is to be
 * checked only once they are accepted. Records that were made from held-out ones are left out, since they would tell what they say.
 *
 * @throws CultivarError `not-found`, or `bad-input` if the project has no labelled records, or none of a split.
 */
export async function projectExamples(
  workspace: Workspace,
  name: string,
  choice: SplitChoice,
): Promise<ProjectExamples> {
  const { project } = await requireProject(workspace, name)
  const task: Task = project.kind === 'entities' ? 'entities' : 'classification'
  const examples: ProjectExample[] = []
  const seedsOf = new Map<string, string[]>()
  let [unlabelled, unchecked] = [0, 0]
  for await (const record of workspace.store.streamRecords(name)) {
    if (record.seeds.length > 0) seedsOf.set(record.id, record.seeds)
    if (record.status === 'rejected') continue
    if (task === 'classification' && record.labels.length === 0) unlabelled++
    else if (record.tags.includes(ownTags.toCheck) && record.status !== 'accepted') unchecked++
    else examples.push(exampleOf(record, choice.group))
  }
  if (examples.length === 0) throw noExamples(name, task, unlabelled)
  for (const example of examples) example.seeds = ancestorsOf(example.seeds, seedsOf)
  const divided = divideExamples(examples, choice)
  const left = [
    ...(unlabelled > 0 ? [`${unlabelled} records without a label are left out.`] : []),
    ...(unchecked > 0 ? [`${unchecked} records tagged ${ownTags.toCheck} are left out until they are accepted.`] : []),
  ]
  return { project, task, ...divided, notes: [...divided.notes, ...left] }
}

/** Records that were set aside hand down what they say as well. */
function ancestorsOf(seeds: readonly string[], seedsOf: ReadonlyMap<string, string[]>): string[] {
  const found = new Set(seeds)
  // A set also goes through what is added on the way.
  for (const id of found) for (const seed of seedsOf.get(id) ?? []) found.add(seed)
  return [...found]
}

/** As a model learns from it. A changed copy has the id of its original: what is held out to calibrate by is both or neither. */
export function trainingExample({ id, text, labels, entities, seeds, tags }: ProjectExample): Example {
  return { id: tags.includes(ownTags.augmented) ? (seeds[0] ?? id) : id, text, labels, entities }
}

/** The text is the field `text`, or all text fields of a record that has none. */
function exampleOf(record: TracedRecord, groupField?: string): ProjectExample {
  const text = textOf(record)
  const entities = record.spans
    .filter(({ field }) => field === 'text')
    .map(({ start, end, label }) => ({ start, end, label }))
    .sort((a, b) => a.start - b.start || a.end - b.end)
  const grouped = groupField === undefined ? undefined : record.fields[groupField]
  return {
    id: record.id,
    text,
    labels: record.labels,
    entities,
    real: record.outcome === 'imported',
    split: record.split,
    tags: record.tags,
    group: grouped === undefined || grouped === null ? foldText(text) : `${groupField}: ${JSON.stringify(grouped)}`,
    seeds: record.seeds,
  }
}

function noExamples(project: string, task: Task, unlabelled: number): CultivarError {
  return new CultivarError(
    'bad-input',
    unlabelled > 0
      ? `None of the ${unlabelled} records of project “${project}” has a label.`
      : `Project “${project}” has no records.`,
    task === 'entities'
      ? 'Import texts with entities: cultivar records import FILE --format conll'
      : 'Import texts with labels: cultivar records import FILE --label COLUMN',
  )
}

/** A person's decisions in a workspace: on records named by id or chosen together, checked against the project, and taken back. */
import type { Decision, DroppedSpan, StoredDecision } from '../model/decision.ts'
import { CultivarError } from '../model/error.ts'
import type { Project } from '../model/project.ts'
import type { UndoChoice } from '../stores/decision-queries.ts'
import type { RecordFilter, TracedRecord } from '../stores/record-queries.ts'
import { nearestName } from '../text/nearest-name.ts'
import { requireRecord, requireRun } from './find-stored.ts'
import { requireProject } from './projects.ts'
import type { Environment, Workspace } from './workspace.ts'

/** Records of one project. */
export interface ChosenRecords {
  project: string
  records: string[]
}

export interface DecisionReport {
  project: string
  /** How many decisions were stored; their sequences run from `first` to `last`. */
  decided: number
  /** How many records they changed. */
  records: number
  first: number | null
  last: number | null
  /** How many records were as asked for already. */
  unchanged: number
  /** Spans that edits cut. */
  dropped: DroppedSpan[]
}

/** Takes ids or their beginnings. Throws `not-found`, and `bad-input` where one fits several or they are of several projects. */
export async function recordsByIds(workspace: Workspace, ids: string[]): Promise<ChosenRecords> {
  const records: TracedRecord[] = []
  for (const id of new Set(ids)) records.push(await requireRecord(workspace, id))
  const [project, ...others] = new Set(records.map(record => record.project))
  if (project !== undefined && others.length === 0)
    return { project, records: [...new Set(records.map(({ id }) => id))] }
  throw new CultivarError(
    'bad-input',
    project === undefined
      ? 'No record was named.'
      : `These records are of several projects: ${project}, ${others.join(', ')}.`,
    project === undefined
      ? 'Name records by id; see “cultivar records list”.'
      : 'Decide on the records of one project at a time.',
  )
}

/** Records of the dataset that fit; `run` may be the beginning of an id, and then names the project. */
export async function recordsByFilter(
  workspace: Workspace,
  { project: named, run: prefix, ...filter }: RecordFilter & { project?: string },
): Promise<ChosenRecords> {
  const run = prefix === undefined ? undefined : await requireRun(workspace, prefix)
  const { project, nextPosition } = await requireProject(workspace, named ?? run?.project ?? '')
  const records: string[] = []
  const within = { before: nextPosition, ...filter, ...(run && { run: run.id }) }
  for await (const { id } of workspace.store.streamRecords(project.name, within)) records.push(id)
  return { project: project.name, records }
}

/**
 * Stores decisions of one person, all or none, at the workspace's time; a run that is growing meanwhile goes on undisturbed.
 * Throws `bad-input` for a label outside the project's closed list and where a record's state does not allow the decision, and
 * `record-changed` where a record has a later version than was `seen` of it.
 */
export async function decide(
  workspace: Workspace,
  project: string,
  decisions: Decision[],
  who: string,
  seen?: Readonly<Record<string, number>>,
): Promise<DecisionReport> {
  const { project: settings } = await requireProject(workspace, project)
  for (const decision of decisions) checkDecision(decision, settings)
  const decided = await workspace.store.decide(project, decisions, who, workspace.clock.now(), seen)
  return {
    project,
    decided: decided.decisions.length,
    records: new Set(decided.decisions.map(({ record }) => record)).size,
    first: decided.decisions[0]?.sequence ?? null,
    last: decided.decisions.at(-1)?.sequence ?? null,
    unchanged: decided.unchanged.length,
    dropped: decided.dropped,
  }
}

/** Takes decisions back and returns them, the latest first. */
export async function takeBack(
  workspace: Workspace,
  project: string,
  which: UndoChoice,
  who: string,
): Promise<StoredDecision[]> {
  await requireProject(workspace, project)
  return workspace.store.undo(project, which, who, workspace.clock.now())
}

/** Whoever decides: the name given, else the one the environment knows. */
export function whoDecides(environment: Environment, given?: string): string {
  const { GIT_AUTHOR_NAME, USER, USERNAME, LOGNAME } = environment
  return [given, GIT_AUTHOR_NAME, USER, USERNAME, LOGNAME].find(name => name?.trim())?.trim() ?? 'someone'
}

/** Throws `bad-input` for what no record of the project may become. */
export function checkDecision(decision: Decision, project: Project): void {
  if ((decision.kind === 'tag' || decision.kind === 'untag') && decision.tag.trim() === '') throw emptyName('tag')
  if (decision.kind === 'relabel') {
    if (decision.labels.some(label => label.trim() === '')) throw emptyName('label')
    if (project.kind === 'entities') throw labelsAreOfSpans(project, decision.record)
    checkLabels(decision.labels, project)
  }
  if (decision.kind === 'edit' && project.kind === 'entities')
    checkLabels(decision.spans?.map(({ label }) => label) ?? [], project)
}

function checkLabels(labels: string[], { name, labels: known }: Project): void {
  const foreign = known.length === 0 ? undefined : labels.find(label => !known.includes(label))
  if (foreign === undefined) return
  const meant = nearestName(foreign, known)
  throw new CultivarError(
    'bad-input',
    `“${foreign}” is not in the label list of project “${name}”${meant === undefined ? '' : `; did you mean “${meant}”?`}`,
    `Its labels are: ${known.join(', ')}. “cultivar projects set ${name} --labels …” changes the list.`,
    { known },
  )
}

function emptyName(noun: string): CultivarError {
  return new CultivarError('bad-input', `The ${noun} is empty.`, `Give the ${noun} a name.`)
}

function labelsAreOfSpans({ name }: Project, record: string): CultivarError {
  return new CultivarError(
    'bad-input',
    `Project “${name}” is one of entities: its labels are those of spans.`,
    `Mark them in the text: cultivar records edit ${record} --marked text="… [[TYPE: words]] …"`,
  )
}

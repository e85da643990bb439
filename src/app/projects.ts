/** Projects: made, looked at, changed, removed. */
import { CultivarError } from '../model/error.ts'
import { type Project, project as projectSchema } from '../model/project.ts'
import type { Status } from '../model/record.ts'
import type { StoredProject } from '../stores/project-queries.ts'
import { nearestName } from '../text/nearest-name.ts'
import { checkInput } from './check-input.ts'
import { whileUnchanged } from './while-unchanged.ts'
import type { Workspace } from './workspace.ts'

export interface ProjectSummary {
  project: Project
  /** Records of the dataset: imported, kept and restored. Those a person rejected count here and not in `labels`. */
  records: number
  labels: Record<string, number>
  splits: Record<string, number>
  statuses: Record<Status, number>
  /** All candidates that were stored, by how they ended. */
  outcomes: Record<string, number>
  /** Providers that may be used for it. */
  providers: string[]
  documents: number
  /** When it was made, imported into, grown or decided on last. */
  lastMs: number
}

/** Throws CultivarError `bad-input` or `already-exists`. */
export async function createProject({ store, clock }: Workspace, input: unknown): Promise<Project> {
  const project = checkInput(projectSchema, input, 'The project')
  await store.createProject(project, clock.now())
  return project
}

export async function listProjects(workspace: Workspace): Promise<ProjectSummary[]> {
  const projects = await workspace.store.listProjects()
  return Promise.all(projects.map(project => summary(workspace, project)))
}

export async function showProject(workspace: Workspace, name: string): Promise<ProjectSummary> {
  return summary(workspace, await requireProject(workspace, name))
}

/** Changes the settings that are given; an empty embedder takes it away. The kind stays: its records are of that kind. */
export async function updateProject(
  workspace: Workspace,
  name: string,
  changes: Partial<Omit<Project, 'name' | 'kind'>>,
): Promise<Project> {
  const { project } = await requireProject(workspace, name)
  const wished = { ...project, ...changes, name, kind: project.kind }
  if (wished.embedder === '') delete wished.embedder
  const changed = checkInput(projectSchema, wished, 'The project')
  await workspace.store.updateProject(changed)
  return changed
}

/** Removes the project with its records and runs. What models replied stays in the ledger: it was paid for. */
export async function removeProject(workspace: Workspace, name: string): Promise<void> {
  await requireProject(workspace, name)
  await workspace.store.removeProject(name, workspace.clock.now())
}

/** Throws CultivarError `not-found`, with the name that was most likely meant. */
export async function requireProject({ store }: Workspace, name: string): Promise<StoredProject> {
  const found = await store.findProject(name)
  if (found) return found
  const names = (await store.listProjects()).map(({ project }) => project.name)
  const meant = nearestName(name, names)
  throw new CultivarError(
    'not-found',
    `There is no project “${name}”${meant === undefined ? '' : `; did you mean “${meant}”?`}`,
    names.length === 0
      ? `Make it with “cultivar projects create ${name}”.`
      : `There are: ${names.join(', ')}. A new one is made with “cultivar projects create”.`,
    { known: names },
  )
}

async function summary({ store }: Workspace, stored: StoredProject): Promise<ProjectSummary> {
  const { project } = stored
  const counts = await whileUnchanged(store, stored, 'counts', () => store.countRecords(project.name))
  const providers = await store.listProviders()
  const documents = await store.listDocuments(project.name)
  const result: ProjectSummary = {
    project,
    records: 0,
    labels: Object.fromEntries(project.labels.map(label => [label, 0])),
    splits: {},
    statuses: { pending: 0, accepted: 0, rejected: 0 },
    outcomes: {},
    providers: providers.filter(({ projects }) => projects.includes(project.name)).map(({ provider }) => provider.name),
    documents: documents.length,
    lastMs: Math.max(await store.lastChangeMs(project.name), ...documents.map(({ createdMs }) => createdMs)),
  }
  for (const { outcome, status, split, label, count } of counts) {
    add(result.outcomes, outcome, count)
    if (outcome === 'rejected' || outcome === 'surplus') continue
    result.records += count
    add(result.statuses, status, count)
    add(result.splits, split, count)
    if (label !== null && status !== 'rejected') add(result.labels, label, count)
  }
  return result
}

function add(counts: Record<string, number>, key: string, count: number): void {
  counts[key] = (counts[key] ?? 0) + count
}

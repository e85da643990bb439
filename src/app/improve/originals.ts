/** The records that new ones were made of by changing them: which there are, and how they are set aside. */
import { CultivarError } from '../../model/error.ts'
import { ownTags } from '../../model/record.ts'
import { decide } from '../decide.ts'
import { requireRun } from '../find-stored.ts'
import { insideFolder } from '../inside-folder.ts'
import { requireProject } from '../projects.ts'
import { readTextFile } from '../read-text-file.ts'
import type { Workspace } from '../workspace.ts'

/** `inplace`: those that something was made of; `transformed`: all that might have been. */
export type AsideMode = 'inplace' | 'transformed'

interface OriginalsChoice {
  project: string
  mode: AsideMode
  /** Ids of records that something was made of. */
  used: ReadonlySet<string | undefined>
  /** Ids of records that stay: they are tested on. */
  leaveOut: ReadonlySet<string>
  /** Default: `any`. */
  split?: string
}

export async function originalsOf(
  { store }: Workspace,
  { project, mode, used, leaveOut, split = 'any' }: OriginalsChoice,
): Promise<string[]> {
  const originals: string[] = []
  for await (const record of store.streamRecords(project)) {
    const { id, tags, status } = record
    if (status === 'rejected' || leaveOut.has(id) || tags.includes(ownTags.augmented)) continue
    if (split !== 'any' && record.split !== split) continue
    if (mode === 'transformed' || used.has(id)) originals.push(id)
  }
  return originals
}

/** By decisions, so that they can be brought back. */
export function setAside(workspace: Workspace, project: string, records: readonly string[], who: string) {
  const decisions = records.flatMap(record => [
    { record, kind: 'tag' as const, tag: ownTags.replaced },
    { record, kind: 'reject' as const },
  ])
  return decide(workspace, project, decisions, who)
}

/**
 * What may be set aside after a run of `augment`.
 *
 * @throws CultivarError `not-found` if there is no such run of the project.
 */
export async function originalsOfRun(workspace: Workspace, project: string, id: string) {
  await requireProject(workspace, project)
  const run = await requireRun(workspace, id)
  const { recipe } = run.snapshot
  if (run.project !== project || recipe.generator !== 'augment') {
    throw new CultivarError(
      'not-found',
      `“${id}” is no augmenting run of project “${project}”.`,
      'Choose one of its runs.',
    )
  }
  const { leaveOut: file, split = 'train' } = recipe.params as { leaveOut?: string; split?: string }
  const leaveOut = file === undefined ? new Set<string>() : await idsIn(workspace, file)
  const used = new Set<string | undefined>()
  let made = 0
  for await (const { seeds } of workspace.store.streamRecords(project, { run: run.id, outcomes: ['kept'] })) {
    made++
    used.add(seeds[0])
  }
  const of = (mode: AsideMode, leaveOut: ReadonlySet<string>) =>
    originalsOf(workspace, { project, mode, used, leaveOut, split })
  return {
    ...{ run: run.id, made },
    // What something was made of was not left out.
    inplace: await of('inplace', new Set()),
    transformed: leaveOut && (await of('transformed', leaveOut)),
  }
}

/** Of a run that began elsewhere, the file cannot be told. */
async function idsIn(workspace: Workspace, file: string): Promise<ReadonlySet<string> | null> {
  const text = await insideFolder(workspace.folder, file).then(readTextFile).catch(missing)
  return text === null ? null : new Set(text.split(/\s+/))
}

function missing(error: unknown): null {
  if (error instanceof CultivarError && error.code === 'not-found') return null
  throw error
}

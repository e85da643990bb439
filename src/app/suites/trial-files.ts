/** Where trials lie: `.cultivar/trials/<id>/`, each step in a file of its own. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import { ownFolder, type Workspace } from '../workspace.ts'

type TrialFile =
  | 'suite.yaml'
  | 'cases.jsonl'
  | 'edits.jsonl'
  | 'trial.json'
  | 'summary.json'
  | 'report.json'
  | 'report.html'

export function trialFolder(workspace: Workspace, id: string): string {
  return join(ownFolder(workspace.folder), 'trials', id)
}

export function trialFile(workspace: Workspace, id: string, name: TrialFile): string {
  return join(trialFolder(workspace, id), name)
}

/** The id that begins so. @throws CultivarError `not-found`, or `bad-input` where several do. */
export async function trialId(workspace: Workspace, prefix: string): Promise<string> {
  const found = (await trialIds(workspace)).filter(id => id.startsWith(prefix))
  if (found.length === 1) return found[0]!
  throw new CultivarError(
    found.length === 0 ? 'not-found' : 'bad-input',
    found.length === 0
      ? `There is no trial “${prefix}”.`
      : `Several trials begin with “${prefix}”: ${found.join(', ')}.`,
    '“cultivar suites trials” lists them.',
  )
}

export async function trialIds(workspace: Workspace): Promise<string[]> {
  return readdir(join(ownFolder(workspace.folder), 'trials')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new CultivarError(
      'bad-file',
      `The folder of trials cannot be read: ${error.message}`,
      'Check who may read it.',
    )
  })
}

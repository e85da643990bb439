/** The taxonomies that lie in a workspace's folder, and how far each of their leaves is grown. */
import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { TaxonomyShown } from '../../model/api/previews.ts'
import { CultivarError } from '../../model/error.ts'
import { taxonomyFolders } from '../../taxonomy/leaf-path.ts'
import { existingRecords } from '../existing-records.ts'
import { filesBelow } from '../files-below.ts'
import { requireProject } from '../projects.ts'
import type { Workspace } from '../workspace.ts'
import { readTaxonomy } from './read-taxonomy.ts'

/** Folders below the workspace's that are looked into. */
const deepest = 4
const notLookedInto = new Set(['node_modules', 'dist', 'documents', ...taxonomyFolders])

interface FoundTaxonomy {
  /** From the workspace's folder, with `/`; `.` for that folder itself. */
  folder: string
  leaves: number
}

/** In order of their paths. Hidden folders and links are left out. */
export async function workspaceTaxonomies({ folder: top }: Pick<Workspace, 'folder'>): Promise<FoundTaxonomy[]> {
  const found: FoundTaxonomy[] = []
  const look = async (folder: string, depth: number): Promise<void> => {
    // A folder that may not be read holds no taxonomy that could be grown.
    const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => [])
    const folders = entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name)
    if (folders.some(name => taxonomyFolders.includes(name))) {
      const leaves = (await filesBelow(folder)).filter(isLeafFile).length
      if (leaves > 0) found.push({ folder: relative(top, folder).replaceAll('\\', '/') || '.', leaves })
    }
    if (depth === deepest) return
    for (const name of folders) if (!notLookedInto.has(name)) await look(join(folder, name), depth + 1)
  }
  await look(top, 0)
  return found.sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

function isLeafFile(path: string): boolean {
  return path.endsWith('/qna.yaml') && taxonomyFolders.includes(path.split('/', 1)[0]!)
}

/** Throws CultivarError `not-found` for a folder that is none of the workspace's taxonomies. */
async function requireTaxonomy(workspace: Workspace, folder: string): Promise<string> {
  const known = (await workspaceTaxonomies(workspace)).map(taxonomy => taxonomy.folder)
  if (known.includes(folder)) return join(workspace.folder, folder)
  throw new CultivarError(
    'not-found',
    `There is no taxonomy “${folder}” in the workspace.`,
    known.length > 0
      ? `There is ${known.join(', ')}.`
      : 'Put its folder, with compositional_skills/ or knowledge/ in it, into the workspace’s folder.',
  )
}

/** Each leaf with its problems and its records. Fetches nothing. Throws CultivarError `not-found`. */
export async function grownTaxonomy(
  workspace: Workspace,
  { project: name, folder, foundational }: { project: string; folder: string; foundational: boolean },
): Promise<TaxonomyShown> {
  const { project } = await requireProject(workspace, name)
  const path = await requireTaxonomy(workspace, folder)
  const { leaves, notRead } = await readTaxonomy(path, { foundational, environment: workspace.environment })
  const existing = await existingRecords(workspace, project)
  return {
    folder,
    leaves: leaves.map(({ path, leaf, problems }) => ({
      path,
      ...(leaf && { kind: leaf.kind }),
      seeds: leaf?.seeds.length ?? 0,
      pairs: leaf?.seeds.reduce((sum, { pairs }) => sum + pairs.length, 0) ?? 0,
      kept: existing(path),
      problems,
    })),
    foundational: notRead.foundational,
  }
}

/** One leaf with its seed examples. Throws CultivarError `not-found`, and `bad-file` where its file is not sound. */
export async function taxonomyLeaf(workspace: Workspace, { folder, path }: { folder: string; path: string }) {
  const { leaves } = await readTaxonomy(await requireTaxonomy(workspace, folder), {
    foundational: true,
    environment: workspace.environment,
  })
  const found = leaves.find(leaf => leaf.path === path)
  if (!found) throw new CultivarError('not-found', `There is no leaf “${path}” in “${folder}”.`, 'Read the tree again.')
  const file = `${folder === '.' ? '' : `${folder}/`}${path}/qna.yaml`
  if (!found.leaf) throw new CultivarError('bad-file', `${file} is not sound.`, found.problems[0]?.message)
  const { taskDescription, seeds } = found.leaf
  return { path, file, taskDescription, seeds }
}

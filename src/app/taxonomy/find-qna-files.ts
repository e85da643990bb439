/** Finds the qna.yaml files that are to be checked, and what was meant to be one. */
import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import { foundationalFolder, taxonomyFolders } from '../../taxonomy/leaf-path.ts'
import { filesBelow } from '../files-below.ts'
import { listChanges } from '../list-changes.ts'
import type { Environment } from '../workspace.ts'

export interface FindOptions {
  /** What paths are relative to. */
  cwd: string
  environment: Environment
  /** Only files that differ from this git reference. */
  since?: string
  /** Whether leaves below `foundational_skills` of a folder count too, which InstructLab does not read. */
  foundational?: boolean
}

export interface FoundFiles {
  /** Whole paths. */
  files: string[]
  /** How many were passed over because they are below `foundational_skills`. */
  leftOut: number
}

/**
 * Files that are named count whatever they are called; of folders, each qna.yaml, those with a mistake in the name, and below a
 * taxonomy folder every YAML file.
 *
 * @throws CultivarError `not-found` if there is no such file or folder, or no leaf in any of them; what git says.
 */
export async function findQnaFiles(paths: string[], options: FindOptions): Promise<FoundFiles> {
  const files = new Set<string>()
  let leftOut = 0
  for (const path of paths.map(each => resolve(options.cwd, each))) {
    const isFolder = await isFolderAt(path)
    for (const file of isFolder ? await candidatesIn(path, options) : await itself(path, options)) {
      if (isFolder && !options.foundational && isFoundational(file)) leftOut++
      else files.add(file)
    }
  }
  if (files.size > 0 || options.since !== undefined) return { files: [...files], leftOut }
  const named = paths.map(path => `“${path}”`).join(', ')
  const hint =
    leftOut > 0
      ? 'There are leaves below foundational_skills only, which InstructLab does not read; add --foundational.'
      : `Name the folder that holds ${taxonomyFolders.join('/ and ')}/, or a qna.yaml.`
  throw new CultivarError('not-found', `There is no leaf to check in ${named}.`, hint)
}

async function isFolderAt(path: string): Promise<boolean> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const missing = cause.code === 'ENOENT' || cause.code === 'ENOTDIR'
    const message = missing ? `There is no “${path}”.` : `“${path}” cannot be read: ${cause.message}`
    throw new CultivarError(missing ? 'not-found' : 'bad-file', message, 'Check the path.')
  })
  return found.isDirectory()
}

async function candidatesIn(folder: string, { since, environment }: FindOptions): Promise<string[]> {
  const files = since === undefined ? await filesBelow(folder) : await listChanges(folder, since, environment)
  return files.map(file => join(folder, file)).filter(isCandidate)
}

async function itself(path: string, { since, environment }: FindOptions): Promise<string[]> {
  if (since === undefined) return [path]
  return (await listChanges(dirname(path), since, environment)).includes(basename(path)) ? [path] : []
}

function isCandidate(path: string): boolean {
  const name = basename(path)
  if (/^qna\.ya?ml$/i.test(name)) return true
  return /\.ya?ml$/i.test(name) && foldersOf(path).some(folder => taxonomyFolders.includes(folder))
}

function isFoundational(path: string): boolean {
  const folders = foldersOf(path)
  return folders.includes(foundationalFolder) && !folders.some(folder => taxonomyFolders.includes(folder))
}

function foldersOf(path: string): string[] {
  return dirname(path).split(/[\\/]/)
}

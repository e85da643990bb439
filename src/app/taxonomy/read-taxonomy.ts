/** A taxonomy as it lies in a folder: its leaves, each with what is wrong with it. */

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import type { TaxonomyLeaf } from '../../taxonomy/leaf.ts'
import { foundationalFolder, taxonomyFolders } from '../../taxonomy/leaf-path.ts'
import type { QnaProblem } from '../../taxonomy/qna-problem.ts'
import { readQna } from '../../taxonomy/read-qna.ts'
import { filesBelow } from '../files-below.ts'
import { listChanges } from '../list-changes.ts'
import type { Environment } from '../workspace.ts'

export interface FoundLeaf {
  /** The folders from the taxonomy's down: `knowledge/arts/music`. */
  path: string
  /** Absent if its file is not sound for its schema. */
  leaf?: TaxonomyLeaf
  problems: QnaProblem[]
  /** Whether its file is new or differs; absent if nobody asked. */
  changed?: boolean
}

export interface Taxonomy {
  folder: string
  /** In order of path. */
  leaves: FoundLeaf[]
  /** Files that look like leaves and are not read, from the folder on. */
  notRead: { foundational: string[]; misnamed: string[] }
}

export interface TaxonomyOptions {
  /** With `foundational_skills/`, which InstructLab does not read. */
  foundational?: boolean
  /** A git reference, or `empty`: which leaves are new or changed is told. */
  since?: string
  environment: Environment
}

const leafFile = 'qna.yaml'

/**
 * Reads all leaves, broken ones too.
 *
 * @throws CultivarError `not-found` if the folder holds no leaf, saying where leaves belong; what git says, given `since`.
 */
export async function readTaxonomy(path: string, options: TaxonomyOptions): Promise<Taxonomy> {
  const { foundational = false, since, environment } = options
  const folder = resolve(path)
  const files = await filesBelow(folder)
  const tops = foundational ? [...taxonomyFolders, foundationalFolder] : taxonomyFolders
  const within = (file: string) => tops.includes(file.split('/', 1)[0]!)
  const found = files.filter(file => basename(file) === leafFile && within(file))
  if (found.length === 0) throw noTaxonomy(folder, files)
  const changed = since === undefined ? undefined : new Set(await listChanges(folder, since, environment))
  const leaves: FoundLeaf[] = []
  for (const file of found) {
    const read = await readLeaf(folder, file)
    leaves.push({ path: dirname(file), ...read, ...(changed && { changed: changed.has(file) }) })
  }
  const isLeaf = (file: string) => basename(file) === leafFile
  return {
    folder,
    leaves: leaves.sort((a, b) => (a.path < b.path ? -1 : 1)),
    notRead: {
      foundational: foundational ? [] : files.filter(file => isLeaf(file) && file.startsWith(`${foundationalFolder}/`)),
      misnamed: files.filter(file => within(file) && !isLeaf(file) && /\.ya?ml$/i.test(file)),
    },
  }
}

async function readLeaf(folder: string, file: string): Promise<Pick<FoundLeaf, 'leaf' | 'problems'>> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(join(folder, file))
  } catch (error) {
    const message = `The file cannot be read: ${(error as Error).message}.`
    const repair = 'Check who may read it.'
    return { problems: [{ rule: 'readable', severity: 'error', line: 1, column: 1, message, repair, from: 'file' }] }
  }
  const { leaf, problems } = readQna(file, bytes)
  // Whoever asks for foundational skills knows where they are.
  return { ...(leaf && { leaf }), problems: problems.filter(({ rule }) => rule !== 'placement') }
}

function noTaxonomy(folder: string, files: string[]): CultivarError {
  const message = `“${folder}” is not a taxonomy: there is no ${leafFile} below compositional_skills/ or knowledge/.`
  const above = folderAbove(folder)
  const elsewhere = files.filter(file => basename(file) === leafFile)
  const foundational = elsewhere.filter(file => file.startsWith(`${foundationalFolder}/`))
  if (above !== undefined) return new CultivarError('not-found', message, `It is part of one: give ${above} instead.`)
  if (foundational.length > 0)
    return new CultivarError(
      'not-found',
      message,
      `There are ${foundational.length} in ${foundationalFolder}/, which InstructLab does not read: --foundational reads them.`,
    )
  if (elsewhere.length > 0)
    return new CultivarError(
      'not-found',
      message,
      `There are ${elsewhere.length} elsewhere, as ${elsewhere[0]}: give the folder that holds compositional_skills/ or knowledge/.`,
    )
  return new CultivarError(
    'not-found',
    message,
    files.length === 0
      ? `The folder is empty. Each leaf is a folder with a ${leafFile}, such as compositional_skills/writing/poems/${leafFile}.`
      : `Each leaf is a folder with a ${leafFile}, such as compositional_skills/writing/poems/${leafFile}.`,
  )
}

/** The folder of the taxonomy that this one is a part of. */
function folderAbove(folder: string): string | undefined {
  const parts = folder.split(/[/\\]/)
  const at = parts.findLastIndex(part => [...taxonomyFolders, foundationalFolder].includes(part))
  if (at < 1) return undefined
  const above = parts.slice(0, at).join('/')
  return existsSync(above) ? above : undefined
}

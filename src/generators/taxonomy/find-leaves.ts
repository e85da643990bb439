/** Finds the leaves of a taxonomy that a run is to grow, and says which it leaves out and why. */
import { matchesGlob } from 'node:path'
import type { PlanContext } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import type { TaxonomyLeaf } from '../../taxonomy/leaf.ts'
import { foundationalFolder, taxonomyFolders } from '../../taxonomy/leaf-path.ts'
import { type QnaProblem, readQna } from '../../taxonomy/read-qna.ts'
import { requireSources } from './require-sources.ts'
import type { TaxonomyParams } from './taxonomy-params.ts'

const mostPaths = 6

export interface FoundLeaves {
  leaves: TaxonomyLeaf[]
  /** One line for each that cannot be grown. */
  leftOut: string[]
}

/**
 * In order of their paths.
 *
 * @throws CultivarError `not-found` if there is no leaf that the parameters mean; what the folder or git says.
 */
export async function findLeaves(context: PlanContext<TaxonomyParams>): Promise<FoundLeaves> {
  const { params, readText } = context
  const paths = await chosenPaths(context)
  const leaves: TaxonomyLeaf[] = []
  const leftOut: string[] = []
  for (const path of paths) {
    const read = await readText(`${params.taxonomy}/${path}`)
      .then(text => readQna(path, text))
      .catch(faultOf)
    if (read instanceof CultivarError) leftOut.push(leftOutLine(leafPath(path), read.message))
    else if (read.leaf) leaves.push(read.leaf)
    else leftOut.push(leftOutLine(leafPath(path), worstOf(read.problems)))
  }
  return { leaves, leftOut }
}

export function leftOutLine(leaf: string, why: string): string {
  return `Left out ${leaf}: ${why}`
}

/** What is wrong with one leaf must not cost the others. */
export function faultOf(error: unknown): CultivarError {
  if (error instanceof CultivarError) return error
  throw error
}

function worstOf(problems: readonly QnaProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const [first = problems[0]] = errors
  if (!first) return 'there is nothing in its qna.yaml.'
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more: cultivar taxonomy check)` : ''
  return `line ${first.line}: ${first.message} ${first.repair}${more}`
}

/** Paths of the qna.yaml files that the parameters mean. */
async function chosenPaths({ params, sources }: PlanContext<TaxonomyParams>): Promise<string[]> {
  const { taxonomy, since, foundational, leaves } = params
  const { listFiles, listChanges } = requireSources(sources)
  const isQna = (path: string) => path.endsWith('/qna.yaml')
  const all = (await listFiles(taxonomy)).filter(isQna)
  const read = foundational ? [...taxonomyFolders, foundationalFolder] : taxonomyFolders
  const within = all.filter(path => read.includes(path.split('/', 1)[0]!))
  if (within.length === 0) throw noLeaves(taxonomy, all)
  const named = within.filter(
    path => leaves.length === 0 || leaves.some(pattern => matchesGlob(leafPath(path), pattern)),
  )
  if (named.length === 0) throw nothingMatches(leaves, within)
  if (since === undefined) return named
  const changes = new Set(await listChanges(taxonomy, since))
  const changed = named.filter(path => changes.has(path))
  if (changed.length === 0) throw nothingChanged(taxonomy, since)
  return changed
}

function leafPath(path: string): string {
  return path.slice(0, -'/qna.yaml'.length)
}

function noLeaves(taxonomy: string, elsewhere: string[]): CultivarError {
  const hint =
    elsewhere.length === 0
      ? `Give the folder that holds ${taxonomyFolders.join('/ and ')}/, each leaf a folder with a qna.yaml.`
      : `There are ${elsewhere.length} qna.yaml files elsewhere in it, as ${elsewhere[0]}: give the folder that holds ${taxonomyFolders.join('/ and ')}/${
          elsewhere.some(path => path.startsWith(`${foundationalFolder}/`)) ? ', or set `foundational: true`' : ''
        }.`
  return new CultivarError('not-found', `There is no leaf to grow in “${taxonomy}”.`, hint)
}

function nothingMatches(patterns: string[], paths: string[]): CultivarError {
  const listed = paths.slice(0, mostPaths).map(leafPath)
  const more = paths.length > mostPaths ? ` and ${paths.length - mostPaths} more` : ''
  return new CultivarError(
    'not-found',
    `No leaf matches ${patterns.join(', ')}.`,
    `There are ${listed.join(', ')}${more}. A pattern is for the whole path: knowledge/**, not knowledge.`,
  )
}

function nothingChanged(taxonomy: string, since: string): CultivarError {
  return new CultivarError(
    'not-found',
    `No leaf of “${taxonomy}” changed since ${since}.`,
    'Leave `since` out to grow all of them, or name an earlier reference.',
  )
}

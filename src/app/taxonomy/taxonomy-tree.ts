/** What people want to know of a taxonomy at a glance: its leaves, their seeds, documents and problems, and what to look at. */
import { isMoving } from '../../git/resolve-commit.ts'
import { CultivarError } from '../../model/error.ts'
import type { LeafDocument, LeafKind } from '../../taxonomy/leaf.ts'
import type { QnaProblem } from '../../taxonomy/qna-problem.ts'
import { checkDocumentChoice, findFetched } from '../repository-documents.ts'
import { type FoundLeaf, readTaxonomy, type Taxonomy, type TaxonomyOptions } from './read-taxonomy.ts'
import { type TreeWarning, treeWarnings } from './tree-warnings.ts'

export interface TreeDocument extends LeafDocument {
  /** Whether the workspace has a copy of the commit. Of a branch or tag that cannot be told without asking. */
  fetched: boolean
  /** Whether the commit is named by a branch or tag. */
  moving: boolean
  /** Why it cannot be fetched as it is written. */
  fault?: string
}

export interface TreeLeaf {
  path: string
  /** Absent if its file is not sound for its schema. */
  kind?: LeafKind
  version?: number
  seeds: number
  pairs: number
  document?: TreeDocument
  problems: QnaProblem[]
  changed?: boolean
}

interface KindTotal {
  kind: LeafKind | 'invalid'
  leaves: number
  seeds: number
  pairs: number
  changed: number
  withProblems: number
}

export interface TaxonomyTree {
  folder: string
  since?: string
  leaves: TreeLeaf[]
  totals: KindTotal[]
  warnings: TreeWarning[]
  notRead: Taxonomy['notRead']
}

const kinds = ['freeform', 'grounded', 'knowledge', 'invalid'] as const

interface TreeOptions extends TaxonomyOptions {
  /** Where fetched repositories are kept. */
  workspaceFolder?: string | undefined
  /** What paths of repositories start from. */
  from: string
}

/** Fetches nothing. Throws CultivarError as `readTaxonomy`. */
export async function taxonomyTree(folder: string, options: TreeOptions): Promise<TaxonomyTree> {
  const taxonomy = await readTaxonomy(folder, options)
  const leaves: TreeLeaf[] = []
  for (const found of taxonomy.leaves) leaves.push(await treeLeaf(found, options))
  return {
    folder: taxonomy.folder,
    ...(options.since !== undefined && { since: options.since }),
    leaves,
    totals: kinds.map(kind => totalOf(kind, leaves)).filter(total => total.leaves > 0),
    warnings: treeWarnings(taxonomy.leaves.flatMap(({ leaf }) => leaf ?? [])),
    notRead: taxonomy.notRead,
  }
}

async function treeLeaf({ path, leaf, problems, changed }: FoundLeaf, options: TreeOptions): Promise<TreeLeaf> {
  return {
    path,
    ...(leaf && { kind: leaf.kind, version: leaf.version }),
    seeds: leaf?.seeds.length ?? 0,
    pairs: leaf?.seeds.reduce((sum, { pairs }) => sum + pairs.length, 0) ?? 0,
    ...(leaf?.document && { document: await treeDocument(leaf.document, options) }),
    problems,
    ...(changed !== undefined && { changed }),
  }
}

async function treeDocument(document: LeafDocument, options: TreeOptions): Promise<TreeDocument> {
  const { workspaceFolder, from } = options
  const moving = isMoving(document.commit)
  try {
    checkDocumentChoice(document)
  } catch (error) {
    if (error instanceof CultivarError) return { ...document, moving, fetched: false, fault: error.message }
    throw error
  }
  const found = workspaceFolder === undefined ? undefined : await findFetched(document, workspaceFolder, from)
  return { ...document, moving, fetched: found !== undefined }
}

function totalOf(kind: KindTotal['kind'], all: TreeLeaf[]): KindTotal {
  const leaves = all.filter(leaf => (leaf.kind ?? 'invalid') === kind)
  const sum = (of: (leaf: TreeLeaf) => number) => leaves.reduce((total, leaf) => total + of(leaf), 0)
  return {
    kind,
    leaves: leaves.length,
    seeds: sum(({ seeds }) => seeds),
    pairs: sum(({ pairs }) => pairs),
    changed: sum(({ changed }) => (changed ? 1 : 0)),
    withProblems: sum(({ problems }) => (problems.length > 0 ? 1 : 0)),
  }
}

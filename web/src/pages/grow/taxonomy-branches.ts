/** The tree of a taxonomy as rows, and the branches that a recipe names as globs. */
import type { TaxonomyShown } from '../../../../src/model/api/previews.ts'

export type Leaf = TaxonomyShown['leaves'][number]

export interface TreeNode {
  /** From the taxonomy's folder on. */
  path: string
  name: string
  /** 0 at the top. */
  depth: number
  parent: string | undefined
  /** A folder may be a leaf and hold others. */
  leaf?: Leaf
  children: TreeNode[]
  /** Of it and all below. */
  leaves: Leaf[]
}

export function treeOf(leaves: readonly Leaf[]): TreeNode[] {
  const root: TreeNode = { path: '', name: '', depth: -1, parent: undefined, children: [], leaves: [] }
  for (const leaf of leaves) {
    let node = root
    for (const name of leaf.path.split('/')) {
      let child = node.children.find(each => each.name === name)
      if (!child) {
        const path = node.path === '' ? name : `${node.path}/${name}`
        const parent = node.path === '' ? undefined : node.path
        child = { path, name, depth: node.depth + 1, parent, children: [], leaves: [] }
        node.children.push(child)
      }
      child.leaves.push(leaf)
      node = child
    }
    node.leaf = leaf
  }
  return root.children
}

/** Those that show: all whose folders are open. */
export function shownRows(nodes: readonly TreeNode[], isOpen: (path: string) => boolean): TreeNode[] {
  return nodes.flatMap(node => [node, ...(isOpen(node.path) ? shownRows(node.children, isOpen) : [])])
}

/** `**` stands for any folders, `*` and `?` for letters of one. */
function matcher(glob: string): RegExp {
  const pattern = glob.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll(/\*\*\/|\/\*\*$|\*\*|\*|\?/g, found => {
    if (found === '**/') return '(?:.*/)?'
    if (found === '/**') return '(?:/.*)?'
    return found === '**' ? '.*' : found === '*' ? '[^/]*' : '[^/]'
  })
  return new RegExp(`^${pattern}$`)
}

/** Paths of the leaves that the globs mean; no glob means all of them. */
export function chosenLeaves(leaves: readonly Leaf[], globs: readonly string[]): Set<string> {
  const matchers = globs.map(matcher)
  return new Set(
    leaves.flatMap(({ path }) => (globs.length === 0 || matchers.some(glob => glob.test(path)) ? path : [])),
  )
}

/** The fewest globs that mean these leaves: whole branches as `branch/**`; none where all are chosen. */
export function globsOf(nodes: readonly TreeNode[], chosen: ReadonlySet<string>): string[] {
  const isWhole = ({ leaves }: TreeNode) => leaves.every(({ path }) => chosen.has(path))
  const within = (list: readonly TreeNode[]): string[] =>
    list.flatMap(node => {
      if (isWhole(node))
        return [...(node.leaf ? [node.path] : []), ...(node.children.length > 0 ? [`${node.path}/**`] : [])]
      return [...(node.leaf && chosen.has(node.path) ? [node.path] : []), ...within(node.children)]
    })
  return nodes.every(isWhole) ? [] : within(nodes)
}

/** Kept records wanted of a leaf, as the recipe's target says it; undefined where it cannot be told before the run is planned. */
export function targetOf(target: unknown, path: string, chosen: number): number | undefined {
  if (target === undefined) return usualTarget
  if (typeof target === 'number') return Math.ceil(target / Math.max(1, chosen))
  if (typeof target !== 'object' || target === null) return undefined
  const { to, each, [path]: own } = target as Record<string, unknown>
  if (typeof to === 'number') return Math.ceil(to / Math.max(1, chosen))
  return countOf(own) ?? countOf(each)
}

/** As the generator has it. */
const usualTarget = 30

function countOf(count: unknown): number | undefined {
  if (typeof count === 'number') return count
  const { to } = (typeof count === 'object' && count !== null ? count : {}) as { to?: unknown }
  return typeof to === 'number' ? to : undefined
}

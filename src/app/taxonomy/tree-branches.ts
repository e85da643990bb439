/** The folders of a taxonomy as a tree, those that hold nothing but one folder joined with it. */
import type { TreeLeaf } from './taxonomy-tree.ts'

export interface Branch {
  /** One folder, or several joined: `arts/music`. */
  name: string
  /** A folder may be a leaf and hold others. */
  leaf?: TreeLeaf
  children: Branch[]
}

/** One branch for each folder at the top, never joined with what is below. Leaves must be in order of path. */
export function branchesOf(leaves: readonly TreeLeaf[]): Branch[] {
  const root: Branch = { name: '', children: [] }
  for (const leaf of leaves) {
    let branch = root
    for (const name of leaf.path.split('/')) {
      let child = branch.children.find(each => each.name === name)
      if (!child) {
        child = { name, children: [] }
        branch.children.push(child)
      }
      branch = child
    }
    branch.leaf = leaf
  }
  return root.children.map(top => ({ ...top, children: top.children.map(joined) }))
}

function joined(branch: Branch): Branch {
  const [only, ...others] = branch.children
  if (!branch.leaf && only && others.length === 0) return joined({ ...only, name: `${branch.name}/${only.name}` })
  return { ...branch, children: branch.children.map(joined) }
}

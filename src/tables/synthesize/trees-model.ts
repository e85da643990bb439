/** What sequential trees learned, as plain JSON: for each column a tree that leads from the columns before it to how often each code was seen. */

/** Nodes in preorder: a split's left part is the node after it, and its right part the node at `right`. */
export type TreesNode =
  /** By an ordered column: codes up to `upTo` go left. */
  | { by: number; upTo: number; right: number }
  /** By a category: the codes `among` go left. */
  | { by: number; among: number[]; right: number }
  /** A leaf: its codes, ascending, and how many training rows had each. */
  | { codes: number[]; counts: number[] }

export interface ColumnTree {
  column: number
  /** How many rows the distribution of the node above counts as, in every node. */
  shrinkage: number
  /** With which probability a code is drawn anew from all training rows of its group, wherever in the tree they are. */
  blur: number
  /** The group of each code. */
  groups: number[]
  nodes: TreesNode[]
}

export interface TreesModel {
  /** How many columns, the first ones, are given. */
  given: number
  /** Of the other columns, in the order they are drawn in. */
  trees: ColumnTree[]
}

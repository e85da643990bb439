/** The browser's selection in an element that holds a text, as offsets in that text. */

export interface Selected {
  anchor: number
  focus: number
}

/** Undefined where the selection is elsewhere. */
export function readSelection(root: HTMLElement): Selected | undefined {
  const selection = document.getSelection()
  if (!selection?.anchorNode || !selection.focusNode) return undefined
  if (!root.contains(selection.anchorNode) || !root.contains(selection.focusNode)) return undefined
  return {
    anchor: offsetOf(root, selection.anchorNode, selection.anchorOffset),
    focus: offsetOf(root, selection.focusNode, selection.focusOffset),
  }
}

export function writeSelection(root: HTMLElement, { anchor, focus }: Selected): void {
  const [from, to] = [placeOf(root, anchor), placeOf(root, focus)]
  document.getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset)
}

/** Where a caret stands, in pixels from the corner of the element. */
export function caretAt(root: HTMLElement, offset: number): { left: number; top: number; height: number } | undefined {
  const { node, offset: inNode } = placeOf(root, offset)
  const range = document.createRange()
  range.setStart(node, inNode)
  const rect = range.getClientRects()[0]
  const corner = root.getBoundingClientRect()
  if (!rect) return undefined
  return {
    left: rect.left - corner.left + root.scrollLeft - root.clientLeft,
    top: rect.top - corner.top + root.scrollTop - root.clientTop,
    height: rect.height,
  }
}

function offsetOf(root: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange()
  range.setStart(root, 0)
  range.setEnd(node, offset)
  return range.toString().length
}

function placeOf(root: HTMLElement, offset: number): { node: Node; offset: number } {
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  let rest = offset
  let last: Node = root
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const { length } = node as Text
    if (rest <= length) return { node, offset: rest }
    rest -= length
    last = node
  }
  return { node: last, offset: last === root ? 0 : (last as Text).length }
}

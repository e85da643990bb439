/** Walking and reading the tree of a page. */
import type { Element, Nodes, Parents } from 'hast'

/** Whether it is an element, of one of these kinds if any are named. */
export function isElement(node: Nodes | undefined, ...tags: string[]): node is Element {
  return node?.type === 'element' && (tags.length === 0 || isA(node, ...tags))
}

/** Of an element, whether it is of one of these kinds. */
export function isA(element: Element, ...tags: string[]): boolean {
  return tags.includes(element.tagName)
}

/** All elements in document order, without recursion: the tree may be of any depth. */
export function* elementsOf(root: Parents): Generator<{ element: Element; depth: number }> {
  const waiting: { node: Nodes; depth: number }[] = [{ node: root, depth: 0 }]
  while (waiting.length > 0) {
    const { node, depth } = waiting.pop()!
    if (isElement(node)) yield { element: node, depth }
    if (!('children' in node)) continue
    for (let at = node.children.length; at-- > 0; ) waiting.push({ node: node.children[at]!, depth: depth + 1 })
  }
}

export function hasElement(root: Parents, accepts: (element: Element) => boolean): boolean {
  for (const { element } of elementsOf(root)) if (element !== root && accepts(element)) return true
  return false
}

/** A property as text: lists are joined by blanks, what is missing is empty. */
export function property(element: Element, name: string): string {
  const value = element.properties[name]
  return Array.isArray(value) ? value.join(' ') : typeof value === 'string' || value === true ? String(value) : ''
}

export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

/** Letters and digits: what a page says, whatever its blanks and signs. */
export function lettersIn(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
}

/** Chooses the part of a page that is its text. */
import { Readability } from '@mozilla/readability'
import type { Element, Nodes, Parents, Root } from 'hast'
import { parseHTML } from 'linkedom'
import { withoutFurniture } from './furniture.ts'
import { elementsOf, isElement, lettersIn, property, textOf } from './tree.ts'

/** Of the running text (what is not in links), the article must hold this much to be taken for the page. */
const leastShare = 0.9
/** Beyond this many elements the article is not looked for: it takes too long. */
const mostElements = 20_000
const numberAttribute = 'data-number'

/**
 * First goes what says itself that it is no text. If there was anything of the kind, the page has more around its text, and the
 * smallest part that holds all of what Readability takes for the article is believed, if nearly all running text is in it.
 * Otherwise all that remains is taken: a stray menu does less harm than a lost paragraph.
 */
export function mainPart(page: Root): Root {
  const { root, dropped } = withoutFurniture(page)
  if (!dropped) return page
  if (lettersIn(textOf(root)) === 0) return page
  const article = articleOf(root)
  return article && runningLetters(article) >= leastShare * runningLetters(root)
    ? { type: 'root', children: [article] }
    : root
}

function runningLetters(node: Nodes): number {
  if (node.type === 'text') return lettersIn(node.value)
  if (!('children' in node) || isElement(node, 'a')) return 0
  return node.children.reduce((sum, child) => sum + runningLetters(child), 0)
}

function articleOf(root: Root): Element | undefined {
  const elements = [...elementsOf(root)].map(({ element }) => element)
  if (elements.length > mostElements) return undefined
  const found = new Readability<{
    querySelectorAll(selector: string): Iterable<{ getAttribute(name: string): string }>
  }>(documentOf(root, new Map(elements.map((element, at) => [element, at]))), {
    serializer: node => node as never,
    disableJSONLD: true,
  }).parse()?.content
  const survivors = found ? [...found.querySelectorAll(`[${numberAttribute}]`)] : []
  return smallestAround(root, new Set(survivors.map(node => elements[Number(node.getAttribute(numberAttribute))]!)))
}

/** As much of the DOM as is needed to build and read a page. */
interface PageNode {
  appendChild(child: PageNode): void
}

/** What Readability looks at, as a document of its kind. */
function documentOf(root: Root, numbers: Map<Element, number>): never {
  const { document } = parseHTML('<!doctype html><html><head></head><body></body></html>')
  const grow = (parent: PageNode, nodes: Nodes[]): void => {
    for (const node of nodes) {
      if (node.type === 'text') parent.appendChild(document.createTextNode(node.value))
      if (!isElement(node)) continue
      const element = document.createElement(node.tagName)
      for (const [attribute, name] of [
        ['id', 'id'],
        ['class', 'className'],
        ['role', 'role'],
        ['href', 'href'],
      ] as const) {
        if (property(node, name) !== '') element.setAttribute(attribute, property(node, name))
      }
      element.setAttribute(numberAttribute, String(numbers.get(node)))
      parent.appendChild(element)
      grow(element, node.children)
    }
  }
  grow(document.body, root.children)
  return document as never
}

/** The smallest element with all of these in it. */
function smallestAround(root: Parents, wanted: Set<Element>): Element | undefined {
  let smallest: Element | undefined
  const count = (node: Parents): number => {
    let inside = isElement(node) && wanted.has(node) ? 1 : 0
    for (const child of node.children) if (isElement(child)) inside += count(child)
    if (inside === wanted.size && isElement(node)) smallest ??= node
    return inside
  }
  if (wanted.size > 0) count(root)
  return smallest
}

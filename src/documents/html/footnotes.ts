/** Finds the footnotes of a page: links to list items that link back. */
import type { Element, Parents, Root } from 'hast'
import { elementsOf, isElement, property } from './tree.ts'

/** Makes them elements `footnote-reference`, `footnote-list` and `footnote`, with a number in `title`; takes the links back off. */
export function markFootnotes(root: Root): void {
  const items = new Map<string, Element>()
  const parents = new Map<Element, Parents>()
  const links: Element[] = []
  for (const { element } of elementsOf(root)) {
    const id = property(element, 'id')
    if (isElement(element, 'li') && id !== '' && !items.has(id)) items.set(id, element)
    if (isElement(element, 'a') && property(element, 'href').startsWith('#')) links.push(element)
    for (const child of element.children) if (isElement(child)) parents.set(child, element)
  }
  const backLinks = new Map<Element, Set<string>>()
  for (const item of items.values()) {
    const targets = [...elementsOf(item)].map(({ element }) => linkTarget(element)).filter(target => target !== '')
    backLinks.set(item, new Set(targets))
  }
  const numbers = new Map<Element, number>()
  for (const link of links) {
    const item = items.get(linkTarget(link))
    if (!item || !idsAround(link, parents).some(id => backLinks.get(item)!.has(id))) continue
    if (!numbers.has(item)) numbers.set(item, numbers.size + 1)
    becomes(link, 'footnote-reference', numbers.get(item))
  }
  for (const [item, number] of numbers) {
    dropLinksBack(item, backLinks.get(item)!)
    becomes(item, 'footnote', number)
    const around = parents.get(item)
    if (isElement(around, 'ol', 'ul')) becomes(around, 'footnote-list')
  }
}

function becomes(element: Element, tagName: string, number?: number): void {
  element.tagName = tagName
  element.properties = { title: String(number) }
}

function linkTarget(element: Element): string {
  const href = property(element, 'href')
  return isElement(element, 'a') && href.startsWith('#') ? href.slice(1) : ''
}

/** Its own and those of what stands closely around it. */
function idsAround(link: Element, parents: Map<Element, Parents>): string[] {
  const ids = [property(link, 'id')]
  let around = parents.get(link)
  for (let steps = 0; steps < 2 && isElement(around, 'sup', 'span', 'cite'); steps++) {
    ids.push(property(around, 'id'))
    around = parents.get(around)
  }
  return ids.filter(id => id !== '')
}

function dropLinksBack(item: Parents, targets: Set<string>): void {
  for (const { element } of [...elementsOf(item)]) {
    element.children = element.children.filter(child => !isElement(child, 'a') || !targets.has(linkTarget(child)))
  }
}

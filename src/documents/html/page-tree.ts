/** The tree of a page's text: what is no text, or not to be seen, is left out. */
import type { Element, ElementContent, Root, RootContent } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { markCodeLanguage } from './code-language.ts'
import { elementsOf, hasElement, isA, isElement, lettersIn, property, textOf } from './tree.ts'

const noText = new Set(
  (
    'applet area audio base canvas datalist embed frame frameset iframe input link map meta meter noembed noframes ' +
    'noscript object optgroup option param progress rp script select source style svg template textarea track video'
  ).split(' '),
)
const headings = /^(h[1-6]|summary|legend|dt)$/

interface Page {
  /** What the page calls itself, which often names its site too; empty if it has none. */
  title: string
  body: Root
}

/** What a page says and how, with nothing to run or to load. Its nesting must have been checked. */
export function readPage(markup: string): Page {
  const parsed = unified().use(rehypeParse).parse(markup)
  const page = parsed.children.filter(node => isElement(node, 'html'))
  const part = (tag: string) => page.flatMap(html => html.children).find(node => isElement(node, tag))
  const [head, body] = [part('head'), part('body')]
  const title = head && 'children' in head ? head.children.find(node => isElement(node, 'title')) : undefined
  const children = body && 'children' in body ? body.children : []
  return {
    title: title ? oneLine(textOf(title)) : '',
    body: { type: 'root', children: kept(children, { inHeading: false, around: '' }) },
  }
}

/** The first heading that is part of the page's title is the document's own; else all of the page's title. */
export function ownTitle(title: string, body: Root): string {
  for (const { element } of elementsOf(body)) {
    const heading = isA(element, 'h1', 'h2', 'h3') ? oneLine(textOf(element)) : ''
    if (heading !== '' && title.toLowerCase().includes(heading.toLowerCase())) return heading
  }
  return title
}

function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim().normalize('NFC')
}

interface Place {
  /** What the nodes are in. */
  parent?: Element
  inHeading: boolean
  /** Classes of the element around the one that holds these nodes. */
  around: string
}

function kept(nodes: RootContent[], { parent, inHeading, around }: Place): RootContent[] {
  const classes = parent ? property(parent, 'className') : ''
  return nodes.flatMap((node): RootContent[] => {
    if (node.type === 'text') return [{ type: 'text', value: plainText(node.value) }]
    if (!isElement(node)) return []
    if (isA(node, 'math')) return formula(node)
    if (isA(node, 'br') && inHeading) return [{ type: 'text', value: ' ' }]
    if (parent && isBoxToTick(node, parent)) return [node]
    if (noText.has(node.tagName) || isHidden(node) || (inHeading && isAnchorSign(node))) return []
    // Headings that unfold are buttons; other buttons do something.
    if (isA(node, 'button') && !inHeading && !hasElement(node, inner => headings.test(inner.tagName))) return []
    if (isA(node, 'pre')) markCodeLanguage(node, `${classes} ${around}`)
    const inside = { inHeading: inHeading || headings.test(node.tagName), around: classes, parent: node }
    const { type, tagName, properties, children } = node
    return [{ type, tagName, properties, children: kept(children, inside) as ElementContent[] }]
  })
}

/** In lists of tasks and in forms to fill in, boxes are text; elsewhere they make something unfold. */
function isBoxToTick(element: Element, parent: Element): boolean {
  const type = isA(element, 'input') ? property(element, 'type') : ''
  return type === 'checkbox' && isA(parent, 'li', 'p', 'td') && !isHidden(element)
}

/** Blanks that only keep words together or apart on the screen are blanks; hyphens nobody sees are none. */
function plainText(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u00ad\u200b\u2060\ufeff\0]/g, '')
}

function isHidden(element: Element): boolean {
  const style = property(element, 'style')
  return (
    property(element, 'hidden') !== '' ||
    /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style) ||
    (property(element, 'ariaHidden') === 'true' && isA(element, 'a', 'i', 'span'))
  )
}

/** The sign beside a heading that links to it. */
function isAnchorSign(element: Element): boolean {
  if (!isA(element, 'a') || !property(element, 'href').startsWith('#')) return false
  return lettersIn(textOf(element)) === 0 && !hasElement(element, inner => isA(inner, 'img'))
}

/** As TeX, where the page says it so; else its signs in order. */
function formula(element: Element): RootContent[] {
  let tex = property(element, 'alttext')
  const find = (node: Element): void => {
    if (isElement(node, 'annotation') && /tex/i.test(property(node, 'encoding'))) tex = textOf(node)
    for (const child of node.children) if (isElement(child)) find(child)
  }
  find(element)
  return [{ type: 'text', value: tex === '' ? textOf(element).replace(/\s+/g, ' ') : `$${tex.trim()}$` }]
}

/** Takes off a page what stands around its text and says itself what it is: navigation, banners, comments. */
import type { Element, ElementContent, Root } from 'hast'
import { hasElement, isA, isElement, lettersIn, property, textOf } from './tree.ts'

const roles = /^(navigation|banner|contentinfo|search|dialog|alertdialog|menu|menubar|toolbar)$/
/** Of elements outside the article alone: within it they are part of it. */
const outerTags = /^(header|footer|aside)$/
const partTags = /^(div|section|aside|header|footer|nav|ul|ol|form|table|td|p|span|a|article)$/

const subjects =
  'nav|navbar|navigation|menu|menubar|topbar|toolbar|breadcrumbs?|sidebar|sidenav|masthead|footer|pagination|pager|' +
  'cookies?|consent|gdpr|ccpa|comments?|commentlist|disqus|replies|respond|' +
  'share|sharing|social|related|recommended|recommendations|promo|advert|advertisement|ads?|adsense|sponsor(?:ed)?|' +
  'newsletter|subscribe|subscription|signup|popup|modal|overlay|skip|skiplinks?|navbox|editsection|printonly'
const parts =
  'top|bottom|main|site|page|post|article|global|primary|secondary|left|right|header|mobile|desktop|sticky|user|mw|wp|' +
  'area|bar|banner|block|box|container|content|wrapper|inner|outer|list|items?|links?|section|widget|form|thread|notice|' +
  'popup|modal|dialog|overlay|buttons?|icons?|posts?|articles?|stories|media|toggle|panel|slot|unit|nav|menu|next|prev|to|id|\\d+'
const name = new RegExp(`^(?:(?:${parts})[-_]+)*(?:${subjects})(?:[-_]+(?:${parts}|${subjects}))*$`)

/** The page without it, and whether there was any. */
export function withoutFurniture(root: Root): { root: Root; dropped: boolean } {
  const whole = lettersIn(textOf(root))
  let dropped = false
  const pruned = <T extends Root | Element>(parent: T, inArticle: boolean): T => {
    // Highlighted code has comments.
    if (isElement(parent, 'pre', 'code')) return parent
    const inside = inArticle || isElement(parent, 'main', 'article')
    const children = (parent.children as ElementContent[]).filter(
      child => !isElement(child) || !isFurniture(child, inside, whole),
    )
    dropped ||= children.length < parent.children.length
    return { ...parent, children: children.map(child => (isElement(child) ? pruned(child, inside) : child)) }
  }
  return { root: pruned(root, false), dropped }
}

function isFurniture(element: Element, inArticle: boolean, wholeLetters: number): boolean {
  if (isA(element, 'main') || roleOf(element) === 'main') return false
  if (isA(element, 'nav', 'dialog') || roles.test(roleOf(element))) return true
  if (!partTags.test(element.tagName)) return false
  const isOuter = !inArticle && (outerTags.test(element.tagName) || roleOf(element) === 'complementary')
  if (!isOuter && !isNamedSo(element)) return false
  // What holds the title or most of the page is not beside its text, whatever it is called.
  if (hasElement(element, inner => isA(inner, 'h1', 'main'))) return false
  return /comment|disqus|replies/.test(namesOf(element)) || lettersIn(textOf(element)) * 2 < wholeLetters
}

/** Whether id or class, as `HeaderNav` or `site-footer`, is made of such words alone; `has-sidebar` is not. */
function isNamedSo(element: Element): boolean {
  return namesOf(element)
    .split(/\s+/)
    .some(word => name.test(word.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()))
}

function namesOf(element: Element): string {
  return `${property(element, 'id')} ${property(element, 'className')}`
}

function roleOf(element: Element): string {
  return property(element, 'role').toLowerCase()
}

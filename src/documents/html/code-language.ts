/** Finds the language of a block of code, however the page's highlighter says it. */
import type { Element, ElementContent } from 'hast'
import { elementsOf, property } from './tree.ts'

const named = /(?:^|\s)(?:language-|lang-|highlight-source-|highlight-|brush:\s*|sourceCode\s+)([a-z][\w+#.-]*)/i
const lineNumbers = /(?:^|\s)(?:line-?numbers?(?:-rows)?|linenos?|gutter)(?:\s|$)/i
const noLanguage = /^(?:none|default|plaintext|text|notranslate)$/i

/** Puts the code of a `pre` into one `code` with the class `language-…`, and takes line numbers off. */
export function markCodeLanguage(pre: Element, around = ''): void {
  const places = [pre, ...pre.children.filter(child => child.type === 'element')]
  const said = places
    .map(place => property(place, 'dataLang') || property(place, 'dataLanguage'))
    .find(name => name !== '')
  const classes = [...places.map(place => property(place, 'className')), around].join(' ')
  const language = said ?? named.exec(classes)?.[1]
  for (const { element } of [...elementsOf(pre)]) {
    element.children = element.children.filter(
      child => !(child.type === 'element' && lineNumbers.test(property(child, 'className')) && isNumbers(child)),
    )
  }
  const className = language && !noLanguage.test(language) ? [`language-${language.toLowerCase()}`] : []
  const code: ElementContent = { type: 'element', tagName: 'code', properties: { className }, children: pre.children }
  pre.children = [code]
}

function isNumbers(element: Element): boolean {
  return [...elementsOf(element)].every(({ element: inner }) =>
    inner.children.every(child => child.type !== 'text' || /^[\s\d]*$/.test(child.value)),
  )
}

/** Turns the markup of a page into its title and its text. */
import { tooDeep } from '../refusals.ts'
import { mainPart } from './main-part.ts'
import { isNestedTooDeeply } from './nesting.ts'
import { ownTitle, readPage } from './page-tree.ts'
import { toMarkdown } from './to-markdown.ts'

/**
 * `whole`: nothing on the page is taken for what only stands around its text.
 * @throws CultivarError `bad-file`, named after the document, if it is nested too deeply.
 */
export function readHtml(name: string, markup: string, { whole = false } = {}): { title: string; markdown: string } {
  try {
    if (isNestedTooDeeply(markup, 'html')) throw tooDeep(name)
    const { title, body } = readPage(markup)
    const main = whole ? body : mainPart(body)
    const own = ownTitle(title, main)
    const markdown = toMarkdown(main)
    return { title: own, markdown }
  } catch (error) {
    // Markup can be closed in such disorder that only the parser finds out how deep it is.
    if (error instanceof RangeError) throw tooDeep(name)
    throw error
  }
}

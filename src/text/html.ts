/** HTML built from parts: what is put in is text and stays text. */

const made = new WeakMap<object, string>()

/** Markup; only `html` makes it, so that nothing read from a file or a model can pass for it. */
export interface Html {
  readonly kind: 'html'
}

export type HtmlPart = Html | string | number | undefined | false | readonly HtmlPart[]

/**
 * Markup from a literal: what stands in it is taken as it is, what is put in is escaped, for elements and for quoted attributes. Lists
 * are joined; undefined and false are nothing. Control characters and those that turn the direction of writing become visible.
 */
export function html(literal: TemplateStringsArray, ...parts: HtmlPart[]): Html {
  const markup = literal.reduce((before, next, at) => before + markupOf(parts[at - 1]) + next)
  const result: Html = { kind: 'html' }
  made.set(result, markup)
  return result
}

/** The markup as text, to be written to a file. */
export function htmlText(page: Html): string {
  return made.get(page) ?? ''
}

function markupOf(part: HtmlPart): string {
  if (part === undefined || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return isList(part) ? part.map(markupOf).join('') : htmlText(part)
}

function isList(part: Html | readonly HtmlPart[]): part is readonly HtmlPart[] {
  return Array.isArray(part)
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Line feeds and tabs stay. */
const controls = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"']/g, character => entities[character]!)
    .replace(/\r\n?/g, '\n')
    .replace(controls, character => visible(character.charCodeAt(0)))
}

/** Unicode’s pictures of controls where there is one, else the code point. */
function visible(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}

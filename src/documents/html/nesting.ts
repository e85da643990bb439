/** How deeply markup is nested, told before it is parsed: parsers and converters overflow the stack on what is too deep. */

/** As deep as browsers build a page. */
const deepestNesting = 512

/** Elements that hold nothing, or that the next of their kind ends. */
const notCounted = new Set(
  (
    'area base br col embed hr img input link meta param source track wbr ' +
    'p li dt dd option optgroup tr td th tbody thead tfoot colgroup caption rt rp html head body'
  ).split(' '),
)
const unread = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)/
const raw = /<(script|style|textarea|title|xmp)\b[\s\S]*?(?:<\/\1|$)/
const tag = /<(\/?)([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)/
const patterns = {
  html: new RegExp(`${unread.source}|${raw.source}|${tag.source}`, 'gi'),
  xml: new RegExp(`${unread.source}|(?:(?!))()|${tag.source}`, 'gi'),
}

/** Whether elements that must be closed are open within one another to more than 512. */
export function isNestedTooDeeply(markup: string, language: 'html' | 'xml'): boolean {
  const open: string[] = []
  const openOf = new Map<string, number>()
  for (const [, , slash, tagName, rest] of markup.matchAll(patterns[language])) {
    if (tagName === undefined) continue
    const name = language === 'html' ? tagName.toLowerCase() : tagName
    const closesItself = language === 'xml' || openOf.get('svg') || openOf.get('math')
    if (language === 'html' && notCounted.has(name)) continue
    if (slash === '') {
      if (closesItself && rest!.endsWith('/')) continue
      open.push(name)
      openOf.set(name, (openOf.get(name) ?? 0) + 1)
      if (open.length > deepestNesting) return true
    } else if (openOf.get(name)) {
      for (let closed: string | undefined; closed !== name; ) {
        closed = open.pop()!
        openOf.set(closed, openOf.get(closed)! - 1)
      }
    }
  }
  return false
}

/** A text in the form that quotations are compared in: without Markdown's marks, its typography evened out, every unit with its place. */

export interface ComparedText {
  text: string
  /** For each code unit of `text`, where in the original what it stands for begins and ends. */
  starts: number[]
  ends: number[]
}

/** As a page shows it, without addresses of links and tags; or as it is written, where a quotation begins or ends within those. */
export type Reading = 'shown' | 'written'

/** What is not compared as it stands, and what it is compared as; the first that matches at a place counts. */
type Rule = [pattern: RegExp, as: string | ((found: string) => string)]

const hidden: Rule[] = [
  // An address may hold one pair of brackets within, and a title after it.
  [/(?<=\[[^\]]{0,300})\]\((?:<[^>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+"[^"\n]*")?\)/u, ''],
  [/<\/?(?:su[bp]|[bius]|em|strong|mark|small|code|kbd)>/u, ''],
]
const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': "'", '&#39;': "'" }
const marks: Rule[] = [
  [/\\(?=[!-/:-@[-`{-~\r\n])/u, ''],
  [/!?\[|\]|`|~~|[\u200B-\u200D\u2060\uFEFF]/u, ''],
  [/&(?:amp|lt|gt|quot|#39);/u, found => entities[found]!],
  [/<br ?\/?>|&nbsp;|\||:(?=--)|(?<=--):/u, ' '],
  [/^[ \t]*(?:(?:>|#{1,6}(?!\S)|\+(?!\S))[ \t]*)+/u, ' '],
  [/(?<!\d)[*_]+|[*_]+(?!\d)/u, ''],
]
const ideographs = '[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}、。，：；！？「」（）]'
const typography: Rule[] = [
  [/(?<=\p{L})[-‐‑]\s*(?=\p{L})|\u00AD\s*/u, ''],
  [/[-‐‑‒–—―−]+(?=[.,]?\d)/u, '-'],
  [/[-‐‑‒–—―−]+/u, ' '],
  [/["'“”„‟‘’‚‛«»‹›´]/u, "'"],
  [/…/u, '...'],
  [/[\uFB00-\uFB06]/u, found => found.normalize('NFKC')],
  [new RegExp(`(?<=${ideographs})\\s+(?=${ideographs})`), ''],
  [/\s+/u, ' '],
]

/** Marks go first: what stands on both sides of them is then next to each other. */
const passes: Record<Reading, ((source: ComparedText) => ComparedText)[]> = {
  shown: [replacing([...hidden, ...marks]), replacing(typography)],
  written: [replacing(marks), replacing(typography)],
}

export function comparedText(text: string, reading: Reading): ComparedText {
  const places = Array.from({ length: text.length + 1 }, (_, at) => at)
  return passes[reading].reduce((source, pass) => pass(source), { text, starts: places, ends: places.slice(1) })
}

function replacing(rules: readonly Rule[]): (source: ComparedText) => ComparedText {
  const special = new RegExp(rules.map(([pattern]) => `(${pattern.source})`).join('|'), 'gmu')
  return source => {
    const parts: string[] = []
    const starts: number[] = []
    const ends: number[] = []
    let done = 0
    const push = (text: string, start: number, end: number) => {
      // Blanks that became neighbours are one.
      if (text === '' || (text === ' ' && parts.at(-1)?.endsWith(' '))) return
      parts.push(text)
      for (let unit = 0; unit < text.length; unit++) {
        starts.push(start)
        ends.push(end)
      }
    }
    const keep = (to: number) => {
      if (done < to) parts.push(source.text.slice(done, to))
      for (; done < to; done++) {
        starts.push(source.starts[done]!)
        ends.push(source.ends[done]!)
      }
    }
    for (const match of source.text.matchAll(special)) {
      keep(match.index)
      const as = rules[match.slice(1).findIndex(group => group !== undefined)]![1]
      done += match[0].length
      push(typeof as === 'string' ? as : as(match[0]), source.starts[match.index]!, source.ends[done - 1]!)
    }
    keep(source.text.length)
    return { text: parts.join(''), starts, ends }
  }
}

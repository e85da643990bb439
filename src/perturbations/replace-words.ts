/** What all perturbations by word list do: put words in the place of those a table finds. */
import type { Edit } from '../text/edits.ts'
import { articleEdit } from './article-edit.ts'
import { drawnMatches } from './drawn-matches.ts'
import { inCaseOf } from './in-case-of.ts'
import type { Perturb } from './perturbation.ts'
import type { WordTable } from './word-table.ts'

/** What may stand for a word; nothing for a set phrase whose words are to stay ("hard drive"). */
export type Replacements = string | readonly string[]

export interface WordChoice {
  /** Each match is replaced with this probability. */
  prob: number
  /** At most so many matches of a text. */
  count?: number
  /** Whether “a” becomes “an”, or the other way round, where the new word asks for it. */
  articles?: boolean
}

/** Replaces matches by one of their replacements each, in the letter case of what stood there. */
export function replaceWords(table: WordTable<Replacements>, { prob, count, articles = false }: WordChoice): Perturb {
  return (text, _, random) => {
    const matches = table.matches(text)
    if (matches.length === 0) return []
    const edits: Edit[] = []
    const replaceable = matches.filter(({ value }) => value.length > 0)
    for (const { start, end, value } of drawnMatches(replaceable, prob, random, count)) {
      const original = text.slice(start, end)
      let replacement = inCaseOf(original, typeof value === 'string' ? value : random.pick(value))
      // “etc.” at the end of a sentence has one point.
      if (replacement.endsWith('.') && text[end] === '.') replacement = replacement.slice(0, -1)
      if (replacement === original) continue
      const article = articles ? articleEdit(text, start, original, replacement) : undefined
      if (article && article.start >= (edits.at(-1)?.end ?? 0)) edits.push(article)
      edits.push({ start, end, text: replacement })
    }
    return edits
  }
}

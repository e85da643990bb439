/** Letters in any case: what a search that minds no case takes for the same. */

/**
 * For each character of the text (Unicode code point), it and its other cases, of those that are one character: a `ß` is not
 * found by `ss`.
 */
export function letterCases(text: string): string[][] {
  return Array.from(text, letter => {
    const upper = letter.toUpperCase()
    const cases = [letter, letter.toLowerCase(), upper, upper.toLowerCase()]
    return [...new Set(cases)].filter(other => [...other].length === 1)
  })
}

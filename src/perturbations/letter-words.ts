/** The words of a text that may be changed letter by letter: runs of letters and digits outside of addresses. */

export interface LetterWord {
  start: number
  end: number
  /** Whether it has a digit, as “A12”. */
  digits: boolean
}

const letter = 1
const digit = 2
const blank = 3
const addressMark = 4
const other = 5
/** The sort of each UTF-16 code unit, found when it is first met. */
const sorts = new Uint8Array(65536)

/**
 * In order, those of at least `minLength` code units. A stretch between blanks that holds `@`, `//`, `\`, `_` or a point
 * within a word is an address, a path or a name of code, and none of its words is given.
 */
export function letterWords(text: string, minLength: number): LetterWord[] {
  const words: LetterWord[] = []
  let before = 0
  let start = -1
  let digits = false
  for (let at = 0; at <= text.length; at++) {
    const sort = sortAt(text, at)
    if (sort === letter || sort === digit) {
      if (start < 0) {
        start = at
        digits = false
      }
      if (sort === digit) digits = true
      continue
    }
    if (start >= 0) {
      if (at - start >= minLength) words.push({ start, end: at, digits })
      start = -1
    }
    if (sort === blank) before = words.length
    else if (sort === addressMark && marksAddress(text, at)) {
      words.length = before
      while (sortAt(text, at + 1) !== blank) at++
    }
  }
  return words
}

/** Past the end there is a blank. */
function sortAt(text: string, at: number): number {
  if (at >= text.length) return blank
  const code = text.charCodeAt(at)
  if (sorts[code] === 0) sorts[code] = sortOf(String.fromCharCode(code))
  return sorts[code]!
}

function sortOf(unit: string): number {
  if (/[\p{L}\p{M}]|\u200c|\u200d/u.test(unit)) return letter
  if (/\p{N}/u.test(unit)) return digit
  if (/\s/.test(unit)) return blank
  return '@/\\_.'.includes(unit) ? addressMark : other
}

function marksAddress(text: string, at: number): boolean {
  const mark = text[at]
  if (mark === '/') return text[at + 1] === '/'
  if (mark !== '.') return true
  const inWord = (sort: number) => sort === letter || sort === digit
  return at > 0 && inWord(sortAt(text, at - 1)) && sortAt(text, at + 1) === letter
}

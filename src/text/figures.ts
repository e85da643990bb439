/** The figures of a text, as they are written. */

/** Numbers with what stands within them: 1,200.50, 24/7, 2026-11-21, 10:30. */
export function figuresOf(text: string): string[] {
  return text.normalize('NFKC').match(/\p{N}+(?:[.,:/'’-]\p{N}+)*/gu) ?? []
}

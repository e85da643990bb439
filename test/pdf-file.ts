/** A small PDF of plain pages, locked by a password if wanted. */
import { pdfFile as writtenPdf } from '../src/testing/pdf-file.ts'

/** Each page's lines, one below the other. */
export function pdfFile(pages: readonly string[][], password?: string): Buffer {
  const texts = (lines: string[]) => lines.map((text, at) => ({ text, x: 72, y: 72 + 20 * at, size: 12 }))
  const written = writtenPdf(
    pages.map(lines => ({ texts: texts(lines) })),
    password === undefined ? {} : { password },
  )
  return Buffer.from(written)
}

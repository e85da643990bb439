/** The document readers there are; the first that knows a file reads it. */
import { docx } from './docx.ts'
import { html } from './html.ts'
import { markdown } from './markdown.ts'
import { pdf } from './pdf/pdf.ts'
import type { DocumentReader } from './reader.ts'
import { text } from './text.ts'

export const readers: DocumentReader[] = [pdf, docx, html, markdown, text]

/** The document: a source read into Markdown, with its pages, so that whatever is grown from it can point at its passage. */

const documentFormats = ['pdf', 'docx', 'html', 'markdown', 'text'] as const
/** Whether a file is a document by the ending of its name: what is taken of a folder or repository. */
export function isDocumentName(name: string): boolean {
  return /\.(pdf|docx|x?html?|md|markdown|mdown|mkdn?|txt|text|rst|adoc)$/i.test(name)
}

export type DocumentFormat = (typeof documentFormats)[number]

export interface ReadDocument {
  /** File name or address, as people know it. */
  name: string
  /** The document's own title, or its first heading; empty if it has neither. */
  title: string
  format: DocumentFormat
  /** The whole text as GitHub-flavoured Markdown, NFC, lines ended by `\n`. All offsets count its UTF-16 code units. */
  markdown: string
  /** Where each page begins in `markdown`, ascending, the first at 0; empty for formats without pages. */
  pages: number[]
  /** What a person should know of how it was read: pages without text, tables that could not be made out. */
  notes: string[]
}

export interface StoredDocument extends ReadDocument {
  /** SHA-256 of the file as it was, in hexadecimal, and the project: the same file is one document of a project. */
  id: string
  project: string
  /** Path or address it was added from. */
  source: string
  /** Size of the file. */
  bytes: number
  createdMs: number
}

/** The page, from 1, that an offset is on; undefined for a document without pages. */
export function pageAt(pages: readonly number[], offset: number): number | undefined {
  const after = pages.findIndex(start => start > offset)
  return pages.length === 0 ? undefined : after < 0 ? pages.length : after
}
